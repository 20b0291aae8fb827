split.
  rewrite (leq_trans (mxrank_add _ _)) // mxrank_opp mulSn mul1n leq_add // mulmx_max_rank //.
by rewrite (leq_trans (mxrank_add _ _)) // mulSn mul1n leq_add // mulmx_max_rank.
