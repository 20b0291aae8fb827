pose A := X *m Q *m K^T *m Y^T; pose j0 : 'I_a := Ordinal a_min.
have E i j : ex (L i j) = g i 0 * ex (A i j).
  by have /matrixP/(_ i j) := given_1; rewrite mul_diag_col !mxE.
have LE : L = A + (\matrix_(i, _) (L i j0 - A i j0) : 'M_(b, 1)) *m ones RR 1 a.
  apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 [X in _ + X]mxE; apply: (exp_injective ex_laws).
  by rewrite (expD ex_laws) (expB ex_laws) !E mulfK ?(exp_neq0 ex_laws) // mulrC.
have one0 : ones RR 1 a *m (identity RR a - (a%:R)^-1 *: ones RR a a) = 0.
  rewrite mulmxBr mulmx1 mul_scale_r; apply/matrixP => i j; rewrite !mxE.
  under eq_bigr do rewrite !mxE mulr1.
  by rewrite sumr_const card_ord mulVf ?subrr // pnatr_eq0 -lt0n.
rewrite LE mulmxDl -[X in _ + X]mulmxA one0 mulmx0 addr0 /A -!mulmxA mulmxA.
exact: mulmx_max_rank.
