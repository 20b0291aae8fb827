apply: concat_eq => g; rewrite stack_mul scale_stack.
rewrite (_ : stack_heads (fun h => _ *: _) = stack_heads (fun r => tau *: (X *m Q (join g r) *m (K g)^T *m X^T))).
  by rewrite softmax_stack !stack_mul.
by apply: stack_eq => r; rewrite trmx_mul !mulmxA.
