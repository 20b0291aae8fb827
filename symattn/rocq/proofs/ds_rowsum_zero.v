have P1 i : \sum_j P i j = 1.
  by have := congr1 (fun M : 'M[RR]_(n, 1) => M i 0) given_1; rewrite -rowsumE !mxE.
rewrite -rowsumE; apply/matrixP => i j; rewrite !mxE.
under eq_bigr do rewrite !mxE big_ord1 !mxE mulr1 mulrBr.
rewrite sumrB -mulr_suml P1 mul1r; apply/eqP; rewrite subr_eq0; apply/eqP.
by apply: eq_bigr => l _; rewrite !mxE.
