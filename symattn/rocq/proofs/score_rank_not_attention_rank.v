exists (\matrix_(i, _) i%:R); split; first exact: mulmx_max_rank.
by rewrite (rank_softmax_counting ex_laws) // => i; rewrite !mxE.
