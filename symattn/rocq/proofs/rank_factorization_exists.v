split=> [[Q [K ->]] | rk]; first exact: mulmx_max_rank.
exists (col_base W *m pid_mx (\rank W)), (pid_mx (\rank W) *m row_base W)^T.
by rewrite trmxK mulmxA -(mulmxA (col_base W)) pid_mx_id // pid_mx_1 mulmx1 mulmx_base.
