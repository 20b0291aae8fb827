congr (_ + _); apply: eq_bigr => h _; congr (_ *m _).
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
by congr (_ / _); rewrite addrCA.
