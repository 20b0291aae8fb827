have tE (M : 'M[RR]_n) (h : 'M[RR]_(1, n)) i j : hadamard M (trmx (M *m diag_row h *m M)) i j =
    \sum_l h 0 l * (M i j * M j l * M l i).
  rewrite mxE [X in _ * X]mxE [X in _ * X]mxE mulr_sumr; apply: eq_bigr => l _.
  by rewrite mul_mx_diag_row; ering.
have sE b i j : (diag_col (map_mx ex b) *m P) i j = ex (b i 0) * P i j by rewrite mul_diag_col mxE.
split=> [[b E] h | H].
  have bE i j : ex (b i 0) * P i j = ex (b j 0) * P j i.
    by have := congr1 (fun M : 'M[RR]_n => M i j) E; rewrite [trmx _ i j]mxE !sE.
  apply/matrixP => i j; rewrite !tE; apply: eq_bigr => l _; congr (_ * _); rewrite !mxE.
  apply: (mulfI (exp_neq0 ex_laws (b i 0))); apply: (mulfI (exp_neq0 ex_laws (b j 0))).
  apply: (mulfI (exp_neq0 ex_laws (b l 0))).
  transitivity ((ex (b i 0) * P i j) * (ex (b j 0) * P j l) * (ex (b l 0) * P l i)); first by ering.
  by rewrite (bE i j) (bE j l) (bE l i); ering.
have P0 i j : P i j != 0 by rewrite lt0r_neq0.
pose o : 'I_n := Ordinal n_min.
exists (\matrix_(i, _) lg (P o i / P i o)).
have bE i : ex ((\matrix_(i, _) lg (P o i / P i o) : 'M_(n, 1)) i 0) = P o i / P i o.
  by rewrite mxE (expK lg_laws) // divr_gt0.
apply/matrixP => i j; rewrite [trmx _ i j]mxE !sE !bE.
have := congr1 (fun M : 'M[RR]_n => M i j) (H (delta_mx 0 o)); rewrite /= !tE.
have dE (f : 'I_n -> RR) : \sum_l (delta_mx 0 o : 'M[RR]_(1, n)) 0 l * f l = f o.
  rewrite (bigD1 o) //= mxE !eqxx mul1r big1 ?addr0 // => l /negPf ne; by rewrite mxE ne andbF mul0r.
rewrite !dE !mxE => T; apply: (mulfI (P0 i o)); apply: (mulfI (P0 j o)).
transitivity (P i j * P j o * P o i * (P i o / P i o)); first by ering.
have cancel_one (x y z u : RR) : y != 0 -> x * u * z = y * (z * (u / y * x)).
  by move=> y0; transitivity (x * u * z * (y / y)); [rewrite divff ?mulr1 | ring].
by rewrite T divff // mulr1; apply: cancel_one.
