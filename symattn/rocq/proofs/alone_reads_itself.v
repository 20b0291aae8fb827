rewrite (softmax_col ex_laws); have -> : ones RR 1 1 = 1%:M by apply/matrixP => i j; rewrite !mxE !ord1.
by rewrite mul1mx.
