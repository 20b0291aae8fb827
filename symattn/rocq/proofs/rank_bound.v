split; first exact: mxrankM_maxl.
split; first by rewrite (leq_trans (mxrankM_maxr _ _)) // mxrank_tr.
split; first exact: rank_leq_col.
split; first exact: rank_leq_row.
split; first exact: mulmx_max_rank.
by rewrite -mulmxA mulmx_max_rank.
