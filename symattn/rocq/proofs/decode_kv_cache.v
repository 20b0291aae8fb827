by rewrite given_1 given_2 -!mulmxA !mul_col_mx.
