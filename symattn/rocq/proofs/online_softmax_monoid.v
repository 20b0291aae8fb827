have st a b c d : ex (a - c) * (ex (b - a) * d) = ex (b - c) * d by rewrite mulrA (exp_step ex_laws).
have e1 : ex (0 : RR) = 1 by apply: exp0.
have T q (A B C : 'M[RR]_(n, q)) : diag_col (map_mx ex (M - R)) *m
    (diag_col (map_mx ex (mu - M)) *m A + diag_col (map_mx ex (nu - M)) *m B) + diag_col (map_mx ex (xi - R)) *m C =
    diag_col (map_mx ex (mu - R)) *m A + diag_col (map_mx ex (N - R)) *m
    (diag_col (map_mx ex (nu - N)) *m B + diag_col (map_mx ex (xi - N)) *m C).
  apply/matrixP => i j; rewrite !(rescaleE, add_entry) !mulrDr !st; ering.
have Z q (A : 'M[RR]_(n, q)) : diag_col (map_mx ex (mu - mu)) *m A = A.
  by apply/matrixP => i j; rewrite rescaleE subrr e1 mul1r.
by rewrite !T !Z /zeros !mulmx0 !addr0; do !split; rewrite // addrC.
