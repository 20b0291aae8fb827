split=> [E | [c ->]].
  exists (total (map_mx lg (rowsum (map_mx ex s))) - total (map_mx lg (rowsum (map_mx ex t)))).
  apply/matrixP => i j; rewrite (ord1 i) !mxE mulr1 !total11 !mxE.
  have rE (u : 'M[RR]_(1, n)) : \sum_j0 map_mx ex u 0 j0 = norm ex u 0 by apply: eq_bigr => l _; rewrite mxE.
  by rewrite !rE (softmax_eq ex_laws lg_laws _ _ _ E) //.
have -> : c *: ones RR 1 n = (c *: ones RR 1 1) *m ones RR 1 n by apply/matrixP => i j; rewrite outer11 !mxE !mulr1.
by rewrite addrC softmax_row_shift.
