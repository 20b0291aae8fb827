apply: leq_trans (rank_ones0 _) _; last by rewrite addn1.
by rewrite centred_ones // softmax_ones // addn1.
