split; first exact: gradient_log_sum_exp.
set p := softmax ex s; rewrite jacobian_softmax -/p.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
split=> [|v]; first exact: covariance_tr.
rewrite covariance_form // sumr_ge0 // => j _; by rewrite mulr_ge0 ?sqr_ge0 // ltW // softmax_gt0.
