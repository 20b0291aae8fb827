split=> [E | [c ->]]; last by rewrite addrC softmax_row_shift.
exists (map_mx lg (rowsum (map_mx ex S)) - map_mx lg (rowsum (map_mx ex R))).
have dE i : (map_mx lg (rowsum (map_mx ex S)) - map_mx lg (rowsum (map_mx ex R))) i 0 = lg (norm ex S i) - lg (norm
  ex R i).
  by rewrite !mxE; congr (lg _ - lg _); apply: eq_bigr => l _; rewrite mxE.
apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 dE.
by rewrite (softmax_eq ex_laws lg_laws _ _ n_min E).
