have n0 : norm ex (x *m W *m x^T) 0 + norm ex (x *m W *m Z^T) 0 != 0.
  by rewrite lt0r_neq0 // addr_gt0 ?(norm_gt0 ex_laws).
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
move: n0; rewrite -!mulmxA; move: (norm _ _ _) (norm _ _ _) (read _ _ _ _ _) (read _ _ _ _ _) => a b c f n0.
have -> : b + (a + (b + a)) = 2%:R * (b + a) by ring.
have -> : f + (c + (f + c)) = 2%:R * (f + c) by ring.
by rewrite -mulf_div divff ?mul1r // pnatr_eq0.
