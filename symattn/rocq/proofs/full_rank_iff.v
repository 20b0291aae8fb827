split=> [r | [L E]].
  have full : row_full Q by rewrite /row_full eqn_leq rank_leq_col.
  by have /row_fullP[L E] := full; exists L.
by have := mxrankM_maxr L Q; rewrite E mxrank1.
