pose z := Ordinal n_min.
have n0 : n%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
have C1 : (identity RR n - n%:R^-1 *: ones RR n n) *m ones RR n 1 = 0.
  apply/matrixP => i j; rewrite mulmxBl mul1mx -scalemxAl -rowsumE !mxE; under eq_bigr do rewrite mxE.
  by rewrite sumr_const card_ord mulVf // subrr.
have CL (S : 'M[RR]_(n, n)) : S *m (identity RR n - n%:R^-1 *: ones RR n n) = S - (n%:R^-1 *: rowsum S) *m ones RR 1 n.
  rewrite mulmxBr mulmx1 mul_scale_r rowsumE -!scalemxAl -mulmxA; congr (_ - _ *: (_ *m _)).
  by apply/matrixP => i j; rewrite outer11 !onesE mulr1.
split=> [[Q [K E]] | rk].
  have SE : L = (X *m Q *m K^T *m X^T) + (\matrix_(i, _) (L i z - (X *m Q *m K^T *m X^T) i z) : 'M[RR]_(n, 1)) *m ones RR 1 n.
    apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 [X in _ + X]mxE.
    by apply: (softmax_same ex_laws).
  set c := (\matrix_(i, _) _) in SE; rewrite SE mulmxDl.
  have -> : c *m ones RR 1 n *m (identity RR n - n%:R^-1 *: ones RR n n) = 0.
    rewrite -mulmxA; have -> : ones RR 1 n *m (identity RR n - n%:R^-1 *: ones RR n n) = 0.
      rewrite -[LHS]trmxK trmx_mul tr_sub tr_scale !tr_ones /identity trmx1 C1 trmx0 //.
    by rewrite mulmx0.
  by rewrite addr0 -(mulmxA _ K^T) -(mulmxA (X *m Q)) mulmx_max_rank.
have [A [B AB]] := factor rk.
exists (Y *m A), (Y *m B).
have -> : X *m (Y *m A) *m (Y *m B)^T *m X^T = A *m B^T.
  by rewrite !mulmxA given_1 mul1mx -!mulmxA -trmx_mul mulmxA given_1 mul1mx.
rewrite -AB CL -[RHS](softmax_row_shift ex_laws _ (- (n%:R^-1 *: rowsum L))).
by rewrite mulNmx addrC.
