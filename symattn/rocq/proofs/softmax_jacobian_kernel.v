set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
split=> [E | [c ->]].
  exists (total (hadamard p v)); apply/matrixP => i j; rewrite (ord1 i) mxE onesE mulr1 total_mean.
  have := congr1 (fun M : 'M[RR]_(n, 1) => M j 0) E; rewrite covariance_mul [RHS]mxE => /eqP.
  rewrite mulf_eq0 subr_eq0 => /orP[|/eqP//]; by rewrite (negPf (lt0r_neq0 (softmax_gt0 _ _ _ _))).
apply/matrixP => i j; rewrite covariance_mul /mean.
have vE l : (c *: ones RR 1 n) 0 l = c by rewrite !mxE mulr1.
under eq_bigr do rewrite vE; by rewrite -mulr_suml p1 mul1r vE subrr mulr0 mxE.
