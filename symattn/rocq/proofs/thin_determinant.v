by apply: det_thin; rewrite addn1 ltnS leq_addr.
