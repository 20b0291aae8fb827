pose B : 'M[RR]_(m + 1, m) := col_mx 1%:M (- ones RR 1 m).
apply: (@rank_ge _ _ _ _ 1%:M _ B); rewrite mul1mx -mulmxA mulmxBl mul1mx.
have -> : ((1 + m%:R)^-1 *: ones RR (m + 1) (m + 1)) *m B = 0.
  rewrite mul_scale_l [X in _ *: X](_ : _ = 0) ?scaler0 //; apply/matrixP => i j.
  rewrite mxE big_split_ord big_ord1 /= [RHS]mxE /B col_mxEd !mxE mulrN mulr1 (bigD1 j) //= big1 => [|l /negPf ne].
    by rewrite col_mxEu !mxE eqxx mulr1 addr0 subrr.
  by rewrite col_mxEu !mxE ne mulr0.
by rewrite subr0 mul_row_col mul1mx mul0mx addr0.
