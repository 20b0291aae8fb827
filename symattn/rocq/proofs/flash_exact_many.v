apply/matrixP => i j; rewrite divide_rows softmax_read norm_concat read_concat !summxE.
under eq_bigr do rewrite rescale_read //.
under [X in _ / X]eq_bigr do rewrite rescale_norm //.
by rewrite -!mulr_sumr same_factor.
