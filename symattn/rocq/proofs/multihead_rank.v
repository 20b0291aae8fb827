have E : \sum_(h < H) Q h *m (K h)^T = concat_heads (fun h => Q h) *m (concat_heads (fun h => K h))^T.
  by rewrite tr_concat concat_stack.
by split=> //; rewrite E mulmx_max_rank.
