apply/matrixP => i j; rewrite -mulmxA divide_rows rowsum_exp exp_read softmax_read norm_shift // read_shift //.
by rewrite same_factor.
