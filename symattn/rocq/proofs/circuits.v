(* qk_ov_factor *)
by rewrite -!mulmxA -given_2 !mulmxA -(mulmxA X Q) given_1 !mulmxA.

(* concat_sum *)
exact: concat_stack.

(* head_symmetries *)
have CE := concat_inj given_1; have FE := concat_inj given_2.
apply: eq_bigr => h _; rewrite -!mulmxA (mulmxA (C h)) CE (mulmxA (F h)) FE /identity !mul1mx !mulmxA //.

(* path_expansion *)
set S := \sum_(h < H) _.
have -> : \sum_(g < G) B g *m (X + S) *m N g = \sum_(g < G) B g *m X *m N g +
    \sum_(g < G) \sum_(h < H) B g *m A h *m X *m M h *m N g.
  rewrite -big_split; apply: eq_bigr => g _; rewrite mulmxDr mulmxDl; congr (_ + _).
  by rewrite mulmx_sumr mulmx_suml; apply: eq_bigr => h _; rewrite !mulmxA.
by rewrite !addrA.

(* score_composition *)
pose Y h := A h *m X *m M h; set S := \sum_(h < H) _.
have T : S^T = \sum_h (Y h)^T by rewrite linear_sum.
have XS : X *m W *m S^T = \sum_h X *m W *m (Y h)^T by rewrite T mulmx_sumr.
have SX : S *m W *m X^T = \sum_h Y h *m W *m X^T by rewrite !mulmx_suml.
have SS : S *m W *m S^T = \sum_h \sum_h' Y h *m W *m (Y h')^T.
  by rewrite !mulmx_suml; apply: eq_bigr => h _; rewrite T mulmx_sumr.
have add4 (a b c e : 'M[RR]_(n, n)) : a + b + (c + e) = a + b + c + e.
  by apply/matrixP => i j; rewrite !mxE; ring.
rewrite mulmxDr !mulmxDl XS SX SS. exact: add4.

(* virtual_weights *)
split=> [H | E x]; last by rewrite -mulmxA E /zeros mulmx0.
by apply: row_eq => x; rewrite mulmxA H /zeros mulmx0.

(* bias_fold *)
rewrite -!mulmxA; blocks; rewrite !mulmxA; by congr (softmax _ (tau *: _) *m _); mxnorm.

(* residual_sum *)
set y := resize _ _ x in given_1 *.
have S j : \sum_i y i j = \sum_i x i j.
  rewrite [RHS](reindex (cast_ord (addnC 1%N L))).
    by apply: eq_bigr => i _; rewrite mxE -[i : nat]/(cast_ord (addnC 1%N L) i : nat) entryE.
  exact: onW_bij (Bijective (cast_ordK _) (cast_ordKV _)).
clearbody y; rewrite -[y]vsubmxK -[x]vsubmxK in given_1 S *; move: given_1; blocks => E.
have sum_f j : (ones RR 1 L *m f) 0 j = \sum_i f i j by rewrite mxE; apply: eq_bigr => l _; rewrite onesE mul1r.
apply/matrixP => i j; rewrite (ord1 i) [RHS]mxE sum_f; have := S j; rewrite !big_split_ord !big_ord1 /=.
rewrite col_mxEu col_mxEd.
under [X in _ + X = _]eq_bigr do rewrite col_mxEd E mxE.
under [X in _ = X + _]eq_bigr do rewrite col_mxEu.
by rewrite big_split /= addrCA => /addrI <-.

(* composition_score *)
have P := product_norm M W; have S := square_total_ge0 (M *m W).
have B : 0 <= total (hadamard M M) * total (hadamard W W) by rewrite mulr_ge0 ?square_total_ge0.
split; first by rewrite divr_ge0.
have [->|N] := eqVneq (total (hadamard M M) * total (hadamard W W)) 0; first by rewrite invr0 mulr0 ler01.
by rewrite ler_pdivr_mulr ?mul1r // lt_def N.

(* composition_score_attained *)
have O (a b : 'M[RR]_(1, 1)) : \tr (a *m b) = \tr a * \tr b by rewrite /mxtrace !big_ord1 outer11.
rewrite [LHS]total_gram [X in _ = X * _]total_gram [X in _ = _ * X]total_hadamard !trmx_mul trmxK.
rewrite -!mulmxA [LHS]mxtrace_mulC [X in _ = X * _]mxtrace_mulC [X in _ = _ * X]mxtrace_mulC -!mulmxA.
by rewrite !(mulmxA w^T w) !(mulmxA u^T u) !(mulmxA t t^T) !O; ring.

(* composition_score_gauge *)
by rewrite trmx_mul trmxK !mulmxA !mulmxK.

(* composition_within_operator_norm *)
have step (B : 'M[RR]_d) : psd B -> 0 <= \tr (W^T *m B *m W).
  move=> [_ po]; apply: sumr_ge0 => j _; have := po (row j W^T).
  suff -> : total (row j W^T *m B *m (row j W^T)^T) = (W^T *m B *m W) j j by [].
  by rewrite total11 -row_mul mxE [RHS]mxE; apply: eq_bigr => l _; rewrite mxE [(row _ _)^T _ _]mxE !mxE.
have := step _ given_1; rewrite mulmxBr mulmxBl linearB /= subr_ge0 !total_gram trmx_mul !mulmxA.
by rewrite mul_scale_r mul_scale_l linearZ /= /identity mulmx1.

(* copying_score *)
split; first by rewrite -mulmxA mxtrace_mulC !mulmxA.
have sizes : (2 * m + r = r + (m + m))%N by rewrite mul2n -addnn addnC.
have T p q (same : p = q) (B : 'M[RR]_q) (A : 'M[RR]_p) : A \in unitmx ->
    \tr (A *m resize p q B *m resize q p (invmx A)) = \tr B.
  case: q / same B => B A1; have same (Y : 'M[RR]_p) : resize p p Y = Y by apply/matrixP => i j; rewrite mxE entryE.
  by rewrite !same mxtrace_mulC mulmxA mulVmx // mul1mx.
rewrite given_1 (T _ _ sizes) // /mxtrace !big_split_ord /= /total !big_ord1.
congr (_ + _); first by apply: eq_bigr => i _; rewrite col_mxEu row_mxEl mxE eqxx.
rewrite mulr_sumr -big_split; apply: eq_bigr => i _ /=; rewrite !col_mxEd col_mxEu !row_mxEr row_mxEl !mxE !eqxx.
by rewrite mulr_natl mulr2n.

(* copying_score_bounds *)
have a0 j : 0 <= a 0 j by have := given_2 0 j; rewrite entry_zeros.
have square j : a 0 j ^+ 2 = x 0 j ^+ 2 + y 0 j ^+ 2.
  by have := congr1 (fun A : 'M[RR]_(1, n) => A 0 j) given_1; rewrite !entriesE !expr2.
have both j : `|x 0 j| <= a 0 j.
  by rewrite -ler_sqr ?nnegrE // -normrX ger0_norm ?sqr_ge0 // square ler_addl sqr_ge0.
have high j : x 0 j <= a 0 j := le_trans (ler_norm _) (both j).
have low j : - a 0 j <= x 0 j by have := both j; rewrite ler_norml => /andP[].
rewrite !total_row; split; first by rewrite -sumrN ler_sum.
split; first by rewrite ler_sum.
split=> [E | [y0 x0]].
  have same j : a 0 j - x 0 j = 0.
    have Z : \sum_j (a 0 j - x 0 j) = 0 by rewrite sumrB E subrr.
    move/eqP: Z; rewrite psumr_eq0 => [/allP/(_ j (mem_index_enum j))/eqP //|i _]; by rewrite subr_ge0.
  split=> [|i j]; last by rewrite (ord1 i) entry_zeros; have := same j; move/eqP; rewrite subr_eq0 => /eqP <-.
  apply/matrixP => i j; rewrite (ord1 i) entry_zeros; apply/eqP; rewrite -sqrf_eq0.
  have := square j; have := same j; move/eqP; rewrite subr_eq0 => /eqP ->.
  by move/eqP; rewrite -subr_eq0 opprD addrA subrr add0r oppr_eq0.
apply: eq_bigr => j _; apply/eqP; rewrite -(eqr_expn2 (n := 2)) ?a0 //; last by have := x0 0 j; rewrite entry_zeros.
by rewrite square y0 entry_zeros expr0n addr0.

(* slots_fit_in_width *)
by exists (col_mx 1%:M 0); blocks.

(* slots_need_width *)
move=> E0; have := mulmx_max_rank E^T E; rewrite E0 mxrank1 -addnA -{2}[m]addn0 leq_add2l addn1 //.

(* feature_slots *)
have G : E_2^T *m E_1 = 0 by rewrite -[E_2^T *m E_1]trmxK trmx_mul trmxK given_3 tr_zeros.
rewrite !mulmxDl !mulmxBr !mulmxBl -!mulmxA given_1 given_2 given_3 G /identity /zeros.
by rewrite !(mulmx0, mulmx1, mul1mx) subrr add0r subr0 !addr0 add0r.

(* two_reads_always *)
rewrite -!(mulmxA X (row_mx K V)) -!(mulmxA _ (row_mx K V)) !mul_row_col /identity /zeros.
by rewrite !mulmx1 !mulmx0 addr0 add0r trmx_mul !mulmxA.

(* two_reads_suffice *)
split=> [[Q [R [A [-> ->]]]] | rk].
  by rewrite trmx_mul trmxK -mul_mx_row mulmx_max_rank.
have [R [B E]] := factor rk; move: E; rewrite -[B^T]hsubmxK mul_mx_row => /eq_row_mx[WE ME].
by exists (lsubmx B^T)^T, R, (rsubmx B^T); split=> //; rewrite -[W]trmxK WE trmx_mul.

(* one_read_with_a_core *)
split=> [[R [C [A [-> ->]]]] | rk].
  by rewrite !trmx_mul trmxK -!mulmxA -!mul_mx_row mulmx_max_rank.
have [R [B E]] := factor rk; move: E; rewrite -[B^T]hsubmxK mul_mx_row => /eq_row_mx[WE].
rewrite -[rsubmx _]hsubmxK mul_mx_row => /eq_row_mx[TE ME].
have [P [G [PT _ PR PG _]]] := column_projection R.
have PW : P *m W = W by rewrite WE mulmxA PR.
have WP : W *m P = W by rewrite -[LHS]trmxK trmx_mul PT TE mulmxA PR -TE trmxK.
exists R, (G *m W *m G^T), (rsubmx (rsubmx B^T)); split=> //.
by rewrite -{1}WP -{1}PW -{2}PT PG trmx_mul !mulmxA.

(* one_read_without_a_core *)
split=> [[R [A [-> ->]]] | [psd_W [rk [N ->]]]].
  split; [exact: gram_psd | split; first exact: mulmx_max_rank].
  have [P [G [PT _ PR PG _]]] := column_projection R^T.
  by exists (G *m A); rewrite mulmxA -(mulmxA R) -PG -[R *m P]trmxK trmx_mul PT PR trmxK.
have [R RE] := tied_of_psd psd_W rk.
by exists R, (R^T *m N); rewrite mulmxA -RE.

(* one_read_with_signs *)
have E (S U : 'M[RR]_d) : row_mx S U *m col_mx (row_mx (identity RR d) (zeros RR d d))
    (row_mx (zeros RR d d) (- identity RR d)) *m (row_mx S U)^T = S *m S^T - U *m U^T.
  by blocks; rewrite ?add_row_mx ?addr0 ?add0r; blocks.
split=> [[S [U ->]] | WT]; first by rewrite E tr_sub !trmx_mul !trmxK.
exists (2%:R^-1 *: (W + 1%:M)), (2%:R^-1 *: (W - 1%:M)); rewrite E.
have H := half_half unit_2; move: (2%:R^-1) H => h H.
have H4 : h * h + h * h + (h * h + h * h) = 1 by rewrite -!mulrDr H mulrDr !mulr1.
transitivity ((h * h + h * h + (h * h + h * h)) *: W); first by rewrite H4 scale1r.
by rewrite !tr_scale tr_add tr_sub tr_scalar_mx -WT; mxring.

(* reads_of_two_subspaces_add_up *)
apply: (@rank_ge _ _ _ _ (block_mx F' 0 0 D') _ (block_mx J 0 0 L)).
have -> : row_mx (col_mx F (zeros RR b p)) (col_mx (zeros RR a q) D) = block_mx F 0 0 D by rewrite block_mxEh.
rewrite !mulmx_block !(mulmx0, mul0mx, addr0, add0r) given_1 given_2.
by rewrite -scalar_mx_block.

(* prevtoken_exact *)
have N0 := one_key_gt0 a b beta ex_laws; have R := @one_key_read _ _ a b beta ex_laws.
have E := one_key_missed a b beta ex_laws.
have count n : \sum_(l < n) ones RR n 1 l 0 = n%:R.
  by under eq_bigr do rewrite onesE; rewrite sumr_const card_ord.
by rewrite E total11 R !count mxE mulr0 add0r.

(* prevtoken_weights *)
have E i j : ex ((beta *: M) i j) = 1 + (ex beta - 1) * M i j.
  by rewrite mxE; case: (M_mask i j) => ->; rewrite ?mulr0 ?mulr1 ?(exp0 ex_laws) ?addr0 // addrCA subrr addr0.
have one i : \sum_j M i j = 1.
  by have /matrixP/(_ i 0) := given_1; rewrite mxE onesE; under eq_bigr do rewrite onesE mulr1.
apply/matrixP => i j; rewrite softmaxE /norm E; under eq_bigr do rewrite E.
rewrite big_split /= sumr_const card_ord -mulr_sumr one mulr1 !mxE mulrC; congr (_^-1 * _).
by rewrite natrD; ring.

(* prevtoken_output *)
have N0 := one_key_gt0 a b beta ex_laws; have R := @one_key_read _ _ a b beta ex_laws.
have E := one_key_missed a b beta ex_laws.
have n0 : a%:R + b%:R != 0 :> RR by rewrite -natrD pnatr_eq0 addn_eq0 negb_and -!lt0n b_min orbT.
have sums n (A : 'M[RR]_(n, v)) j : (ones RR 1 n *m A) 0 j = \sum_l A l j.
  by rewrite mxE; apply: eq_bigr => l _; rewrite onesE mul1r.
rewrite E; apply/matrixP => i j; rewrite (ord1 i) mxE R [(- c) 0 j]mxE.
have [S1 S2] := (sums _ V j, sums _ V' j); move: (ones RR 1 a *m V) (ones RR 1 b *m V') S1 S2 => A1 A2 S1 S2.
rewrite !mxE S1 S2; set y := \sum_l V l j; set z := \sum_l V' l j.
transitivity ((y + z - (a%:R + b%:R) * c 0 j) / (ex beta + a%:R + b%:R)).
  by rewrite -[X in _ - X](mulfK (lt0r_neq0 N0)) -mulrBl; congr (_ / _); ering.
by rewrite -{1}(mulVKf n0 (y + z)) -mulrBr mulrAC.

(* prevtoken_sharpness *)
have N0 := one_key_gt0 a b beta ex_laws; have E := one_key_missed a b beta ex_laws.
rewrite E ler_pdivr_mulr //; split=> H; rewrite -subr_ge0; rewrite -subr_ge0 in H.
  by rewrite [leRHS](_ : _ = epsilon * (ex beta + a%:R + b%:R) - (a%:R + b%:R)) //; ring.
by rewrite [leRHS](_ : _ = epsilon * ex beta - (a%:R + b%:R) * (1 - epsilon)) //; ring.

(* prevtoken_least_score *)
have N0 := one_key_gt0 a b beta ex_laws; have E := one_key_missed a b beta ex_laws.
have o0 : 0 < a%:R + b%:R :> RR by rewrite ltr_paddl ?ler0n ?ltr0n.
have r1 : 0 < 1 + r by rewrite ltr_paddl ?ler01.
rewrite E ler_pdivr_mulr // mulrC ler_pdivl_mulr // -(ler_exp ex_laws) (expK lg_laws) ?mulr_gt0 //.
by rewrite mulrDr mulr1 -addrA addrC ler_add2r.

(* first_token_has_no_previous *)
split; last by apply/matrixP => i j; rewrite softmaxE norm1 !ord1 mulfV ?exp_neq0 // mxE.
apply/matrixP => i j; rewrite softmaxE /norm; under eq_bigr do rewrite mxE (exp0 ex_laws).
by rewrite mxE (exp0 ex_laws) sumr_const card_ord !mxE mulr1 mul1r.

(* prevtoken_form_rank *)
split.
  rewrite (_ : col_mx _ _ = col_mx (zeros RR 1 m) (identity RR m) *m row_mx (identity RR m) (zeros RR m 1)).
    exact: mulmx_max_rank.
  by rewrite mul_col_mx /zeros /identity mul0mx mul1mx row_mx0.
apply: (@rank_ge _ _ _ _ (row_mx 0 1%:M) _ (col_mx 1%:M 0)); by blocks.

(* onehot_lookup_rank *)
apply: (@rank_ge _ _ _ _ (row_mx (beta^-1 *: 1%:M) 0) _ (col_mx 1%:M (- ones RR 1 m))).
rewrite mulmxDr mulmxDl onehot_differences ?lt0r_neq0 // -!mulmxA ones_differences !mulmx0 addr0 //.

(* onehot_lookup_attained *)
set C := beta *: _; split.
  rewrite (_ : C = (- (beta / (1 + m%:R))) *: ones RR (m + 1) 1 *m ones RR 1 (m + 1) + beta *: identity RR (m + 1)).
    exact: softmax_row_shift.
  by apply/matrixP => i j; rewrite [RHS]mxE outer11 !mxE !mulr1 mulrBr addrC.
apply: last_column; rewrite -scalemxAl mulmxBl mul1mx -scalemxAl.
rewrite (_ : ones RR _ _ *m ones RR _ _ = (1 + m%:R) *: ones RR (m + 1) 1).
  by rewrite scalerA mulVf ?scale1r ?subrr ?scaler0 // lt0r_neq0 // ltr_paddr ?ltr01 ?ler0n.
apply/matrixP => i j; rewrite !mxE mulr1; under eq_bigr do rewrite !mxE mulr1.
by rewrite sumr_const card_ord natrD addrC.

(* onehot_lookup_needs_width *)
have E : Q *m K^T *m col_mx 1%:M (- ones RR 1 m) = (beta *: 1%:M) *m col_mx 1%:M (- ones RR 1 m).
  apply/matrixP => i j; rewrite !differencesE (softmax_same ex_laws i (lshift 1 j) (rshift m 0) given_1).
  by rewrite addrA addrAC addrK.
have U : row_mx (beta^-1 *: 1%:M) 0 *m (Q *m K^T) *m col_mx 1%:M (- ones RR 1 m) = 1%:M.
  by rewrite -mulmxA E mulmxA onehot_differences ?lt0r_neq0.
split; last by rewrite mulmxA in U; rewrite -mxrank_tr; apply: rank_ge U.
by rewrite mulmxA -mulmxA in U; apply: rank_ge U.

(* mass_of_matches *)
apply: (mass_ge ex_laws m_min (c := c)) => j.
  by have := given_1 0 j; rewrite !mxE mulr1.
by have := given_2 0 j; rewrite !mxE mulr1.

(* induction_head_scores *)
by rewrite [in RHS]trmx_mul trmxK; blocks; rewrite ?mulmxA.

(* one_layer_nope_no_induction *)
have key u w : \sum_(h < H) softmax ex (x_a *m W h *m trmx (col_mx x_a (col_mx u (col_mx x_c (col_mx w x_a)))))
    *m col_mx x_a (col_mx u (col_mx x_c (col_mx w x_a))) *m M h =
  \sum_(h < H) softmax ex (x_a *m W h *m trmx (col_mx x_a (col_mx w (col_mx x_c (col_mx u x_a)))))
    *m col_mx x_a (col_mx w (col_mx x_c (col_mx u x_a))) *m M h.
  apply: eq_bigr => h _; congr (_ *m _).
  blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
  have swap (p q r s t : RR) : p + (q + (r + (s + t))) = p + (s + (r + (q + t))).
    by ring.
  by congr (_ / _); apply: swap.
by rewrite key.

(* induction_head_exact *)
have p0 k (A : 'M[RR]_(k, N)) i l : 0 <= softmax ex A i l by rewrite ltW ?softmax_gt0.
have h01 l : 0 <= h l 0 <= 1 by case: (h_mask l 0) => ->; rewrite ?lexx ler01.
have high i : 1 - epsilon <= (softmax ex S *m h) i 0.
  have := given_3 i 0; rewrite [X in X <= _]mxE onesE mulr1 mxE => /le_trans; apply; rewrite mxE ler_sum // => l _.
  rewrite [X in X <= _]mxE; have := congr1 (fun A : 'M[RR]_(m, N) => A i l) given_1; rewrite mxE outer11 onesE mul1r [h^T _ _]mxE.
  case: (F_mask i l) => ->; rewrite ?mul0r ?mul1r => E; last by rewrite E mulr1.
  by rewrite mulr_ge0 //; case/andP: (h01 l).
have low i : (softmax ex R *m h) i 0 <= epsilon.
  have := given_4 i 0; rewrite [X in X <= _]mxE onesE mulr1 mxE ler_subl_addr => G1.
  rewrite -(ler_add2l (\sum_l hadamard G (softmax ex R) i l)); apply: le_trans G1.
  rewrite -(softmax_sum ex_laws R i N_min) mxE -big_split ler_sum // => l _ /=.
  rewrite [hadamard G _ _ _]mxE; have := congr1 (fun A : 'M[RR]_(n, N) => A i l) given_2; rewrite mxE outer11 onesE mul1r [h^T _ _]mxE [RHS]mxE.
  case: (G_mask i l) => ->; rewrite ?mul0r ?mul1r ?add0r => E; last by rewrite E mulr0 addr0.
  by rewrite ler_pimulr //; case/andP: (h01 l).
apply: (mass_ge ex_laws m_min (c := beta * epsilon)) => j; rewrite mxE [(_^T) _ _]mxE.
  apply: le_trans (ler_wpmul2l (ltW beta_positive) (high j)); rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
by rewrite ler_wpmul2l ?low // ltW.

(* induction_needs_a_first_token *)
have m0 : 0 < m%:R :> RR by rewrite ltr0n.
rewrite -/(identity RR m) [X in total (_ *m X)](_ : _ = col_mx 1%:M 0); last by rewrite /zeros col_mx0.
rewrite mass_first norm_row norm1 [(1 + _)^-1 * _]mulrC [1 + _]addrC.
have ones_norm : norm ex (beta *: ones RR 1 m) 0 = m%:R * ex beta.
  rewrite /norm (eq_bigr (fun=> ex beta)) => [|j _]; last by rewrite !mxE mulr1.
  by rewrite sumr_const card_ord mulr_natl.
have zero_norm : norm ex (zeros RR 1 r) 0 = r%:R.
  by rewrite /norm; under eq_bigr do rewrite mxE (exp0 ex_laws); rewrite sumr_const card_ord.
have e0 := exp_gt0 ex_laws beta; rewrite ones_norm zero_norm !mxE mulr1.
have q0 : 0 <= ex beta + r%:R by rewrite addr_ge0 ?ler0n // ltW.
apply: share_le; [by rewrite ltr_paddr // mulr_gt0 | by rewrite ltr_paddr ?ler01 |].
by rewrite mulr1 mulrDr ler_addl mulr_ge0 ?ler0n // ltW.

(* marked_weight_rises *)
have v0 l : 0 <= v l 0 by have := given_1 l 0; rewrite mxE.
have r0 l : 0 <= 1 - v l 0 by rewrite subr_ge0; have := given_2 l 0; rewrite [X in _ <= X]mxE.
rewrite [leLHS](marked_mass ex); apply: (marked_mass_ge ex_laws n_min) => [l||||].
- by rewrite v0 -subr_ge0 r0.
- by apply: sumr_ge0 => l _; rewrite mulr_ge0 // ltW ?(exp_gt0 ex_laws).
- rewrite -big_split sum_gt0 // => l /=.
  by rewrite -mulrDr addrC subrK mulr1 (exp_gt0 ex_laws).
- apply: ler_sum => l _; rewrite !(mulrC _ (v l 0)).
  have [->|vN] := eqVneq (v l 0) 0; first by rewrite !mul0r.
  have vp : 0 < v l 0 by rewrite lt_def vN v0.
  rewrite (ler_pmul2l vp) (ler_exp ex_laws) mxE ler_addl -(pmulr_rge0 _ vp).
  by have := given_3 l 0; rewrite !mxE.
apply: ler_sum => l _; rewrite !(mulrC _ (1 - v l 0)).
have [->|vN] := eqVneq (1 - v l 0) 0; first by rewrite !mul0r.
have vp : 0 < 1 - v l 0 by rewrite lt_def vN r0.
rewrite (ler_pmul2l vp) (ler_exp ex_laws) mxE ger_addl -(pmulr_rle0 _ vp).
by have := given_4 l 0; rewrite !mxE.

(* marked_weight_least *)
apply: (marked_mass_least ex_laws n_min (c := c)) => [l j|l E|l E].
- have /matrixP/(_ l j)/eqP := given_1; rewrite mxE -subr_eq0 -{3}[v l j]mulr1 -mulrBr mulf_eq0 subr_eq0.
  by case/orP=> /eqP; [left | right].
- by have := given_2 l 0; rewrite !mxE E mul1r mulr1 subr_ge0.
by have := given_3 l 0; rewrite !mxE E subr0 mul1r mulr1 subr_ge0.

(* prevtoken_causal *)
have le : (1 + n <= n + 1)%N by rewrite addnC.
split; apply/matrixP => i j.
  have before : rshift 1 i = (lshift 1 i).+1 :> nat by [].
  rewrite later_rows (ord1 j) (previous_found _ _ before) (previous_weight _ ex_laws le before).
  rewrite [RHS]mxE; congr (_ * _); rewrite mxE; congr (_^-1).
  rewrite [RHS]mxE later_rows (previous_seen _ le) [X in _ = _ + X]mxE onesE mulr1.
  by rewrite -[X in X%:R + _]addn1 natrD -addrA [1 + _]addrC subrK addrC.
pose first := Ordinal (ltn_addl n (ltnSn 0)); rewrite -[0%N]/(first : nat) unit_row_mul mxE.
by rewrite (previous_first _ ex_laws) // mxE.

(* prevtoken_causal_error *)
have le : (1 + n <= n + 1)%N by rewrite addnC.
move=> i j; have before : rshift 1 i = (lshift 1 i).+1 :> nat by [].
rewrite later_rows (ord1 j) mxE onesE mulr1 (previous_found _ _ before).
exact: (previous_least _ ex_laws le before).

(* induction_causal *)
set epsilon := n%:R * (ex beta_1 + n%:R)^-1; set W := masked_softmax _ _ _.
have epsE : 2%:R * n%:R * (ex beta_1 + n%:R)^-1 = 2%:R * epsilon by rewrite mulrA.
pose first := Ordinal (ltn_addl n (ltnSn 0)).
have h0 : h first 0 = 0.
  by have /matrixP/(_ 0 0) := given_1; rewrite -[0%N]/(first : nat) unit_row_mul !mxE.
have h01 l : 0 <= h l 0 <= 1 by case: (h_mask l 0) => ->; rewrite ?lexx ler01.
have last : (n + 1).-1 = n by rewrite addn1.
have known (i j : 'I_(n + 1)) (ij : i = j.+1 :> nat) : 1 - epsilon <= W i j.
  by have := previous_least beta_1 ex_laws (leqnn _) ij; rewrite last.
have epsilon0 : 0 <= epsilon by rewrite divr_ge0 ?addr_ge0 ?ler0n // ltW ?(exp_gt0 ex_laws).
have W0 i l : 0 <= W i l := previous_nonnegative beta_1 ex_laws i l.
have follows i : i = first /\ (shift_mx RR (n + 1) (n + 1) 1 *m h) i 0 = 0 \/
    exists2 j : 'I_(n + 1), i = j.+1 :> nat & (shift_mx RR (n + 1) (n + 1) 1 *m h) i 0 = h j 0.
  case: i => [[|k] lt].
    by left; split; [exact: val_inj | rewrite mxE big1 // => l _; rewrite mxE /= addn1 mul0r].
  right; exists (Ordinal (ltnW lt)) => //.
  by rewrite mxE (previous_read (fun l => h l 0) (j := Ordinal (ltnW lt))).
rewrite -mulmxA epsE -[_ + n%:R + 1]addrA -[n%:R + 1](natrD RR n 1).
apply: (marked_mass_least ex_laws _ (c := beta_2 * epsilon)) => [|l o|i E|i E].
- by rewrite addn1.
- by rewrite (ord1 o); case: (follows l) => [[_ ->]|[j _ ->]]; [left | exact: h_mask].
- rewrite mxE -mulrDr; case: (follows i) => [[_]|[j ij]]; rewrite E => hj.
    by move: (oner_neq0 RR); rewrite hj eqxx.
  rewrite ler_pmul2l // (_ : epsilon + _ = 1 - epsilon); last by ring.
  rewrite (le_trans (known i j ij)) // [leRHS]mxE (bigD1 j) //= -hj mulr1 ler_addl.
  by apply: sumr_ge0 => l _; rewrite mulr_ge0 //; case/andP: (h01 l).
rewrite mxE ler_pmul2l //; case: (follows i) => [[-> _]|[j ij]].
  rewrite [leLHS]mxE big1 // => l _; rewrite (previous_first beta_1 ex_laws (leqnn _)) //.
  by case: eqP => [l0|_]; rewrite ?mul0r // (_ : l = first) ?h0 ?mulr0 //; exact: val_inj.
rewrite E => hj; rewrite [leLHS]mxE (bigD1 j) //= -hj mulr0 add0r.
apply: (le_trans (y := \sum_(l | l != j) W i l)).
  by apply: ler_sum => l _; rewrite ler_pimulr //; case/andP: (h01 l).
have := previous_total beta_1 ex_laws (leqnn _) ij; rewrite (bigD1 j) //= => one.
by rewrite -(ler_add2l (W i j)) one -ler_subl_addr known.

(* one_layer_gives_one_answer *)
have key u w : \sum_(h < H) softmax ex (x_a *m W h *m trmx (col_mx x_a (col_mx u (col_mx x_c (col_mx w x_a)))))
    *m col_mx x_a (col_mx u (col_mx x_c (col_mx w x_a))) *m M h =
  \sum_(h < H) softmax ex (x_a *m W h *m trmx (col_mx x_a (col_mx w (col_mx x_c (col_mx u x_a)))))
    *m col_mx x_a (col_mx w (col_mx x_c (col_mx u x_a))) *m M h.
  apply: eq_bigr => h _; congr (_ *m _).
  blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
  have swap (p q r s t : RR) : p + (q + (r + (s + t))) = p + (s + (r + (q + t))) by ring.
  by congr (_ / _); apply: swap.
exists (unit_row RR d 0), (zeros RR 1 d) => -[]; rewrite key => -> /matrixP.
by case: (d) d_min => // k _ /(_ 0 0)/eqP; rewrite !mxE oner_eq0.

(* head_values_identifiable *)
exact: (agree_values ex_laws m_min).

(* head_identifiability *)
split=> [same | [-> ->] //].
by split; [exact: (agree_values ex_laws m_min same) | exact: (agree_forms ex_laws m_min same given_1)].

(* silent_heads_agree *)
by rewrite given_1 /zeros !mulmx0.

(* one_token_identifies_no_form *)
by rewrite !softmax_col.
