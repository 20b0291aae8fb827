have -> : tau *: (Pi *m X *m Q *m K^T *m X^T *m Pi^T) = Pi *m (tau *: (X *m Q *m K^T *m X^T)) *m Pi^T.
  by rewrite -scalemxAr -scalemxAl !mulmxA.
by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx.
