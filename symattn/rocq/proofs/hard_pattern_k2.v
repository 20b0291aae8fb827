split; last by rewrite (leq_trans (mulmx_max_rank _ _)).
apply/matrixP => i j; rewrite tr_row_mx mul_row_col tr_opp; do ![rewrite mxE | rewrite big_ord1]; ering.
