move=> E; have := mulmx_max_rank (P *m Q) (K^T *m R); rewrite !mulmxA E mxrank1.
by rewrite leqNgt -{1}[k]addn0 ltn_add2l q_min.
