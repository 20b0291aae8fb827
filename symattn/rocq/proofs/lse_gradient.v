exact: gradient_log_sum_exp.
