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

(* linear_attn_rnn *)
have O : ones RR (m + 1) 1 = col_mx (ones RR m 1) 1%:M.
  by apply/matrixP => i j; case: (split_ordP i) => l ->; rewrite ?col_mxEu ?col_mxEd !mxE ?ord1 ?eqxx.
have T_ : (col_mx H f)^T *m col_mx C y = T + f^T *m y by rewrite tr_col_mx mul_row_col given_1.
have t_ : (col_mx H f)^T *m ones RR (m + 1) 1 = t + f^T by rewrite O tr_col_mx mul_row_col given_2 mulmx1.
by do !split=> //; rewrite rowsumE -(mulmxA q) t_ -(mulmxA _ (col_mx H f)^T) T_.

(* no_finite_feature_map *)
exists (\matrix_(i, _) i%:R) => a F H E.
have := mulmx_max_rank (diag_row a *m F) H^T.
rewrite -E -(mulmxA _ e) given_1 mulmx1 -(rank_softmax ex_laws) (rank_softmax_counting ex_laws) => [|i|i].
- by rewrite addn1 ltnn.
- by rewrite mxE.
by rewrite !mxE.

(* taylor_kernel_rank *)
have SE i j : S i j = \sum_h a h i 0 * b h j 0.
  by rewrite given_1 tr_concat concat_stack summxE; apply: eq_bigr => h _; rewrite outer11 mxE.
have one : (\rank (ones RR n n) <= 1)%N.
  have -> : ones RR n n = ones RR n 1 *m ones RR 1 n by apply/matrixP => i j; rewrite outer11 !mxE mulr1.
  exact: mulmx_max_rank.
have low : (\rank S <= k)%N.
  rewrite (_ : S = (\matrix_(i, h) a h i 0) *m (\matrix_(h, j) b h j 0)) ?mulmx_max_rank //.
  by apply/matrixP => i j; rewrite SE mxE; apply: eq_bigr => h _; rewrite !mxE.
have square : (\rank (hadamard S S) <= k * k)%N.
  pose A : 'M[RR]_(n, k * k) := \matrix_(i, c) (a (head_of c) i 0 * a (rest_of c) i 0).
  pose B : 'M[RR]_(k * k, n) := \matrix_(c, j) (b (head_of c) j 0 * b (rest_of c) j 0).
  rewrite (_ : hadamard S S = A *m B) ?mulmx_max_rank //; apply/matrixP => i j.
  rewrite !mxE sum_join !SE big_distrlr; apply: eq_bigr => h _; apply: eq_bigr => l _.
  by rewrite !mxE head_join rest_join mulrACA.
rewrite (leq_trans (mxrank_add _ _)) // -addnA addnC leq_add ?(leq_trans (mxrank_scale _ _)) //.
by rewrite (leq_trans (mxrank_add _ _)) // addnC leq_add.

(* taylor_error_of_degree_one *)
have up s : ex s * (1 - s) <= 1.
  by have := exp_tangent ex_laws (- s); rewrite -(ler_pmul2l (exp_gt0 ex_laws s)) -(expD ex_laws) subrr (exp0 ex_laws).
split=> i j; rewrite !mxE; first by rewrite -addrA -opprD subr_ge0 (exp_tangent ex_laws).
have := up (S i j); move: (S i j) (ex _) => s x; rewrite -subr_ge0 -[in X in _ -> X]subr_ge0.
by rewrite [X in 0 <= X -> _](_ : _ = s * (x - 1) - (x - 1 - s)) //; ring.

(* performer_unbiased *)
have F w : total (p w) * ex (total (x *m omega w) - 2%:R^-1 * total (hadamard x x)) *
    ex (total (y *m omega w) - 2%:R^-1 * total (hadamard y y)) =
    ex (- (2%:R^-1 * (total (hadamard x x) + total (hadamard y y)))) * (total (p w) * ex (total ((x + y) *m omega w))).
  by rewrite mulmxDl totalD -mulrA -(expD ex_laws) [RHS]mulrCA -(expD ex_laws); congr (_ * ex _); totals; ring.
under eq_bigr do rewrite F.
rewrite -mulr_sumr given_1 -(expD ex_laws) hadamardDl !hadamardDr !totalD (hadamardC y x); congr ex.
by totals; field.

(* performer_variance *)
have two w : total (((2%:R *: x) + (2%:R *: y)) *m omega w) = 2%:R * (total (x *m omega w) + total (y *m omega w)).
  by rewrite -scalerDr mul_scale_l totalZ mulmxDl totalD.
have F w : total (p w) * ex (total (x *m omega w) - 2%:R^-1 * total (hadamard x x)) *
    ex (total (y *m omega w) - 2%:R^-1 * total (hadamard y y)) =
    ex (- (2%:R^-1 * (total (hadamard x x) + total (hadamard y y)))) * (total (p w) * ex (total ((x + y) *m omega w))).
  by rewrite mulmxDl totalD -mulrA -(expD ex_laws) [RHS]mulrCA -(expD ex_laws); congr (_ * ex _); totals; ring.
have F2 w : total (p w) * (ex (total (x *m omega w) - 2%:R^-1 * total (hadamard x x)) *
    ex (total (y *m omega w) - 2%:R^-1 * total (hadamard y y))) ^+ 2 =
    ex (- (total (hadamard x x) + total (hadamard y y))) * (total (p w) * ex (total (((2%:R *: x) + (2%:R *: y)) *m omega w))).
  by rewrite two expr2 -!(expD ex_laws) [RHS]mulrCA -(expD ex_laws); congr (_ * ex _); totals; field.
under eq_bigr do rewrite F2; under [X in _ - X ^+ 2]eq_bigr do rewrite F.
rewrite -!mulr_sumr given_1 given_2 mulrBr mulr1 expr2 -!(expD ex_laws).
rewrite -scalerDr hadamardZl hadamardZr !totalZ hadamardDl !hadamardDr !totalD (hadamardC y x).
by congr (ex _ - ex _); totals; field.

(* variance_of_mean_feature *)
have /charf0P c0 := char_0; have m0 : m%:R != 0 :> RR by rewrite c0 -lt0n.
have count c : ones RR c m *m ones RR m 1 = m%:R *: ones RR c 1.
  by apply/matrixP => i j; rewrite !mxE; under eq_bigr do rewrite !mxE mulr1; rewrite sumr_const card_ord mulr1.
have form (o : 'M[RR]_(J, 1)) : total (p *m hadamard o o) = total (o^T *m diag_row p *m o).
  rewrite !total11 !mxE; apply: eq_bigr => j _; rewrite mul_mx_diag_row !mxE; ering.
have -> : m%:R^-1 *: rowsum Z - mu *: ones RR J 1 = m%:R^-1 *: ((Z - mu *: ones RR J m) *m ones RR m 1).
  by rewrite mulmxBl -rowsumE mul_scale_l count scalerBr !scalerA mulrCA mulVf ?mulr1.
rewrite form tr_scale trmx_mul tr_sub tr_scale !tr_ones !mul_scale_r !mul_scale_l !totalZ -!mulmxA !(mulmxA _ (diag_row p)).
rewrite (mulmxA _ _ (ones RR m 1)) given_1 mul_scale_l mul1mx mul_scale_r count !totalZ.
by rewrite total11 mxE mulr1 (mulrC sigma) mulKf // mulrC.

(* gqa_exactness_keys *)
split=> [-> | low]; last exact: factor.
by rewrite -stack_mul mulmx_max_rank.

(* gqa_exactness_values *)
split=> [-> | low]; first by rewrite -mul_concat mulmx_max_rank.
by have [A [B E]] := factor low; exists A, B^T.

(* gqa_in_mla *)
have DK : row_mx E (row_mx K (row_mx V F)) *m col_mx (zeros RR e k) (col_mx (identity RR k) (col_mx (zeros RR v k)
    (zeros RR f k))) = K by rewrite !mul_row_col /identity /zeros !mulmx0 mulmx1 !(add0r, addr0).
have DV : row_mx E (row_mx K (row_mx V F)) *m col_mx (zeros RR e v) (col_mx (zeros RR k v) (col_mx (identity RR v)
    (zeros RR f v))) = V by rewrite !mul_row_col /identity /zeros !mulmx0 mulmx1 !(add0r, addr0).
by rewrite -[_ *m X *m row_mx _ _ *m _]mulmxA DV -[X *m row_mx _ _ *m _]mulmxA DK trmx_mul !mulmxA.

(* mla_not_gqa *)
rewrite tr_col_mx !mul_col_mx !mul_mx_row /identity /zeros => -[].
case/eq_col_mx => /eq_row_mx[E11 E12] _ /eq_col_mx[_ /eq_row_mx[_ E42]].
have E1 := mulmx1C (esym E11).
have K0 : K_2^T = 0 by rewrite -[LHS]mul1mx -E1 -mulmxA -E12 mulmx0.
have /matrixP/(_ (Ordinal k_min) (Ordinal k_min)) := E42.
by rewrite K0 mulmx0 !mxE eqxx => /eqP; rewrite oner_eq0.

(* reformer_shared *)
have T (a b : 'M[RR]_(1, k)) : total (hadamard a b) = total (a *m b^T).
  by rewrite total_hadamard /mxtrace big_ord1 total11.
rewrite ler_pmul2l //; have := gram_two x y.
by rewrite -!T given_1 given_2 -[1 + 1]mulr1 ler_pmul2l ?ltr0n.

(* linformer_shape *)
split; first exact: mulmx_max_rank.
split; first by rewrite rowsumE softmax_ones.
split=> [i j|]; first exact: softmax_gt0.
by rewrite /identity !mul1mx mulmx1.

(* nystrom_exact_iff *)
split=> [<- | /factor[L [K E]]]; first by rewrite -!mulmxA mulmxA mulmx_max_rank.
move: E; rewrite -[L]vsubmxK -[K^T]hsubmxK; move: (usubmx L) (dsubmx L) (lsubmx K^T) (rsubmx K^T) => L1 L2 R1 R2.
rewrite mul_col_row => E; have [E1 E2 E3 _] := eq_block_mx E.
have XY : (U' *m L1) *m (R1 *m V') = 1%:M.
  by rewrite !mulmxA -(mulmxA U') -E1 !mulmxA given_1 mul1mx given_2.
rewrite E E1 E2 E3 -mul_col_mx -mul_mx_row -mul_col_row !mulmxA -(mulmxA _ R1) -(mulmxA _ U') -(mulmxA _ (R1 *m V')).
by rewrite (mulmx1C XY) mulmx1.

(* delta_rule *)
by rewrite gradient_squares scalerA mulrAC mulVr // mul1r; mxring.

(* linear_attention_one_step *)
move=> ->; rewrite gradient_squares scalerA mulrAC mulVr // mul1r /zeros mulmx0.
by rewrite !sub0r !(mulmxN, scalerN) opprK mul_scale_r mulmxA.

(* orthonormal_keys_recall *)
by rewrite given_1 mul1mx.

(* storable_iff_independent *)
split=> [every | some Y]; first exact: every.
by have [w wE] := some; exists (w *m Y); rewrite mulmxA wE mul1mx.

(* nearly_equal_kernels *)
move=> i j; rewrite (ord1 j).
have rowE (A : 'M[RR]_(n, m)) : (diag_col (reciprocal (rowsum A)) *m A *m w) i 0 = (\sum_l A i l * w l 0) / \sum_l A i l.
  by rewrite mxE mulr_suml; apply: eq_bigr => l _; rewrite mul_diag_col mxE [rowsum A i 0]mxE [RHS]mulrC mulrA.
have w0 l : 0 <= w l 0 by case: (w_mask l 0) => ->; rewrite ?ler01.
have w1 l : 0 <= 1 - w l 0 by case: (w_mask l 0) => ->; rewrite ?subrr ?subr0 ?ler01.
have parts (A : 'M[RR]_(n, m)) : \sum_l A i l = \sum_l A i l * w l 0 + \sum_l A i l * (1 - w l 0).
  by rewrite -big_split; apply: eq_bigr => l _; rewrite /= -mulrDr addrC subrK mulr1.
have pos (A : 'M[RR]_(n, m)) : positive A -> 0 < \sum_l A i l by move=> A0; apply: sum_gt0.
rewrite mulmxBl mxE [X in _ + X]mxE !rowE mxE onesE mulr1.
have M0 := pos _ L_positive; have N0 := pos _ K_positive.
have up : \sum_l L i l <= (1 + epsilon) * \sum_l K i l.
  by rewrite mulr_sumr; apply: ler_sum => l _; have := given_1 i l; rewrite mxE.
have down : (1 - epsilon) * (\sum_l K i l) <= \sum_l L i l.
  by rewrite mulr_sumr; apply: ler_sum => l _; have := given_2 i l; rewrite mxE.
have ahead : \sum_l L i l * w l 0 <= (1 + epsilon) * (\sum_l K i l * w l 0).
  rewrite mulr_sumr; apply: ler_sum => l _; rewrite mulrA ler_wpmul2r //; have := given_1 i l; by rewrite mxE.
have behind : (1 - epsilon) * (\sum_l K i l * (1 - w l 0)) <= \sum_l L i l * (1 - w l 0).
  rewrite mulr_sumr; apply: ler_sum => l _; rewrite mulrA ler_wpmul2r //; have := given_2 i l; by rewrite mxE.
have a0 : 0 <= \sum_l L i l * w l 0 by apply: sumr_ge0 => l _; rewrite mulr_ge0 // ltW ?L_positive.
have b0 : 0 <= \sum_l L i l * (1 - w l 0) by apply: sumr_ge0 => l _; rewrite mulr_ge0 // ltW ?L_positive.
move: (parts L) (parts K) ahead behind a0 b0 up down M0 N0.
move: (\sum_l L i l) (\sum_l K i l) (\sum_l L i l * w l 0) (\sum_l L i l * (1 - w l 0)) (\sum_l K i l * w l 0)
  (\sum_l K i l * (1 - w l 0)) => M N a b c d ME NE ac bd a0 b0 up down M0 N0.
have h1 : (1 - epsilon) * N * a <= M * ((1 + epsilon) * c).
  by apply: le_trans (ler_wpmul2r a0 down) _; rewrite ler_pmul2l.
have h2 : (1 - epsilon) * d * M <= b * ((1 + epsilon) * N).
  by apply: le_trans (ler_wpmul2r (ltW M0) bd) _; rewrite ler_wpmul2l.
rewrite -subr_ge0 (_ : epsilon - (a / M - c / N) = (epsilon * (M * N) - (a * N - c * M)) / (M * N)); last first.
  by field; rewrite !lt0r_neq0.
rewrite divr_ge0 ?(ltW (mulr_gt0 _ _)) // -(pmulr_rge0 _ (ltr0Sn RR 1)).
have -> : 2%:R * (epsilon * (M * N) - (a * N - c * M)) =
    (M * ((1 + epsilon) * c) - (1 - epsilon) * N * a) + (b * ((1 + epsilon) * N) - (1 - epsilon) * d * M).
  by rewrite ME NE; ring.
by rewrite addr_ge0 ?subr_ge0.

(* quotient_of_features_biased *)
have a1 : a + 1 != 0 by rewrite lt0r_neq0 // addr_gt0 ?ltr01.
have a3 : a + 3%:R != 0 by rewrite lt0r_neq0 // addr_gt0 ?ltr0n.
by field; rewrite a3.

(* chunkwise_linear_attention *)
have H0 m n (A : 'M[RR]_(m, n)) : hadamard A (zeros RR m n) = 0 by apply/matrixP => i j; rewrite !mxE mulr0.
have H1 m n (A : 'M[RR]_(m, n)) : hadamard A (ones RR m n) = A by apply/matrixP => i j; rewrite !mxE mulr1.
have Hc m p n (A B : 'M[RR]_(m, n)) (C D : 'M[RR]_(p, n)) :
    hadamard (col_mx A C) (col_mx B D) = col_mx (hadamard A B) (hadamard C D).
  by apply/matrixP => i j; rewrite mxE; case: (split_ordP i) => l ->; rewrite ?col_mxEu ?col_mxEd mxE.
rewrite order_blocks tr_col_mx mul_col_mx !mul_mx_row Hc !hadamard_row H0 H1 mul_col_mx !mul_row_col mul0mx addr0.
done.

(* prefixes_at_once *)
apply: stack_eq => i; apply/matrixP => r j; rewrite [LHS]mxE [RHS]mxE; apply: eq_bigr => l _.
by rewrite mul_mx_diag_row -(mulmxA _ Q) !unit_pick [hadamard _ _ _ _]mxE.

(* state_space_duality *)
have dec m n (X : 'M[RR]_(m, 1)) (Y : 'M[RR]_(n, 1)) i l :
    (X *m ones RR 1 n - ones RR m 1 *m Y^T) i l = X i 0 - Y l 0.
  by rewrite mxE outer11 onesE mulr1 [X in _ + X]mxE outer11 onesE mul1r [_^T _ _]mxE.
have term m n (L : 'M[RR]_(m, n)) X Y (P : 'M[RR]_(m, k)) (S : 'M[RR]_(n, k)) i l :
    hadamard (hadamard L (map_mx ex (X *m ones RR 1 n - ones RR m 1 *m Y^T))) (P *m S^T) i l =
    L i l * ex (X i 0 - Y l 0) * (P *m S^T) i l by rewrite mxE [X in X * _]mxE [X in _ * X * _]mxE dec.
have prod m n p (P : 'M[RR]_(m, k)) (P' : 'M[RR]_(n, k)) (S : 'M[RR]_(p, k)) i l :
    (forall c, P i c = P' l c) -> forall q (S' : 'M[RR]_(q, k)) j r, (forall c, S j c = S' r c) ->
    (P *m S^T) i j = (P' *m S'^T) l r.
  by move=> E q S' j r E'; rewrite !mxE; apply: eq_bigr => c _; rewrite ![_^T _ _]mxE E E'.
apply/matrixP => i j; rewrite [LHS]mxE big_split_ord /=; case: (split_ordP i) => t ->.
  rewrite col_mxEu [X in _ + X]big1 ?addr0 => [|l _]; last first.
    by rewrite term mxE /= !addn0 leqNgt (leq_trans (ltn_ord t)) ?leq_addr // !mul0r.
  rewrite [RHS]mxE; apply: eq_bigr => l _; rewrite !term !col_mxEu; congr (_ * _ * _ * _); first by rewrite !mxE.
  by apply: prod => c; rewrite col_mxEu.
rewrite col_mxEd [RHS]mxE; congr (_ + _); last first.
  rewrite [RHS]mxE; apply: eq_bigr => l _; rewrite !term !col_mxEd; congr (_ * _ * _ * _).
    by rewrite !mxE /= !addn0 leq_add2l.
  by apply: prod => c; rewrite col_mxEd.
rewrite [RHS]mxE; apply: eq_bigr => l _; rewrite term !col_mxEu !col_mxEd; congr (_ * _).
rewrite [order_mx _ _ _ _ _ _ _]mxE /= !addn0 (leq_trans (ltnW (ltn_ord l))) ?leq_addr // mul1r.
rewrite -mulmxA mul_diag_col [map_mx _ _ _ _]mxE (prod _ b _ _ Q_2 _ _ t _ a K_1 _ l); try by move=> c; rewrite ?col_mxEd ?col_mxEu.
rewrite (expD ex_laws) -mulrA; congr (_ * _); rewrite [LHS]mulrC [in LHS]mxE mulr_suml [RHS]mxE; apply: eq_bigr => c _.
by rewrite ![trmx _ _ _]mxE mul_diag_col [map_mx _ _ _ _]mxE [in RHS]mxE mulrAC mulrA.

(* delta_rule_product *)
apply: stack_eq => i; set Bf := K^T *m diag_row (unit_row RR n i *m order_mx RR n n 1 0) *m U.
have solved : unit_row RR n i *m U = unit_row RR n i *m beta *m (unit_row RR n i *m V - unit_row RR n i *m K *m (S_0 + Bf)).
  rewrite -(mulmxA _ K) -mulmxBr; apply/matrixP => r c; rewrite unit_pick [RHS]mxE big_ord1 !unit_pick mulmxDr opprD addrA.
  have := congr1 (fun M : 'M[RR]_(n, v) => M i c) given_1; rewrite mul_diag_col mxE => E.
  rewrite [X in _ = _ * X]mxE mulrDr -E -addrA; apply/esym/eqP; rewrite addrC -subr_eq0 -addrA addrN addr0.
  rewrite [X in _ + _ * X]mxE mulrN subr_eq0 /Bf !mulmxA mxE [X in _ == _ * X]mxE mulr_sumr; apply/eqP.
  apply: eq_bigr => l _; rewrite mul_mx_diag_row unit_pick mxE -(mulmxA (diag_col _)) mul_diag_col !mulrA.
  by congr (_ * _); rewrite -mulrA mulrC.
have step : K^T *m diag_row (unit_row RR n i *m order_mx RR n n 0 0) *m U =
    Bf + (unit_row RR n i *m K)^T *m (unit_row RR n i *m U).
  apply/matrixP => p c; rewrite [RHS]mxE [X in _ = _ + X]mxE big_ord1 [_^T _ _]mxE !unit_pick /Bf mxE [X in _ = X + _]mxE.
  rewrite (bigD1 i) //= [in RHS](bigD1 i) //= !mul_mx_diag_row !unit_pick.
  have own : order_mx RR n n 0 0 i i = 1 by rewrite mxE !addn0 leqnn.
  have not_yet : order_mx RR n n 1 0 i i = 0 by rewrite mxE addn0 addn1 ltnn.
  rewrite own not_yet mulr1 mulr0 mul0r add0r addrC [_^T _ _]mxE; congr (_ + _); apply: eq_bigr => l ne.
  rewrite !mul_mx_diag_row !unit_pick; congr (_ * _ * _); rewrite !mxE !addn0 addn1.
  by rewrite ltn_neqAle val_eqE ne.
by rewrite step solved addrA !mulmxA.

(* mla_rope_obstruction_iff *)
have differ := cosines_apart given_1; have turns := sines_apart given_2.
have seen (i : 'I_m) (j : 'I_r) t : ((row_mx (hadamard A_1 (ones RR m 1 *m map_mx co (t *: theta)) - hadamard A_2 (ones RR m 1 *m map_mx si (t *: theta)))
    (hadamard A_1 (ones RR m 1 *m map_mx si (t *: theta)) + hadamard A_2 (ones RR m 1 *m map_mx co (t *: theta)))) *m (row_mx U_1 U_2)^T) i j =
    \sum_l ((A_1 i l * U_1 j l + A_2 i l * U_2 j l) * co (t * theta 0 l) + (A_1 i l * U_2 j l - A_2 i l * U_1 j l) * si (t * theta 0 l)).
  rewrite tr_row_mx mul_row_col 3!mxE -big_split; apply: eq_bigr => l _ /=.
  by rewrite !mxE !big_ord1 !mxE !mul1r; ering.
have still (i : 'I_m) (j : 'I_r) : (row_mx A_1 A_2 *m (row_mx U_1 U_2)^T) i j = \sum_l (A_1 i l * U_1 j l + A_2 i l * U_2 j l).
  by rewrite tr_row_mx mul_row_col 3!mxE -big_split; apply: eq_bigr => l _ /=; rewrite ![_^T _ _]mxE.
have size n (X Y : 'M[RR]_(n, p)) l : (ones RR 1 n *m (hadamard X X + hadamard Y Y)) 0 l = \sum_i (X i l ^+ 2 + Y i l ^+ 2).
  by rewrite mxE; apply: eq_bigr => i _; rewrite !mxE mul1r -!expr2.
split=> [same | idle t].
  apply/matrixP => x l; rewrite (ord1 x) entry_zeros [LHS]mxE !size mulr_suml big1 // => i _; rewrite mulr_sumr big1 // => j _.
  have [P Q] : A_1 i l * U_1 j l + A_2 i l * U_2 j l = 0 /\ A_1 i l * U_2 j l - A_2 i l * U_1 j l = 0.
    apply: (@still_waves _ _ _ co_laws p (fun l => theta 0 l) (fun l => A_1 i l * U_1 j l + A_2 i l * U_2 j l)
      (fun l => A_1 i l * U_2 j l - A_2 i l * U_1 j l) ((row_mx A_1 A_2 *m (row_mx U_1 U_2)^T) i j) differ turns) => t.
    by rewrite -seen same.
  have -> : (A_1 i l ^+ 2 + A_2 i l ^+ 2) * (U_1 j l ^+ 2 + U_2 j l ^+ 2) =
    (A_1 i l * U_1 j l + A_2 i l * U_2 j l) ^+ 2 + (A_1 i l * U_2 j l - A_2 i l * U_1 j l) ^+ 2 by ring.
  by rewrite P Q expr2 mulr0 addr0.
apply/matrixP => i j; rewrite seen still; apply: eq_bigr => l _.
have none n (X Y : 'M[RR]_(n, p)) : \sum_i (X i l ^+ 2 + Y i l ^+ 2) = 0 -> forall i, X i l = 0 /\ Y i l = 0.
  move=> /eqP; rewrite psumr_eq0 => [/allP all a | a _]; last by rewrite addr_ge0 ?sqr_ge0.
  have := all a (mem_index_enum a); rewrite /= paddr_eq0 ?sqr_ge0 // !sqrf_eq0 => /andP [/eqP -> /eqP ->] //.
have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) idle; rewrite /= entry_zeros mxE !size => /eqP; rewrite mulf_eq0.
by case/orP=> /eqP /none gone; [have [-> ->] := gone i | have [-> ->] := gone j];
  rewrite ?(mul0r, mulr0, addr0, subr0, oppr0).

(* vanishing_defect *)
rewrite leNgt; apply/negP => D0; have d0 : 0 < - D by rewrite oppr_gt0.
pose R := 1 + y ^+ 2 + C / (- D).
have away : 1 + y ^+ 2 <= R by rewrite ler_addl divr_ge0 // ltW.
have R0 : 0 < R by apply: lt_le_trans away; rewrite ltr_paddr ?sqr_ge0 ?ltr01.
have R1 : 0 < 1 + R by rewrite addr_gt0 ?ltr01.
have small : ex (- R) * (1 + R) <= 1.
  by rewrite (expN ex_laws) mulrC ler_pdivr_mulr ?(exp_gt0 ex_laws) // mul1r (exp_tangent ex_laws).
have := given_1 R away; rewrite -(pmulr_lge0 _ R1) mulrDl -mulrA => H.
have : 0 <= D * (1 + R) + C.
  by apply: le_trans H _; rewrite ler_add2l -[leRHS]mulr1 ler_wpmul2l.
rewrite [D * _ + C](_ : _ = D * (2%:R + y ^+ 2)); last by rewrite /R; field; rewrite lt_eqF.
by rewrite nmulr_rge0 // leNgt ltr_paddr ?sqr_ge0 ?ltr0n.
