have E : X *m Q *m (X *m K + ones RR n 1 *m b)^T = X *m Q *m b^T *m ones RR 1 n + X *m Q *m K^T *m X^T by mxnorm;
  rewrite addrC.
split; first by rewrite E scalerDr -mul_scale_l softmax_row_shift.
gradient D; rewrite -[ones RR 1 n *m _]trmxK trmx_mul trmxK tr_ones centred_ones ?softmax_ones //.
by rewrite trmx0 !mul0mx scaler0 hadamard0l total0.
