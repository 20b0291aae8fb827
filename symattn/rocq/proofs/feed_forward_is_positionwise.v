by rewrite !(mul_col_mx, hadamard_col).
