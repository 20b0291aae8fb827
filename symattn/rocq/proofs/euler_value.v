have EV : gradient (fun V : 'M[dual RR]_(d, v) => (total (hadamard (lift_mx G) ((dual_softmax ex ((lift tau) *:
  ((lift_mx X) *m (lift_mx Q) *m (lift_mx K)^T *m (lift_mx X)^T))) *m (lift_mx X) *m V *m (lift_mx O))))) V =
  (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X)^T *m G *m O^T.
  by gradient D.
have EO : gradient (fun O : 'M[dual RR]_(v, d) => (total (hadamard (lift_mx G) ((dual_softmax ex ((lift tau) *:
  ((lift_mx X) *m (lift_mx Q) *m (lift_mx K)^T *m (lift_mx X)^T))) *m (lift_mx X) *m (lift_mx V) *m O)))) O =
  (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X *m V)^T *m G.
  by gradient D.
rewrite EV EO; split.
  by rewrite hadamardC -dot_mulr -dot_mull mulmxA.
by rewrite hadamardC -dot_mull.
