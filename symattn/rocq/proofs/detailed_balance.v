apply/matrixP => i j; rewrite [RHS]mxE !mul_diag_col ![softmax _ _ _ _]mxE ![rowsum _ _ _]mxE.
have e0 l : 0 < \sum_j map_mx ex S l j.
  by apply: sum_gt0 => // h; rewrite mxE; case: ex_laws.
have E l : \sum_j map_mx ex S l j = \sum_j ex (S l j) by apply: eq_bigr => h _; rewrite mxE.
rewrite -!E mulrC mulfVK ?lt0r_neq0 // mulrC mulfVK ?lt0r_neq0 //.
by rewrite -[in LHS]S_symmetric mxE.
