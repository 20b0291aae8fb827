set N := (2 * m + 1)%N in S given_1 *; have oN : odd N by rewrite /N oddD mul2n odd_double.
have E : \det S = - \det S.
  by rewrite -{1}det_tr given_1 -scaleN1r detZ -signr_odd oN expr1 mulN1r.
by apply: (mulrI unit_2); rewrite mulr0 mulrDl mul1r {1}E addNr.
