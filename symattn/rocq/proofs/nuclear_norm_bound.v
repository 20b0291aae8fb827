by rewrite -subr_ge0 (norms_gap given_1 given_2 given_3) !addr_ge0 // square_total_ge0.
