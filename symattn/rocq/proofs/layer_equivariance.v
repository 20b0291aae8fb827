have aE h : softmax ex (tau *: (Pi *m X *m Q h *m (K h)^T *m X^T *m Pi^T)) *m Pi *m X *m V h *m O h = Pi *m (softmax ex (tau *: (X *m Q h *m (K h)^T *m X^T)) *m X *m V h *m O h).
  have -> : tau *: (Pi *m X *m Q h *m (K h)^T *m X^T *m Pi^T) = Pi *m (tau *: (X *m Q h *m (K h)^T *m X^T)) *m Pi^T.
    by rewrite -scalemxAr -scalemxAl !mulmxA.
  by rewrite softmax_perm // -!mulmxA (mulmxA Pi^T) perm_Tmul // mul1mx !mulmxA.
under eq_bigr do rewrite aE.
by rewrite -mulmx_sumr -!mulmxDr -!mulmxA -?mulmxDr !hadamard_perm // -?mulmxA -?mulmxDr.
