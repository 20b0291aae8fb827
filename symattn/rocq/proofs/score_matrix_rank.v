split; first by rewrite -!mulmxA mxrankM_maxl.
split; first by rewrite (leq_trans (mxrankM_maxl _ _)) // -mulmxA mxrankM_maxr.
split; first by rewrite -(mulmxA _ K^T) mulmx_max_rank.
split; first by rewrite -!mulmxA mulmx_max_rank.
split; first exact: rank_leq_row.
apply: (@rank_ge _ _ _ _ (row_mx 1%:M 0) _ (col_mx 1%:M 0)).
by do 3![blocks; rewrite -?mulmxA].
