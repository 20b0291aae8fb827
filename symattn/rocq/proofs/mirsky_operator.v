move=> [_ bound]; rewrite /identity /zeros in given_1 given_2 given_3 bound.
have [|z z0 zQ] := @thin_kernel _ (k + 1) k (U^T *m Q); first by rewrite addn1.
pose S := diag_row s; pose G := diag_row g; pose x := z *m U^T.
have SS : S *m S = b ^+ 2 *: 1%:M + G *m G by rewrite !diag_rowM given_4 diag_rowD diag_row_level.
have xx : x *m x^T = z *m z^T by rewrite /x trmx_mul trmxK mulmxA -(mulmxA z) given_1 mulmx1.
have xU : x *m U = z by rewrite /x -mulmxA given_1 mulmx1.
have xU' : x *m U' = 0 by rewrite /x -mulmxA given_3 mulmx0.
have xQ : x *m Q = 0 by rewrite /x -mulmxA zQ.
have := bound x; set E := U *m S *m V^T + U' *m diag_row t *m V'^T - Q *m K^T.
rewrite [X in E *m X](_ : _ = E^T); last by rewrite /E; mxring.
have xE : x *m E = z *m S *m V^T by rewrite /E mulmxBr mulmxDr !mulmxA xU xU' xQ !mul0mx addr0 subr0.
clearbody E x.
have -> : x *m (c *: 1%:M - E *m E^T) *m x^T = c *: (x *m x^T) - x *m E *m (x *m E)^T by mxring.
have -> : x *m E *m (x *m E)^T = b ^+ 2 *: (z *m z^T) + (z *m G) *m (z *m G)^T.
  rewrite xE !trmx_mul trmxK !mulmxA -(mulmxA _ V^T) given_2 mulmx1 !tr_diag_row -(mulmxA z) SS -/G.
  by clearbody G S; mxring.
rewrite xx totalB totalD !totalZ opprD addrA -mulrBl => low.
have zz : 0 < total (z *m z^T).
  rewrite lt_def gram_ge0 andbT; apply: contra z0 => /eqP zz; apply/eqP/square_total_eq0.
  by rewrite total_hadamard /mxtrace big_ord1 -total11.
rewrite -subr_ge0 -(pmulr_lge0 _ zz); apply: le_trans low _.
by rewrite -[X in _ <= X]addr0 ler_add2l oppr_le0 gram_ge0.
