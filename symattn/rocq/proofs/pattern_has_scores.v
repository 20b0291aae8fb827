move=> P1; apply/matrixP => i j; rewrite softmaxE mxE (expK lg_laws) //.
have -> : norm ex (map_mx lg P) i = 1.
  have := congr1 (fun M : 'M[RR]_(n, 1) => M i 0) P1; rewrite !mxE => <-.
  by apply: eq_bigr => l _; rewrite !mxE (expK lg_laws) ?mulr1.
by rewrite divr1.
