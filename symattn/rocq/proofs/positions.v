(* sinusoid_shift *)
by rewrite -/(turn g r) given_2 given_3 turn_row !mul_diag turn_rigid.

(* sinusoid_products_even *)
have at1 j := circleE given_1 j.
have one a b : total (row_mx c s *m turn g a *m (row_mx c s)^T) = total g.
  rewrite turn_row !row_diag pair_total /total big_ord1; apply: eq_bigr => j _; rewrite !mxE.
  rewrite -[RHS]mulr1 -(at1 j); ering.
by split; apply: one.

(* rotations_add *)
by split; [exact: turnM | exact: turnT].

(* rope_relative *)
rewrite trmx_mul -!/(turn _ _) turnT mulmxA -(mulmxA _ (turn c s)) turnM !hadamardNr opprK.
done.

(* rope_lengths *)
by rewrite -/(turn c s) !length_gram trmx_mul mulmxA -(mulmxA _ (turn c s)) turn_rigid // mulmx1.

(* rope_translation *)
have further (A B : 'M[RR]_(n, p)) : row_mx (hadamard A (hadamard C (ones RR n 1 *m g) - hadamard S (ones RR n 1 *m r)) -
    hadamard B (hadamard S (ones RR n 1 *m g) + hadamard C (ones RR n 1 *m r)))
    (hadamard B (hadamard C (ones RR n 1 *m g) - hadamard S (ones RR n 1 *m r)) +
    hadamard A (hadamard S (ones RR n 1 *m g) + hadamard C (ones RR n 1 *m r))) =
    row_mx (hadamard A C - hadamard B S) (hadamard B C + hadamard A S) *m turn g r.
  by rewrite turn_row !mul_diag; congr row_mx; apply/matrixP => i j; rewrite !(mxE, big_ord1); ering.
by rewrite given_2 given_3 !further trmx_mul mulmxA -(mulmxA _ (turn g r)) turn_rigid // mulmx1.

(* rope_rank *)
exact: mulmx_max_rank.

(* rope_decay_false *)
pose k1 := hadamard q_1 g - hadamard q_2 r; pose k2 := hadamard q_2 g + hadamard q_1 r.
have kE : row_mx k1 k2 = row_mx q_1 q_2 *m turn g r by rewrite turn_row !row_diag.
exists k1, k2; split=> [|c s circle].
  by rewrite kE !length_gram trmx_mul mulmxA -(mulmxA _ (turn g r)) turn_rigid // mulmx1.
rewrite -!/(turn _ _) !turn_row !row_diag !pair_total; apply: ler_sum => j _.
have := circleE given_1 j; have := circleE circle j; rewrite !mxE.
move: (q_1 0 j) (q_2 0 j) (c 0 j) (s 0 j) (g 0 j) (r 0 j) => x y a b u w at2 at1.
rewrite -subr_ge0 -(pmulr_rge0 _ (ltr0Sn RR 1)).
have -> : 2%:R * ((x * u - y * w) * (x * u - y * w) + (y * u + x * w) * (y * u + x * w) -
    ((x * a - y * b) * (x * u - y * w) + (y * a + x * b) * (y * u + x * w))) =
    (x ^+ 2 + y ^+ 2) * ((a - u) ^+ 2 + (b - w) ^+ 2) + (x ^+ 2 + y ^+ 2) * ((u * u + w * w) - (a * a + b * b)).
  by ring.
by rewrite at1 at2 subrr mulr0 addr0 mulr_ge0 ?addr_ge0 ?sqr_ge0.
(* alibi_extra_key *)
have tau0 : tau != 0 by rewrite lt0r_neq0.
rewrite -[LHS](masked_shift ex_laws _ _ (m *: t)); congr masked_softmax.
rewrite tr_row_mx mul_row_col scalerBr scalerDr !mul_scale_l scalerA mulrCA mulfV // mulr1.
by rewrite addrCA opprB [_ *: (t *m _) + _]addrC subrK.

(* alibi_causal *)
have tau0 : tau != 0 by rewrite lt0r_neq0.
rewrite -[LHS](masked_shift ex_laws _ _ (m *: rowsum (order_mx RR n n 0 0))) -/(distances_mx RR n).
move: (distances_mx RR n) (@distances_before RR n) => D DE.
rewrite tr_row_mx mul_row_col scalerDr !mul_scale_l !scalerA mulrCA mulfV // mulr1.
set p := rowsum _ in DE *; set S := _ + (_ - _); set T := _ + _.
have E i l : order_mx RR n n 0 0 i l * ex (S i l) = order_mx RR n n 0 0 i l * ex (T i l).
  rewrite [order_mx _ _ _ _ _ _ _]mxE !addn0; case: leqP => li; last by rewrite !mul0r.
  congr (_ * ex _); rewrite /S /T [LHS]mxE [RHS]mxE [X in X + _ = _]mxE [X in _ + X = _]mxE [X in _ = _ + X]mxE.
  rewrite !outer11 !onesE mulr1 mul1r [_^T _ _]mxE [X in _ + (_ + X) = _]mxE [X in - X]mxE (DE _ _ li).
  by rewrite mulrBr opprB addrCA [X in _ + X]addrCA subrr addr0.
by apply/matrixP => i j; rewrite mxE [RHS]mxE E; congr (_ / _); apply: eq_bigr.

(* alibi_both_ways *)
rewrite -[_ + c *m _ - _]addrAC -/(distances_mx RR (n + 1)).
apply: (@rank_ge _ _ _ _ (- 2%:R^-1 *: steps_mx RR n) _ (steps_mx RR n)^T).
have -> : - 2%:R^-1 *: steps_mx RR n *m (distances_mx RR (n + 1) + c *m ones RR 1 (n + 1)) *m (steps_mx RR n)^T =
    - 2%:R^-1 *: (steps_mx RR n *m distances_mx RR (n + 1) *m (steps_mx RR n)^T).
  rewrite !mul_scale_l mulmxDr mulmxDl -!(mulmxA _ _ (steps_mx RR n)^T) -[ones RR 1 _ in LHS]trmxK -trmx_mul tr_ones.
  by rewrite steps_ones trmx0 !mulmx0 addr0 !mulmxA.
by rewrite steps_distances scalerN scaleNr opprK scalerA mulVr // scale1r.

(* alibi_both_ways_is_no_plain_head *)
rewrite -/(distances_mx RR (k + q + 1)) => same; pose j0 : 'I_(k + q + 1) := rshift (k + q) 0.
pose E := steps_mx RR (k + q).
set S := A *m B^T in same; set T := - (m *: distances_mx _ _) in same.
have SE : S = T + (\matrix_(i, _) (S i j0 - T i j0) : 'M_(k + q + 1, 1)) *m ones RR 1 (k + q + 1).
  apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 [X in _ + X]mxE.
  exact: (softmax_same ex_laws).
have one0 : ones RR 1 (k + q + 1) *m E^T = 0 by rewrite -[LHS]trmxK trmx_mul trmxK tr_ones steps_ones trmx0.
have full : E *m S *m E^T = (2%:R * m) *: 1%:M.
  rewrite SE mulmxDr mulmxDl mulmxA -(mulmxA _ (ones _ _ _)) one0 mulmx0 addr0.
  by rewrite /T mulmxN mulNmx mul_scale_r mul_scale_l steps_distances scalerN opprK scalerA mulrC.
have m2 : 2%:R * m != 0 by rewrite mulf_neq0 ?pnatr_eq0 ?lt0r_neq0.
have low : (\rank S <= k)%N by rewrite mulmx_max_rank.
have : (k + q <= \rank S)%N.
  apply: (@rank_ge _ _ _ _ ((2%:R * m)^-1 *: E) _ E^T).
  by rewrite !mul_scale_l full scalerA mulVf // scale1r.
by move=> /leq_trans/(_ low); rewrite -[X in (_ <= X)%N]addn0 leq_add2l leqNgt q_min.

(* toeplitz_bias_moves *)
by rewrite mulmxDr mulmxDl given_1 trmx_mul !mulmxA.

(* relative_bias_toeplitz *)
split=> [[F [H ->]] | low]; [exact: mulmx_max_rank | exact: factor].

(* causal_prefix *)
have [Z] := causal_top ex tau X Y W V L F M.
by rewrite -!mulmxA => ->; rewrite mul_row_col mul1mx mul0mx addr0.

(* causal_prefix_of_layers *)
rewrite mulmxDr mul_row_col mul1mx mul0mx addr0 mulmx_sumr; congr (_ + _); apply: eq_bigr => h _.
have [Z E] := causal_top ex tau X Y (Q h *m (K h)^T) (V h *m O h) L F M.
by rewrite !mulmxA in E; rewrite E mul_row_col mul1mx mul0mx addr0.

(* nope_counter *)
rewrite -given_1; apply/matrixP => i j; rewrite mxE big_split_ord big_ord1 /= [X in _ + X]big1 ?addr0 => [|l _].
  rewrite col_mxEu [identity _ _ _ _]mxE !ord1 eqxx mulr1 mxE row_mxEl.
  have e0 l : row_mx (ones RR n 1) L i l * ex (zeros RR n (1 + m) i l) = row_mx (ones RR n 1) L i l * ex 0.
    by rewrite [zeros _ _ _ _ _]mxE.
  under eq_bigr do rewrite e0 (exp0 ex_laws) mulr1.
  by rewrite [zeros _ _ _ _ _]mxE (exp0 ex_laws) onesE !mul1r [RHS]mxE [in RHS]mxE.
by rewrite col_mxEd [zeros _ _ _ _ _]mxE mulr0.

(* causal_reads_what_came *)
rewrite order_blocks; have [Z] := causal_top ex tau X Y W V (order_mx RR a a 0 0) (ones RR b a) (order_mx RR b b 0 0).
by rewrite -!mulmxA => ->; rewrite mul_row_col mul1mx mul0mx addr0.

(* running_sums_undone *)
by rewrite shift_order mul1mx.

(* positions_count_up *)
by rewrite !rowsumE mulmxA -[X in X - _]mul1mx mulmxA -mulmxBl -mulmxBl shift_order mul1mx.

(* nope_reads_its_position *)
pose first := Ordinal n_min; apply/matrixP => i j; rewrite mxE (bigD1 first) //= big1 ?addr0 => [|l ne].
  have e0 l : order_mx RR n n 0 0 i l * ex (zeros RR n n i l) = order_mx RR n n 0 0 i l.
    by rewrite [zeros _ _ _ _ _]mxE (exp0 ex_laws) mulr1.
  rewrite [X in X * _]mxE e0; under eq_bigr do rewrite e0.
  rewrite [order_mx _ _ _ _ _ _ first]mxE [trmx _ _ _]mxE [unit_row _ _ _ _ _]mxE /= mulr1 mul1r.
  by rewrite [RHS]mxE [in RHS]mxE.
by move: ne; rewrite -val_eqE /= [trmx _ _ _]mxE [unit_row _ _ _ _ _]mxE => /negPf ->; rewrite mulr0.

(* window_after_window *)
apply/matrixP => i j; rewrite mxE [X in X * _]mxE mulr_suml [RHS]mxE; apply: eq_bigr => l _.
rewrite !mxE !addn0 -!natrM !mulnb; congr (nat_of_bool _)%:R.
apply: andb_idr => /andP[/andP[li il] /andP[jl lj]].
by rewrite (leq_trans jl li) (leq_trans il) // addnA leq_add2r.
(* cos_at_most_one *)
by split=> i j; rewrite !mxE; [exact: cos_le1 co_laws _ | exact: cos_ge_1 co_laws _].

(* sinusoid_turns *)
by congr row_mx; apply/matrixP => i j; rewrite !mxE mulrDl (cosD co_laws, sinD co_laws); ering.

(* sinusoid_products *)
split; last first.
  by congr total; apply/matrixP => i j; rewrite !mxE -opprB mulNr (cosN co_laws).
by rewrite pair_total /total big_ord1; apply: eq_bigr => j _; rewrite !mxE mulrBl (cosB co_laws).

(* rope_adds *)
have E := turned_turned co_laws A_1 A_2 (t *m theta) (u *m theta).
by rewrite mulmxDl; exact: E.

(* rope_by_difference *)
rewrite -(turned_still co_laws kappa_1 kappa_2); apply/matrixP => i j.
have E := turned_score co_laws q_1 q_2 (s *: theta) kappa_1 kappa_2 (r *: theta) i j.
have H := turned_score co_laws q_1 q_2 ((s - r) *: theta) kappa_1 kappa_2 0 i j.
by rewrite [LHS]E [RHS]H; apply: eq_bigr => l _; rewrite !mxE subr0 [(s - r) * _]mulrBl !ord1.

(* rope_moves *)
apply/matrixP => i j.
have E U := turned_score co_laws A_1 A_2 U B_1 B_2 U i j.
rewrite [LHS]E [RHS]E; apply: eq_bigr => l _.
have -> : ((t + delta *: ones RR n 1) *m theta) i l - ((t + delta *: ones RR n 1) *m theta) j l =
    (t *m theta) i l - (t *m theta) j l.
  by rewrite !outer11 ![(t + delta *: ones RR n 1) _ _]mxE ![(delta *: ones RR n 1) _ _]mxE !onesE mulr1 !mulrDl opprD addrACA subrr addr0.
by [].

(* rope_keeps_lengths *)
apply/matrixP => i j; rewrite mxE [RHS]mxE !big_split_ord /= -!big_split; apply: eq_bigr => l _ /=.
rewrite ![hadamard (row_mx _ _) _ _ _]mxE !row_mxEl !row_mxEr !mxE.
have := on_circle co_laws (\sum_a t i a * theta a l); move: (A_1 i l) (A_2 i l) (co _) (si _) => x y c s one.
have -> : (x * c - y * s) * (x * c - y * s) + (x * s + y * c) * (x * s + y * c) = (x * x + y * y) * (c * c + s * s).
  by ring.
by rewrite one mulr1.

(* rope_gradient *)
have turn (f : dual RR -> dual RR) i j : map_mx f (lift_mx t *m lift_mx theta) i j = f (lift ((t *m theta) i j)).
  rewrite [LHS]mxE; congr f; rewrite !outer11 2!mxE; apply: dual_eq; rewrite /= ?mulr0 ?mul0r ?addr0 //.
have back (f : RR -> RR) i j : map_mx f (- (t *m theta)) i j = f (- (t *m theta) i j).
  by rewrite [LHS]mxE; congr f; rewrite mxE.
have sumE (R : ringType) (X Y : 'M[R]_(n, p)) i j : (X + Y) i j = X i j + Y i j by rewrite mxE.
have oppE (R : ringType) (X : 'M[R]_(n, p)) i j : (- X) i j = - X i j by rewrite mxE.
have eachE (R : ringType) m (X Y : 'M[R]_(n, m)) i j : hadamard X Y i j = X i j * Y i j by rewrite mxE.
split; apply: gradient_eq => D; rewrite slope_total /total; apply: eq_bigr => i _;
  rewrite big_split_ord -big_split; apply: eq_bigr => j _ /=;
  rewrite /slopes ![map_mx (@slope _) _ _ _]mxE !eachE !row_mxEl !row_mxEr !(sumE, oppE, eachE) !turn !back;
  rewrite (cosN co_laws) (sinN co_laws); move: ((t *m theta) i j) => u; rewrite !mxE /=; ring.

(* causal_at_any_depth *)
apply: (layer_by_layer (P := fun l => member Z l = row_mx (identity RR a) (zeros RR a b) *m member X l)) => // l before.
rewrite (stack_inj given_2) (stack_inj given_1) before mulmxDr mulmx_sumr; congr (_ + _); apply: eq_bigr => h _.
rewrite -[member X l]vsubmxK; move: (usubmx _) (dsubmx _) => A B.
rewrite order_blocks mul_row_col mul1mx mul0mx addr0.
have [T reads] := causal_top ex tau A B (Q l *m E h *m (E h)^T *m (K l)^T) (V l *m E h *m (E h)^T *m O l)
  (order_mx RR a a 0 0) (ones RR b a) (order_mx RR b b 0 0).
by rewrite !mulmxA in reads; rewrite reads mul_row_col mul1mx mul0mx addr0.

(* windows_at_any_depth *)
rewrite addnC; apply/rows_from.
apply: (layer_by_layer (P := fun l => forall (i : 'I_n) j, (m + l * w <= i)%N -> member Y l i j = member X l i j)).
  by move=> i j; rewrite mul0n addn0; apply: (rows_from _ _ _).1.
move=> l before i j le; rewrite (stack_inj given_2) (stack_inj given_1) [LHS]mxE [RHS]mxE !summxE.
have own q : member Y l i q = member X l i q by apply: before; rewrite (leq_trans _ le) // leq_add2l leq_mul2r leq_addr orbT.
rewrite own; congr (_ + _); apply: eq_bigr => h _; rewrite -!mulmxA; apply: masked_reads => p.
rewrite window_in; case: andP => [[pi ip] | _]; [right | by left].
have far q : member Y l p q = member X l p q.
  by apply: before; rewrite -(leq_add2r w) (leq_trans _ ip) // (leq_trans _ le) // mulnDl mul1n addnA.
split; last by rewrite !mulmxA -!(mulmxA (member _ _)) [LHS]mxE [RHS]mxE; apply: eq_bigr => q _; rewrite far.
have form (Z : 'M[RR]_(n, d)) : Z *m Q l *m E h *m (E h)^T *m (K l)^T *m Z^T =
    Z *m (Q l *m E h *m (E h)^T *m (K l)^T) *m Z^T by rewrite !mulmxA.
by rewrite !mulmxA !form; apply: form_rows.

(* windows_reach *)
have inside s A : hadamard A (hadamard (order_mx RR n n 0 0) (order_mx RR n n 0 s)^T) = A <->
    forall i j : 'I_n, ~~ ((j <= i) && (i <= j + s))%N -> A i j = 0.
  split=> [EA i j no | all]; first by rewrite -EA [hadamard _ _ _ _]mxE window_in (negPf no) mulr0.
  by apply/matrixP => i j; rewrite [LHS]mxE window_in; case: andP => [_ | no]; rewrite ?mulr1 // mulr0 all //; apply/andP.
apply: (layer_by_layer (P := fun l => hadamard (member R l)
  (hadamard (order_mx RR n n 0 0) (order_mx RR n n 0 (l * w))^T) = member R l)).
  apply/inside => i j; rewrite given_2 mul0n addn0 -eqn_leq eq_sym => /negPf ne.
  by rewrite mxE -val_eqE /= ne.
move=> l /inside before; apply/inside => i j no; rewrite (stack_inj given_1) mxE big1 // => p _.
rewrite [hadamard _ _ _ _]mxE window_in; case: andP => [[pi ip] | _]; last by rewrite mulr0 mul0r.
rewrite [X in _ * X]before ?mulr0 //; apply: contra no => /andP[jp pj].
by rewrite (leq_trans jp pi) (leq_trans ip) // mulnDl mul1n addnA leq_add2r.

(* causal_is_full_attention_of_prefix *)
congr (_ *m _); apply/matrixP => i j; rewrite last_rows softmaxE /norm [LHS]mxE.
have one l : order_mx RR (p + 1) (p + 1) 0 0 (rshift p i) l = 1.
  by rewrite mxE /= (ord1 i) !addn0 -ltnS -[X in (_ < X)%N]addn1 ltn_ord.
by rewrite one mul1r last_rows; congr (_ / _); apply: eq_bigr => l _; rewrite one mul1r last_rows.

(* cache_of_any_length *)
congr (_ *m _); apply/matrixP => i j; rewrite last_rows [LHS]mxE [RHS]mxE.
have same l : order_mx RR (m + n) (m + n) 0 0 (rshift m i) l = order_mx RR n (m + n) n (m + n) i l.
  by rewrite !mxE /= !addn0 addnA [(i + m)%N]addnC leq_add2r.
by rewrite same last_rows; congr (_ / _); apply: eq_bigr => l _; rewrite same last_rows.

(* hidden_keys_leak_nothing *)
rewrite -mulmxA; apply/matrixP => i j; apply: masked_reads => l; rewrite outer11 onesE mul1r [_^T _ _]mxE.
by rewrite mul_mx_diag_col mul_diag_col; case: (g_mask l 0) => ->; [left | right; rewrite mulr1 mul1r].

(* hidden_queries_leak *)
have read (x y : 'M[RR]_(1, d)) i j : (row_mx (zeros RR 1 1) (identity RR 1) *m
    masked_softmax ex (col_mx (zeros RR 1 (1 + 1)) (ones RR 1 (1 + 1))) (col_mx x y *m zeros RR d d *m (col_mx x y)^T) *m
    col_mx x y) i j = (x i j + y i j) / 2%:R.
  have half r l : (row_mx (zeros RR 1 1) (identity RR 1) *m masked_softmax ex (col_mx (zeros RR 1 (1 + 1))
      (ones RR 1 (1 + 1))) (col_mx x y *m zeros RR d d *m (col_mx x y)^T)) r l = 2%:R^-1.
    have flat q p : (col_mx x y *m zeros RR d d *m (col_mx x y)^T) q p = 0 by rewrite /zeros mulmx0 mul0mx mxE.
    rewrite last_rows mxE flat (exp0 ex_laws) col_mxEd onesE mulr1 mul1r; congr (_^-1).
    under eq_bigr do rewrite flat (exp0 ex_laws) col_mxEd onesE mulr1.
    by rewrite sumr_const card_ord.
  by rewrite mxE big_split_ord /= !big_ord1 !half col_mxEu col_mxEd (ord1 i) mulrDl mulrC [X in _ + X]mulrC.
exists (zeros RR d d), (unit_row RR d 0), (zeros RR 1 d), (zeros RR 1 d) => /matrixP/(_ 0 (Ordinal d_min)).
rewrite !read !mxE /= !addr0 mul0r mul1r => /eqP.
by rewrite invr_eq0 pnatr_eq0.

(* one_wave *)
apply: (still_wave co_laws _ given_1); apply/eqP => s0.
by move: given_2; rewrite s0 mulr0 => /eqP; rewrite eq_sym oner_eq0.

(* waves_independent *)
have differ := cosines_apart given_1; have turns := sines_apart given_2.
have still t : \sum_i (alpha 0 i * co (t * theta 0 i) + beta 0 i * si (t * theta 0 i)) = c.
  rewrite -(given_3 t) /total big_ord1; apply: eq_bigr => i _.
  by rewrite mxE ![hadamard _ _ _ _]mxE ![map_mx _ _ _ _]mxE ![(t *: theta) _ _]mxE.
have found := still_waves co_laws differ turns still.
by split; apply/matrixP => r i; rewrite (ord1 r) entry_zeros; have [] := found i.

(* rope_commutant *)
have differ := differ_of given_2; have turns := turns_of given_3.
split=> [same | [a [b ->]]]; last exact: turns_commute.
by exists (\row_i G_11 i i), (\row_i G_12 i i); exact: (turn_commutant given_1 differ turns same).

(* rope_gauge *)
have differ i j : i != j -> (map_mx co theta) 0 i != (map_mx co theta) 0 j.
  by rewrite ![(map_mx _ _) _ _]mxE; apply: (cosines_apart given_1).
have turns i : (map_mx si theta) 0 i != 0 by rewrite mxE; apply: (sines_apart given_2).
have circle : hadamard (map_mx co theta) (map_mx co theta) + hadamard (map_mx si theta) (map_mx si theta) = ones RR 1 p.
  by apply/matrixP => i j; rewrite !mxE (on_circle co_laws).
split=> [[still same] | [a [b [r [-> [-> undone]]]]]].
  by have [a [b [r [Ga Ha undone]]]] := turn_gauge circle differ turns still same; exists a, b, r.
rewrite -!/(turn _ _); have whole := stretch_undone undone; split=> //.
by rewrite (turns_commute (map_mx co theta)) -mulmxA whole mulmx1.

(* rope_gauge_of_scores *)
split=> [same | [still turned] x_1 x_2 y_1 y_2]; last first.
  move: (row_mx x_1 x_2) (row_mx y_1 y_2) => x y; rewrite trmx_mul !mulmxA.
  by split; [rewrite -(mulmxA x) still mulmx1 | rewrite -!(mulmxA x) turned].
have forms (x y : 'M[RR]_(1, p + p)) : x *m block_mx G_11 G_12 G_21 G_22 *m (y *m block_mx H_11 H_12 H_21 H_22)^T =
    x *m y^T /\ x *m block_mx G_11 G_12 G_21 G_22 *m turn (map_mx co theta) (map_mx si theta) *m
      (y *m block_mx H_11 H_12 H_21 H_22)^T = x *m turn (map_mx co theta) (map_mx si theta) *m y^T.
  by have := same (lsubmx x) (rsubmx x) (lsubmx y) (rsubmx y); rewrite !hsubmxK.
split; apply: form_eq => x y; have [E T] := forms x y; first by rewrite mulmx1 -E trmx_mul !mulmxA.
by rewrite -T trmx_mul !mulmxA.

(* rope_gauge_keeps *)
have diag n' (A : 'M[RR]_(n', p)) x : A *m diag_row x = \matrix_(i, j) (A i j * x 0 j).
  by apply/matrixP => i j; rewrite mul_mx_diag_row mxE.
have one l : r 0 l * (a 0 l * a 0 l + b 0 l * b 0 l) = 1.
  by have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) given_1; rewrite /= !mxE.
rewrite !diag; move: (map_mx co (t *m theta)) (map_mx si (t *m theta)) (map_mx co (s *m theta)) (map_mx si (s *m theta)) => x y z w.
apply/matrixP => i j; rewrite !tr_row_mx !mul_row_col [LHS]mxE [RHS]mxE 4![(_ *m _) _ _]mxE -!big_split; apply: eq_bigr => l _ /=.
rewrite !mxE -[RHS]mul1r -(one l); ering.
