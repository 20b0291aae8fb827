have -> : c *: ones RR 1 n = (c *: ones RR 1 1) *m ones RR 1 n by apply/matrixP => i j; rewrite outer11 !mxE !mulr1.
by rewrite addrC softmax_row_shift.
