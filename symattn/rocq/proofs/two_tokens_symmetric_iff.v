have h2 := two_half unit_2.
have C (M : 'M[RR]_(1, 1)) : M^T = M by apply/matrixP => i j; rewrite mxE !ord1.
have -> : total (2%:R^-1 *: (x *m (W - W^T) *m y^T)) = 2%:R^-1 * (total (x *m W *m y^T) - total (y *m W *m x^T)).
  by rewrite (form_tr y) mulmxBr mulmxBl totalZ totalB.
blocks; rewrite -block_mxEh -block_mxEv !C; split=> [/eq_block_mx[_ -> _ _] | E].
  by rewrite subrr mulr0.
have {E} : total (x *m W *m y^T) = total (y *m W *m x^T).
  apply/eqP; rewrite -subr_eq0; apply/eqP; rewrite -[LHS]mul1r -h2 -mulrA E mulr0 //.
rewrite !total11 => E.
have -> : x *m W *m y^T = y *m W *m x^T by apply/matrixP => i j; rewrite !ord1.
by [].
