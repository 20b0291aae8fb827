have L c (T : 'M[RR]_(n, c)) i : (0 < c)%N -> ex (map_mx lg (rowsum (map_mx ex T)) i 0) = norm ex T i.
  by move=> c0; rewrite mxE rowsum_exp (expK lg_laws) ?norm_gt0.
apply/matrixP => i j; rewrite softmax_read norm_concat read_concat summxE mulr_suml; apply: eq_bigr => h _.
rewrite -mulmxA rescaleE (expB ex_laws) !L ?muln_gt0 ?H_min // norm_concat softmax_read.
by rewrite [RHS]mulrC mulrA divfK ?norm_neq0.
