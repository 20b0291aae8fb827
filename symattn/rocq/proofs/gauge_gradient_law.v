have EQ : gradient (fun Q : 'M[dual RR]_(d, k) => (total (hadamard (lift_mx D) (Q *m (lift_mx K)^T))) + (total
  (hadamard (lift_mx E) ((lift_mx V) *m (lift_mx O))))) Q = D *m K.
  by gradient B.
have EK : gradient (fun K : 'M[dual RR]_(d, k) => (total (hadamard (lift_mx D) (lift_mx Q *m K^T))) + (total
  (hadamard (lift_mx E) ((lift_mx V) *m (lift_mx O))))) K = D^T *m Q.
  by gradient B.
have EV : gradient (fun V : 'M[dual RR]_(d, v) => (total (hadamard (lift_mx D) (lift_mx Q *m (lift_mx K)^T))) +
  (total (hadamard (lift_mx E) (V *m (lift_mx O))))) V = E *m O^T.
  by gradient B.
have EO : gradient (fun O : 'M[dual RR]_(v, d) => (total (hadamard (lift_mx D) (lift_mx Q *m (lift_mx K)^T))) +
  (total (hadamard (lift_mx E) ((lift_mx V) *m O)))) O = V^T *m E.
  by gradient B.
rewrite EQ EK EV EO; split; first by mxnorm.
split; first by mxnorm.
split; first by mxnorm.
split; first by rewrite hadamardC [RHS]dot_mulr trmxK.
by rewrite dot_mull [RHS]dot_mulr !trmxK.
