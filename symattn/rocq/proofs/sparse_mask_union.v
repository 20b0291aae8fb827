have L c (S : 'M[RR]_(n, c)) i : (0 < c)%N -> ex (map_mx lg (rowsum (map_mx ex S)) i 0) = norm ex S i.
  by move=> c0; rewrite mxE rowsum_exp (expK lg_laws) ?norm_gt0.
apply/matrixP => i j; rewrite softmax_read norm_row read_row add_entry -!mulmxA !mul_diag_col !softmax_read !norm_row.
rewrite !read_row !read1 !norm1 !L //.
have C x y z : x != 0 -> x / y * (z / x) = z / y :> RR by move=> x0; rewrite mulrC mulrA divfK.
by rewrite /identity /zeros !mxE eqxx !mulr1 !mulr0 addr0 add0r !C ?norm_neq0 // mulrDl.
