(* linear_attn_assoc *)
by rewrite given_1 given_2 rowsumE !mulmxA.

(* linear_attn_cost *)
have n0 : 0 < n%:R :> RR by rewrite ltr0n.
move: (n%:R) (r%:R) (v%:R) n0 => N R V N0.
rewrite [X in (0 < X) <-> _](_ : _ = N * ((R + V) * N - 2%:R * R * V)); last by ring.
by rewrite pmulr_rgt0.

(* online_softmax_monoid *)
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

(* online_softmax_merge *)
split; apply/matrixP => i j; rewrite add_entry.
  by rewrite !rescale_norm // rowsum_exp norm_shift // norm_row mulrDr.
by rewrite !rescale_read // exp_read read_shift // read_row mulrDr.

(* online_softmax_output *)
apply/matrixP => i j; rewrite -mulmxA divide_rows rowsum_exp exp_read softmax_read norm_shift // read_shift //.
by rewrite same_factor.

(* flash_exact *)
split; [|split]; apply/matrixP => i j; rewrite divide_rows softmax_read !norm_row !read_row;
  rewrite !(rescale_norm, rescale_read, rescaleE, add_entry) // !rescale_two // -!mulrDr same_factor //; congr (_ / _);
  first [by rewrite addrA | by rewrite -addrA addrC addrA].

(* flash_exact_many *)
apply/matrixP => i j; rewrite divide_rows softmax_read norm_concat read_concat !summxE.
under eq_bigr do rewrite rescale_read //.
under [X in _ / X]eq_bigr do rewrite rescale_norm //.
by rewrite -!mulr_sumr same_factor.

(* decode_kv_cache *)
by rewrite given_1 given_2 -!mulmxA !mul_col_mx.

(* mqa_gqa_tied *)
have KE g r : K' (join g r) = K g.
  by have := concat_inj (concat_inj given_1 g) r.
have VE g r : V' (join g r) = V g.
  by have := concat_inj (concat_inj given_2 g) r.
by apply: eq_bigr => g _; apply: eq_bigr => r _; rewrite KE VE.

(* grouped_queries *)
apply: concat_eq => g; rewrite stack_mul scale_stack.
rewrite (_ : stack_heads (fun h => _ *: _) = stack_heads (fun r => tau *: (X *m Q (join g r) *m (K g)^T *m X^T))).
  by rewrite softmax_stack !stack_mul.
by apply: stack_eq => r; rewrite trmx_mul !mulmxA.

(* mla_absorb *)
by rewrite given_1 trmx_mul !mulmxA.

(* sparse_mask_union *)
have L c (S : 'M[RR]_(n, c)) i : (0 < c)%N -> ex (map_mx lg (rowsum (map_mx ex S)) i 0) = norm ex S i.
  by move=> c0; rewrite mxE rowsum_exp (expK lg_laws) ?norm_gt0.
apply/matrixP => i j; rewrite softmax_read norm_row read_row add_entry -!mulmxA !mul_diag_col !softmax_read !norm_row.
rewrite !read_row !read1 !norm1 !L //.
have C x y z : x != 0 -> x / y * (z / x) = z / y :> RR by move=> x0; rewrite mulrC mulrA divfK.
by rewrite /identity /zeros !mxE eqxx !mulr1 !mulr0 addr0 add0r !C ?norm_neq0 // mulrDl.

(* sparse_mask_union_many *)
have L c (T : 'M[RR]_(n, c)) i : (0 < c)%N -> ex (map_mx lg (rowsum (map_mx ex T)) i 0) = norm ex T i.
  by move=> c0; rewrite mxE rowsum_exp (expK lg_laws) ?norm_gt0.
apply/matrixP => i j; rewrite softmax_read norm_concat read_concat summxE mulr_suml; apply: eq_bigr => h _.
rewrite -mulmxA rescaleE (expB ex_laws) !L ?muln_gt0 ?H_min // norm_concat softmax_read.
by rewrite [RHS]mulrC mulrA divfK ?norm_neq0.
