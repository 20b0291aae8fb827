have T1 (M : 'M[RR]_(1, 1)) : total M = M 0 0 by exact: total11.
have SE : tau *: (x *m Q *m K^T *m trmx (stack_heads (fun j : 'I_n => X j))) = concat_heads (fun j => tau *: (x *m Q *m K^T *m (X j)^T)).
  by rewrite tr_stack mul_concat; apply/matrixP => i j; rewrite !mxE.
split; [|split].
- rewrite -mulmxA SE stack_mul; apply/matrixP => i v_; rewrite softmax_read read_concat norm_concat summxE mulr_suml.
  apply: eq_bigr => j _; rewrite read1 [RHS]mxE !T1 (ord1 i) mulrAC; congr (_ / _ * _).
  by apply: eq_bigr => h _; rewrite norm1 T1.
- by move=> i j; apply: softmax_gt0.
rewrite rowsumE softmax_ones //; by rewrite muln1.
