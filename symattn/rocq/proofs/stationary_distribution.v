have e0 l : 0 < \sum_j ex (S l j) by apply: sum_gt0 => // h; case: ex_laws.
apply/matrixP => a j; rewrite !mxE; under eq_bigr => i _.
  rewrite !mxE; under eq_bigr do rewrite mxE; rewrite mulrC mulfVK ?lt0r_neq0 //; over.
by apply: eq_bigr => i _; rewrite mxE -[in LHS]S_symmetric mxE.
