have /charf0P c0 := char_0.
have m0 : 1 + m%:R != 0 :> RR by rewrite -(natrD _ 1) c0.
have lt : (\rank (row_mx A b *m (identity RR (m + 1) - (1 + m%:R)^-1 *: ones RR (m + 1) (m + 1))) < m + 1)%N.
  apply: (@rank_lt _ _ _ (ones RR (m + 1) 1)).
    by apply/eqP => /matrixP/(_ (rshift m 0) 0)/eqP; rewrite !mxE oner_eq0.
  rewrite -mulmxA mulmxBl mul1mx -scalemxAl; have -> : ones RR (m + 1) (m + 1) *m ones RR (m + 1) 1 = (1 + m%:R) *: ones RR (m + 1) 1.
    apply/matrixP => i j; rewrite -rowsumE !mxE; under eq_bigr do rewrite mxE.
    by rewrite sumr_const card_ord mulr1 natrD addrC.
  by rewrite scalerA mulVf // scale1r subrr mulmx0.
by rewrite -ltnS -[X in (_ < X)%N]addn1.
