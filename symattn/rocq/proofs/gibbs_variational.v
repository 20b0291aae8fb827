have nz := norm_gt0 ex_laws s 0 n_min.
have q1 : \sum_j q 0 j = 1 by move: given_1; rewrite /total big_ord1.
rewrite total11 mxE rowsum_exp -totalD -totalB /total big_ord1.
rewrite -[LHS]mul1r -q1 mulr_suml; apply: eq_bigr => j _.
by rewrite !mxE -/(norm ex s 0) (log_div ex_laws lg_laws) ?(exp_gt0 ex_laws) // (logK lg_laws); ering.
