set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
rewrite covariance_form // total11 mxE.
have -> : \sum_j (p *m hadamard (v^T *m ones RR 1 n - ones RR n 1 *m v) (v^T *m ones RR 1 n - ones RR n 1 *m v)) 0 j
  * p^T j 0 = \sum_i \sum_j p 0 i * p 0 j * (v 0 i - v 0 j) ^+ 2.
  apply: eq_bigr => i _; rewrite mxE mulr_suml; apply: eq_bigr => j _.
  by do ![rewrite mxE | rewrite big_ord1]; ering.
by rewrite pairs_form // mulKf // pnatr_eq0.
