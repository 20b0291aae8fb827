split=> [|i j]; first by rewrite -mulmxA given_2 given_1.
by rewrite mxE; apply: sum_gt0 => // l; rewrite mulr_gt0.
