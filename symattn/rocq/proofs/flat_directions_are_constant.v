set p := softmax ex s.
apply/matrixP => i j; rewrite (ord1 i) mxE onesE mulr1 total_mean.
have := congr1 (fun M : 'M[RR]_(n, 1) => M j 0) given_1; rewrite covariance_mul [RHS]mxE => /eqP.
rewrite mulf_eq0 subr_eq0 => /orP[|/eqP//]; by rewrite (negPf (lt0r_neq0 (softmax_gt0 _ _ _ _))).
