have rA : \rank A = (a + t)%N.
  by apply/eqP; rewrite eqn_leq rank_leq_row; have := mxrankM_maxl A R; rewrite given_1 mxrank1.
have rB : \rank B = (b + t)%N.
  by apply/eqP; rewrite eqn_leq rank_leq_col; have := mxrankM_maxr S B; rewrite given_2 mxrank1.
have := mxrank_mul_min A B; rewrite rA rB.
by have -> : (a + t + (b + t) - (a + b + t) = t)%N by rewrite addnACA addnA addKn.
