(* bilinear_representation *)
have [sl sr] := s_bilinear.
have s0l z : s 0 z = 0 by have := sl (-1) z z z; rewrite scaleN1r addNr mulN1r addNr.
have s0r z : s z 0 = 0 by have := sr (-1) z z z; rewrite scaleN1r addNr mulN1r addNr.
have sE x y : s x y = total (x *m matrix_of s *m y^T).
  rewrite form_sum [in LHS](row_sum_delta x).
  elim/big_rec2: _ => [|i u v _ <-]; first by rewrite s0l.
  rewrite sl; congr (_ + _); rewrite [in LHS](row_sum_delta y).
  elim/big_rec2: _ => [|j w t _ <-]; first by rewrite s0r mulr0.
  by rewrite sr mulrDr !mxE !unit_rowE; congr (_ + _); rewrite mulrA mulrAC.
by split=> [H | -> //]; apply: form_eq => x y; rewrite -H sE.

(* every_form_is_bilinear *)
by split; rewrite ?(mulmxDl, mulmxDr, tr_scale, mul_scale_l, mul_scale_r, totalD, totalZ).

(* equality_is_not_bilinear *)
by move=> W; rewrite /zeros mulmx0 total0 => /eqP; rewrite eq_sym oner_eq0.

(* onehot_comparison_universal *)
move=> T; exists (R *m T *m R^T).
have RX : R^T *m X^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
by rewrite !mulmxA given_1 mul1mx -mulmxA RX mulmx1.

(* independent_tokens_needed *)
have := mxrankM_maxl X (W *m X^T); rewrite mulmxA given_1 /identity mxrank1; exact.

(* all_scores_iff_independent *)
split=> [H | [B BE] T].
  by have [W E] := H 1%:M; exists (W *m X^T); rewrite mulmxA E.
by exists (B *m T *m B^T); rewrite !mulmxA BE mul1mx -mulmxA -trmx_mul BE trmx1 mulmx1.

(* reachable_scores *)
have LCT : C^T *m L^T = 1%:M by rewrite -trmx_mul given_2 trmx1.
have BRT : R^T *m B^T = 1%:M by rewrite -trmx_mul given_3 trmx1.
split; last first.
  by move/(congr1 (fun Z => L *m Z *m L^T)); rewrite !mulmxA given_2 !mul1mx -!mulmxA LCT !mulmx1.
rewrite given_1 trmx_mul; split=> [[W ->] | [Z ->]]; first by exists (B *m W *m B^T); rewrite !mulmxA.
exists (R *m Z *m R^T); rewrite !mulmxA -(mulmxA C B) given_3 mulmx1 -!mulmxA (mulmxA R^T) BRT mul1mx //.

(* score_symmetric_iff *)
split=> [H | E x y]; last by rewrite form_tr -E.
by apply: form_eq => x y; rewrite H form_tr.

(* head_symmetric_iff *)
split=> [H | E x y].
  apply: form_eq => x y; rewrite mulmxA H form_tr; congr total; mxring.
by rewrite -[x *m Q *m _]mulmxA E -totalT; congr total; mxring.

(* dot_product_symmetric *)
by rewrite -totalT; congr total; mxring.

(* asymmetry_witness *)
exists (unit_row RR d 0), (unit_row RR d 1), ((unit_row RR d 0)^T *m unit_row RR k 0), ((unit_row RR d 1)^T *m unit_row RR k 0).
case: d d_min => [|[|d]] // _; case: k k_min => [|k] // _.
rewrite !(unit_rowE _ 0) (unit_rowE _ 1) !trmx_mul !trmxK !trmx_delta !mulmxA.
rewrite [in LHS]mul_delta_mx [in LHS](mul_delta_mx 0) [in LHS]mul_delta_mx [in LHS]mul_delta_mx [in LHS]mul_delta_mx.
rewrite [in RHS]mul_delta_mx_0 // !mul0mx total0 total11 mxE.
by apply/eqP; rewrite oner_eq0.

(* width_one_is_symmetric *)
have C (M : 'M[RR]_(1, 1)) : M^T = M by apply/matrixP => i j; rewrite mxE !ord1.
have -> : y = total y *: 1%:M by apply/matrixP => i j; rewrite !ord1 total11 !mxE mulr1.
have -> : x = total x *: 1%:M by apply/matrixP => i j; rewrite !ord1 total11 !mxE mulr1.
by congr total; mxring.

(* width_zero_is_symmetric *)
by rewrite (thinmx0 x) (thinmx0 y) !mul0mx.

(* no_head_width_is_symmetric *)
by rewrite (thinmx0 Q) !mulmx0 !mul0mx.

(* pair_asymmetry_iff *)
split=> [H | E W]; last by rewrite !form_hadamard E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite !form_hadamard !total_delta.

(* pair_dependent_iff *)
have C (M : 'M[RR]_(1, 1)) : M = (total M)%:M by apply/matrixP => i j; rewrite !ord1 total11 mxE.
have key : (x^T *m y = y^T *m x) <-> (\rank (col_mx x y) <= 1)%N.
  split=> [E | ].
    have yE : y = total (u *m y^T) *: x.
      have ux : u *m x^T = 1%:M by rewrite -[LHS]trmxK trmx_mul trmxK (C (x *m u^T)) given_1 tr_scalar_mx.
      have := congr1 (fun Z => u *m Z) E; rewrite !mulmxA ux mul1mx => {1}->.
      by rewrite {1}(C (u *m y^T)) mul_scalar_mx.
    have -> : col_mx x y = col_mx 1%:M (total (u *m y^T))%:M *m x by rewrite mul_col_mx mul1mx mul_scalar_mx -yE.
    exact: mulmx_max_rank.
  move=> r1; have sub : (x <= col_mx x y)%MS by rewrite -addsmxE addsmxSl.
  have suby : (y <= col_mx x y)%MS by rewrite -addsmxE addsmxSr.
  have x0 : x != 0.
    by apply/eqP => x0; move: (oner_neq0 RR); rewrite -given_1 x0 mul0mx total0 eqxx.
  have rx : \rank x = 1%N by apply/eqP; rewrite eqn_leq rank_leq_row lt0n mxrank_eq0.
  have le_col : (col_mx x y <= x)%MS.
    by rewrite -(geq_leqif (mxrank_leqif_sup sub)) rx.
  have /submxP[D yD] := submx_trans suby le_col.
  by rewrite yD (C D) mul_scalar_mx tr_scale mul_scale_l mul_scale_r.
rewrite -key; split=> [H | E W]; last by rewrite !form_hadamard E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite !form_hadamard !total_delta.

(* pair_asymmetry_of_heads *)
split=> [H | E Q K]; last by rewrite -(mulmxA x) -(mulmxA y) !form_hadamard E.
case: k k_min H => [|k] // _ H.
apply/matrixP => i j; have := H (delta_mx i 0) (delta_mx j 0).
by rewrite -(mulmxA x) -(mulmxA y) trmx_delta mul_delta_mx !form_hadamard !total_delta.

(* symmetric_locus_kernel *)
have MT : M^T = M by [].
have QLT : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 trmx1.
split=> [E | [Z [ZT ->]]]; last first.
  by rewrite tr_add !trmx_mul -ZT MT; mxring.
pose D := dK - dQ *m M.
have E1 : Q *m D^T = D *m Q^T.
  by apply/eqP; rewrite -subr_eq0 -[X in _ == X]E /D tr_sub !trmx_mul MT; apply/eqP; mxring.
have E2 : D = Q *m (D^T *m L^T) by rewrite mulmxA E1 -mulmxA QLT mulmx1.
exists (D^T *m L^T); split.
  have E3 : L *m D = D^T *m L^T by rewrite {1}E2 mulmxA given_1 mul1mx.
  by rewrite trmx_mul !trmxK E3.
by rewrite -E2 /D addrC subrK.

(* symmetric_locus_image *)
have MT : M^T = M by [].
have QLT : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 trmx1.
split=> [[dQ [dK ->]] | [NT E]].
  have Z1 : (identity RR (k + r) - Q *m L) *m Q = 0 by rewrite mulmxBl mul1mx -mulmxA given_1 mulmx1 subrr.
  have Z2 : Q^T *m (identity RR (k + r) - Q *m L)^T = 0 by rewrite -trmx_mul Z1 trmx0.
  split; first by mxnorm; rewrite MT; mxring.
  move: (identity _ _ - _) Z1 Z2 => P Z1 Z2.
  rewrite !trmx_mul MT !mulmxBr !mulmxDr !mulmxBl !mulmxDl !mulmxA Z1 -!(mulmxA _ Q^T) Z2.
  by rewrite !(mul0mx, mulmx0, subr0, addr0).
pose S := 2%:R^-1 *: (L *m N *m (Q *m L)^T).
exists 0, (L *m N - S)^T; rewrite !mul0mx trmx0 mulmx0 !add0r trmxK -trmx_mul.
have QS : Q *m S = 2%:R^-1 *: (Q *m L *m N *m (Q *m L)^T) by rewrite mul_scale_r !mulmxA.
have QST : (Q *m S)^T = - (Q *m S).
  by rewrite QS tr_scale -scalerN; congr (_ *: _); rewrite trmx_mul (trmx_mul (Q *m L)) trmxK NT mulNmx mulmxN mulmxA.
have QS2 : Q *m S + Q *m S = Q *m L *m N *m (Q *m L)^T by rewrite QS -scalerDl half_half // scale1r.
rewrite mulmxBr tr_sub QST mulmxA trmx_mul NT mulNmx.
have E2 : N - Q *m L *m N - (N *m (Q *m L)^T - Q *m L *m N *m (Q *m L)^T) = 0.
  by move: E; rewrite /identity /zeros tr_sub trmx1 mulmxBl mul1mx mulmxBr mulmx1 mulmxBl.
by apply/eqP; rewrite -subr_eq0 -[X in _ == X]E2 -QS2; apply/eqP; mxring.

(* symmetric_iff_keys_are_queries *)
split=> [E | [M [MT KE]]].
  exists (L *m K)^T.
  have KT : K^T = L *m K *m Q^T.
    by have := congr1 (fun Z => L *m Z) E; rewrite trmx_mul trmxK !mulmxA given_1 mul1mx.
  have KE : K = Q *m (L *m K)^T by rewrite -{1}[K]trmxK {1}KT !trmx_mul !trmxK.
  split=> //; rewrite trmxK; have := congr1 (fun Z => L *m Z) KE.
  by rewrite mulmxA given_1 mul1mx.
by rewrite KE !trmx_mul !trmxK -MT mulmxA.

(* mixing_is_unique *)
have QE : Q *m M = Q *m N by rewrite -given_2.
by have := congr1 (fun Z => L *m Z) QE; rewrite !mulmxA given_1 !mul1mx.

(* mixing_decides_sign *)
split=> [H z | H x].
  have := H (z *m L); congr (0 <= total _).
  have LQ : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
  by rewrite trmx_mul !mulmxA -(mulmxA z) given_1 mulmx1 -(mulmxA _ Q^T) LQ mulmx1.
by have := H (x *m Q); rewrite trmx_mul !mulmxA.

(* dependent_queries_prove_nothing *)
exists (zeros RR d k), ((unit_row RR d 0)^T *m unit_row RR k 0).
split=> [|M]; rewrite /zeros !mul0mx ?mulmx0 ?trmx0 //.
case: d d_min => [|d] // _; case: k k_min M => [|k] // _ M.
rewrite !(unit_rowE _ 0) trmx_delta mul_delta_mx => /matrixP/(_ 0 0)/eqP.
by rewrite !mxE oner_eq0.

(* sym_skew_split *)
have h2 := half_half unit_2; move: (2%:R^-1) h2 => t h2.
split=> [[-> [S_ F_]]|[-> ->]].
  rewrite !tr_add -S_; have -> : F^T = - F by rewrite {2}F_ opprK.
  split; apply/matrixP => i j; rewrite !mxE.
    by rewrite -[LHS]mul1r -h2; ering.
  by rewrite -[LHS]mul1r -h2; ering.
split; [|split]; apply/matrixP => i j; rewrite !mxE.
- by rewrite -[LHS]mul1r -h2; ering.
- by ering.
by ering.

(* skew_part_unseen *)
rewrite !(mulmxDl, mulmxDr, mul_scale_l, mul_scale_r, totalD, totalZ) -(form_tr x W x).
by rewrite mulrDr -mulrDl half_half // mul1r.

(* asymmetry_is_skew *)
rewrite !(mulmxBl, mulmxBr, mul_scale_l, mul_scale_r, totalB, totalZ) -(form_tr y W x).
by rewrite mulrA two_half // mul1r.

(* split_is_orthogonal *)
have h := half_half unit_2; move: (2%:R^-1) h => t h.
rewrite !(hadamardDl, hadamardDr, hadamardNl, hadamardNr, hadamardZl, hadamardZr, totalD, totalZ, totalN).
rewrite (hadamardC W^T W) -tr_hadamard totalT.
rewrite -[LHS]mul1r -[1](mul1r 1) -h; ering.

(* odd_skew_determinant *)
set N := (2 * m + 1)%N in S given_1 *; have oN : odd N by rewrite /N oddD mul2n odd_double.
have E : \det S = - \det S.
  by rewrite -{1}det_tr given_1 -scaleN1r detZ -signr_odd oN expr1 mulN1r.
by apply: (mulrI unit_2); rewrite mulr0 mulrDl mul1r {1}E addNr.

(* skew_rank_even *)
have n2 : (2%:R : RR) != 0 by rewrite -unitfE.
by case=> [/(skew_rank_is_even n2) + rk]; rewrite rk oddD mul2n odd_double.

(* symmetric_part_inertia *)
have e : (k + (k + r) = 2 * k + r)%N by rewrite mul2n -addnn addnA.
move: K Q A B given_1 given_2 given_3 given_4; move: (2 * k + r)%N e => w; case: w / => K Q A B AQ AK BQ BK.
pose G := row_mx Q K; pose rest := 1%:M - Q *m A - K *m B.
have restG : rest *m G = 0.
  rewrite mul_mx_row !mulmxBl !mul1mx -!mulmxA AQ AK BQ BK.
  by rewrite /identity /zeros !mulmx1 !mulmx0 subrr !subr0 subrr row_mx0.
have rG : (k + k <= \rank G)%N.
  apply: (@rank_ge _ _ _ _ (col_mx A B) _ 1%:M); rewrite mulmx1 mul_col_row AQ AK BQ BK.
  by rewrite /identity /zeros scalar_mx_block.
have rk : (\rank rest <= r)%N.
  by rewrite -(leq_add2r (k + k)) (leq_trans (leq_add (leqnn _) rG)) // (leq_trans (mulmx0_rank_max restG)) // addnA addnC.
have [Y [Z YZ]] := factor rk; pose h : RR := 2%:R^-1.
pose C := col_mx (A + h *: B) (col_mx (A - h *: B) Z^T).
pose D := row_mx (h *: Q + K) (row_mx (h *: Q - K) Y).
have hh : h + h = 1 by exact: half_half.
have halves m n (M : 'M[RR]_(m, n)) : h *: M + h *: M = M by rewrite -scalerDl hh scale1r.
have DC : D *m C = 1%:M.
  have E : 1%:M = Q *m A + K *m B + rest by rewrite /rest addrACA -[LHS]addr0; mxring.
  rewrite /D /C !mul_row_col -YZ E -(halves _ _ (Q *m A)) -(halves _ _ (K *m B)); mxring.
have CD : C *m D = 1%:M by exact: mulmx1C.
have ZG : Z^T *m Q = 0 /\ Z^T *m K = 0.
  move: CD; rewrite mul_mx_row !mul_mx_row !mul_col_mx.
  rewrite [1%:M](_ : _ = row_mx (col_mx 1%:M (col_mx 0 0)) (row_mx (col_mx 0 (col_mx 1%:M 0)) (col_mx 0 (col_mx 0 1%:M)))); last first.
    by rewrite scalar_mx_block [X in block_mx _ _ _ X]scalar_mx_block /block_mx -!row_mx0 -!block_mxEh !block_mxEv !col_mx0.
  case/eq_row_mx=> /eq_col_mx[_ /eq_col_mx[_ E1]] /eq_row_mx[/eq_col_mx[_ /eq_col_mx[_ E2]] _].
  rewrite mulmxDr mul_scale_r in E1; rewrite mulmxBr mul_scale_r in E2.
  have Z1 : Z^T *m Q = 0 by rewrite -[LHS]halves -[RHS](addr0 0) -{1}E1 -E2; mxring.
  by split=> //; move: E1; rewrite Z1 scaler0 add0r.
have [ZQ ZK] := ZG.
have CQ : C *m Q = col_mx 1%:M (col_mx 1%:M 0).
  by rewrite !mul_col_mx ZQ mulmxDl mulmxBl !mul_scale_l AQ BQ /zeros scaler0 addr0 subr0.
have CK : C *m K = col_mx (h *: 1%:M) (col_mx (- (h *: 1%:M)) 0).
  by rewrite !mul_col_mx ZK mulmxDl mulmxBl !mul_scale_l AK BK /zeros add0r sub0r.
exists C, D; split=> //; set M := col_mx (row_mx (identity _ _) _) _.
have -> : resize (k + (k + r)) (k + (k + r)) M = M by apply/matrixP => i j; rewrite mxE entryE.
have -> : C *m (Q *m K^T + K *m Q^T) *m C^T = C *m K *m (C *m Q)^T + C *m Q *m (C *m K)^T by mxring.
rewrite CQ CK /M /identity /zeros !tr_col_mx !trmx0 !tr_scalar_mx tr_opp tr_scale tr_scalar_mx.
rewrite !mul_col_mx !mul_mx_row !add_col_mx !add_row_mx.
by rewrite !(mul0mx, mulmx0, mul1mx, mulmx1, mulNmx, mulmxN, addr0) halves subrr addNr -opprD halves.

(* both_parts_factored *)
blocks; split=> //; by rewrite addrC.

(* skew_rank_inertia *)
split.
  rewrite (leq_trans (mxrank_add _ _)) // mxrank_opp mulSn mul1n leq_add // mulmx_max_rank //.
by rewrite (leq_trans (mxrank_add _ _)) // mulSn mul1n leq_add // mulmx_max_rank.

(* symmetric_part_signature *)
mxring.

(* score_takes_both_signs *)
case: k k_min Q K A B given_1 given_2 given_3 given_4 => [|k] // _ Q K A B AQ AK BQ BK.
have KA : K^T *m A^T = 0 by rewrite -trmx_mul AK tr_zeros.
have KB : K^T *m B^T = 1%:M by rewrite -trmx_mul BK tr_identity.
exists (unit_row RR k.+1 0 *m (A + B)), (unit_row RR k.+1 0 *m (A - B)).
set u := unit_row _ _ _.
have uu : total (u *m u^T) = 1.
  by rewrite /u (unit_rowE _ 0) trmx_delta mul_delta_mx total11 mxE.
split.
  rewrite -(mulmxA u) mulmxDl AQ BQ /identity /zeros addr0 mulmx1 trmx_mul tr_add.
  by rewrite !mulmxA -(mulmxA u K^T) mulmxDr KA KB add0r mulmx1.
rewrite -(mulmxA u) mulmxBl AQ BQ /identity /zeros subr0 mulmx1 trmx_mul tr_sub.
by rewrite !mulmxA -(mulmxA u K^T) mulmxBr KA KB sub0r mulmxN mulmx1 mulNmx totalN uu.

(* skew_energy_at_init *)
have sE n' (M : 'I_n' -> 'M[RR]_(d, k)) (c : RR) :
    (forall G : 'M[RR]_(d, k), \sum_(i < n') total (hadamard (M i) G) *: M i = c *: G) ->
    forall p q u v, \sum_i M i p u * M i q v = c * ((p == q) && (u == v))%:R.
  move=> E p q u v; have := congr1 (fun A : 'M_(d, k) => A q v) (E (delta_mx p u)); rewrite summxE !mxE.
  by rewrite (eq_sym q) (eq_sym v) => <-; apply: eq_bigr => i _; rewrite mxE dot_delta.
have QE := sE _ _ _ given_1; have KE := sE _ _ _ given_2; clear sE given_1 given_2.
pose f i j := total (hadamard (Q i *m (K j)^T) (Q i *m (K j)^T)).
pose g i j := total (hadamard (Q i *m (K j)^T) (K j *m (Q i)^T)).
have -> : \sum_i \sum_j total (hadamard (Q i *m (K j)^T - K j *m (Q i)^T) (Q i *m (K j)^T - K j *m (Q i)^T)) =
    2%:R * (\sum_i \sum_j f i j) - 2%:R * (\sum_i \sum_j g i j).
  rewrite !mulr_sumr -sumrB; apply: eq_bigr => i _; rewrite !mulr_sumr -sumrB; apply: eq_bigr => j _.
  rewrite hadamardBl !hadamardBr !totalB [hadamard (K j *m _) (Q i *m _)]hadamardC -/(g i j) -/(f i j).
  have -> : total (hadamard (K j *m (Q i)^T) (K j *m (Q i)^T)) = f i j.
    by rewrite /f -totalT tr_hadamard !trmx_mul !trmxK.
  by move: (f i j) (g i j) => x y; ring.
have mix (a' c' : 'I_H -> 'I_k -> RR) (b' e' : 'I_J -> 'I_k -> RR) :
    \sum_i \sum_j (\sum_u a' i u * b' j u) * (\sum_v c' i v * e' j v) =
    \sum_u \sum_v (\sum_i a' i u * c' i v) * (\sum_j b' j u * e' j v).
  pose A : 'M_(H, k) := \matrix_(i, u) a' i u; pose B : 'M_(J, k) := \matrix_(i, u) b' i u.
  pose C : 'M_(H, k) := \matrix_(i, u) c' i u; pose E : 'M_(J, k) := \matrix_(i, u) e' i u.
  transitivity (total (hadamard (A *m B^T) (C *m E^T))).
    by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => u _; rewrite /A /B /C /E !mxE.
  transitivity (total (hadamard (A^T *m C) (B^T *m E))).
    rewrite !total_hadamard !trmx_mul !trmxK -[RHS]mxtrace_tr !trmx_mul !trmxK.
    by rewrite [in RHS]mulmxA [RHS]mxtrace_mulC !mulmxA.
  by apply: eq_bigr => u _; apply: eq_bigr => v _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite /A /B /C /E !mxE.
have swap (F : 'I_H -> 'I_J -> 'I_d -> RR) : \sum_i \sum_j \sum_p F i j p = \sum_p \sum_i \sum_j F i j p.
  under eq_bigr do rewrite exchange_big.
  by rewrite exchange_big.
have units (u : 'I_k) : \sum_v a * (u == v)%:R * (b * (u == v)%:R) = a * b.
  rewrite (bigD1 u) //= big1 ?addr0 ?eqxx ?mulr1 // => v ne; by rewrite eq_sym (negPf ne) !mulr0.
have fE : \sum_i \sum_j f i j = a * b * k%:R * d%:R * d%:R.
  rewrite /f /total swap; under eq_bigr => p _ do rewrite swap.
  transitivity (\sum_(p < d) \sum_(q < d) (a * b * k%:R)); last first.
    by under eq_bigr do rewrite sumr_const card_ord -mulr_natr; rewrite sumr_const card_ord -[LHS]mulr_natr.
  apply: eq_bigr => p _; apply: eq_bigr => q _.
  transitivity (\sum_i \sum_j (\sum_u Q i p u * K j q u) * (\sum_v Q i p v * K j q v)).
    by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite !mxE.
  rewrite (mix (fun i => Q i p) (fun i => Q i p) (fun j => K j q) (fun j => K j q)).
  under eq_bigr => u _ do under eq_bigr => v _ do rewrite QE KE !eqxx /=.
  by under eq_bigr do rewrite units; rewrite sumr_const card_ord mulr_natr.
have gE : \sum_i \sum_j g i j = a * b * k%:R * d%:R.
  rewrite /g /total swap; under eq_bigr => p _ do rewrite swap.
  transitivity (\sum_(p < d) (a * b * k%:R)); last by rewrite sumr_const card_ord -[LHS]mulr_natr.
  apply: eq_bigr => p _; transitivity (\sum_(q < d) \sum_(u < k) \sum_(v < k) (a * ((p == q) && (u == v))%:R) * (b * ((q == p) && (u == v))%:R)).
    apply: eq_bigr => q _; transitivity (\sum_i \sum_j (\sum_u Q i p u * K j q u) * (\sum_v Q i q v * K j p v)).
      apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _); apply: eq_bigr => l _; rewrite !mxE //.
      by rewrite mulrC.
    rewrite (mix (fun i => Q i p) (fun i => Q i q) (fun j => K j q) (fun j => K j p)).
    by apply: eq_bigr => u _; apply: eq_bigr => v _; rewrite QE KE.
  rewrite (bigD1 p) //= [X in _ + X]big1 ?addr0 => [|q /negPf ne]; last first.
    by rewrite big1 // => u _; rewrite big1 // => v _; rewrite ne /= !mulr0.
  under eq_bigr => u _ do under eq_bigr => v _ do rewrite !eqxx /=.
  by under eq_bigr do rewrite units; rewrite sumr_const card_ord mulr_natr.
rewrite -[\sum_i \sum_j total _]/(\sum_i \sum_j f i j) fE gE; ring.

(* tied_qk_psd *)
split; first exact: gram_psd.
have -> : X *m Q *m Q^T *m X^T = (X *m Q) *m (X *m Q)^T by rewrite trmx_mul !mulmxA.
by apply: psdZ; [rewrite ltW | apply: gram_psd].

(* tied_pair_bound *)
by have := gram_two (x *m Q) (y *m Q); rewrite !trmx_mul !mulmxA.

(* tied_cauchy_schwarz *)
by have := gram_schwarz (x *m Q) (y *m Q); rewrite !trmx_mul !mulmxA.

(* psd_is_gram *)
split=> [/gram_of_psd // | [F ->]]; exact: gram_psd.

(* psd_is_tied *)
split=> [[psd_W rank_W] | [Q ->]]; last first.
  by split; [exact: gram_psd | rewrite (leq_trans (mxrankM_maxl _ _)) ?rank_leq_col].
exact: tied_of_psd.

(* tied_qk_self_attention_false *)
exists ((unit_row RR n 0)^T *m unit_row RR d 0 + 2%:R *: ((unit_row RR n 1)^T *m unit_row RR d 0)), ((unit_row RR d 0)^T *m unit_row RR k 0).
case: n n_min => [|[|n]] // _; case: d d_min => [|d] // _; case: k k_min => [|k] // _.
rewrite !(unit_rowE _ 0) (unit_rowE _ 1) !trmx_mul !trmxK !trmx_delta !mulmxA.
rewrite !mul_delta_mx tr_add tr_scale !trmx_delta.
rewrite !(mulmxDl, mulmxDr, mul_scale_l, mul_scale_r) !mul_delta_mx.
rewrite (entryE _ 0 0) (entryE _ 0 1) !mxE /= !(mulr1, mulr0, addr0, add0r) addrK ltr01 //.

(* unit_keys_attend_to_self *)
rewrite -?scalemxAl !totalZ ler_pmul2l // given_1.
have := gram_two q p; rewrite given_1 given_2 => H.
by rewrite -(ler_pmul2l (ltr0n RR 2)) mulr1.

(* symmetric_score_asymmetric_attention *)
exists ((lg 2%:R)%:M), 0, 0; case: m m_min => [|n] // _; set S := col_mx _ _.
have ST : S = S^T by rewrite /S tr_col_mx !tr_row_mx tr_scalar_mx !trmx0 -!block_mxEh -block_mxEv.
split=> // E; have /(congr1 (fun M : 'M[RR]_(1 + n.+1) => M (lshift _ 0) (rshift 1 0))) := E.
rewrite [RHS]mxE !softmaxE; have -> : S (rshift 1 0) (lshift n.+1 0) = S (lshift n.+1 0) (rshift 1 0) by rewrite {1}ST mxE.
move/(mulfI (exp_neq0 ex_laws _))/invr_inj; rewrite /norm !big_split_ord !big_ord1 /=.
have up l : S (lshift _ 0) (rshift 1 l) = 0 by rewrite /S col_mxEu row_mxEr mxE.
have dn l : S (rshift 1 0) (rshift 1 l) = 0 by rewrite /S col_mxEd row_mxEr mxE.
have ul : S (lshift _ 0) (lshift _ 0) = lg 2%:R by rewrite /S col_mxEu row_mxEl mxE eqxx.
have dl : S (rshift 1 0) (lshift _ 0) = 0 by rewrite /S col_mxEd row_mxEl !mxE.
rewrite ul dl (expK lg_laws) ?ltr0Sn // (eq_bigr (fun=> ex 0)) => [|l _]; last by rewrite up.
rewrite [in RHS](eq_bigr (fun=> ex 0)) => [|l _]; last by rewrite dn.
by move/addIr/eqP; rewrite (exp0 ex_laws) -subr_eq0 -[X in _ - X]/(1%:R) -natrB // oner_eq0.

(* symmetric_attention_iff *)
have ES i j : S i j = S j i by rewrite -[in LHS]S_symmetric mxE.
have rE i j : (rowsum (map_mx ex S) *m ones RR 1 n) i j = norm ex S i by rewrite outer11 onesE mulr1 rowsum_exp.
have lE i j : (ones RR n 1 *m (rowsum (map_mx ex S))^T) i j = norm ex S j by rewrite outer11 onesE mul1r [LHS]mxE rowsum_exp.
split=> [/matrixP E | /matrixP E]; apply/matrixP => i j.
  have := E i j; rewrite [RHS]mxE !softmaxE ES => /(mulfI (exp_neq0 ex_laws _))/invr_inj NE.
  by rewrite rE lE.
have := E i j; rewrite rE lE => NE.
by rewrite [RHS]mxE !softmaxE ES NE.

(* doubly_stochastic_iff *)
have ES i j : S i j = S j i by rewrite -[in LHS]S_symmetric mxE.
pose N i := norm ex S i; have N0 i : 0 < N i by exact: norm_gt0.
have rE i j : (rowsum (map_mx ex S) *m ones RR 1 n) i j = N i by rewrite outer11 onesE mulr1 rowsum_exp.
have lE i j : (ones RR n 1 *m (rowsum (map_mx ex S))^T) i j = N j by rewrite outer11 onesE mul1r [LHS]mxE rowsum_exp.
have one : softmax ex S *m ones RR n 1 = ones RR n 1 by exact: softmax_ones.
have even_of : (ones RR n 1)^T *m softmax ex S = (ones RR n 1)^T -> forall i j, N i = N j.
  move=> E; pose i0 : 'I_n := Ordinal n_min; case: (Order.TotalTheory.arg_minP N (isT : xpredT i0)) => j _ least.
  have Z : \sum_i ex (S i j) * ((N j)^-1 - (N i)^-1) = 0.
    under eq_bigr do rewrite mulrBr; rewrite sumrB -mulr_suml.
    have -> : \sum_i ex (S i j) = N j by apply: eq_bigr => i _; rewrite ES.
    have c1 : \sum_i softmax ex S i j = 1.
      have := congr1 (fun M : 'M_(1, n) => M 0 j) E; rewrite !mxE => <-.
      by apply: eq_bigr => i _; rewrite [in RHS]mxE onesE mul1r.
    by rewrite mulfV ?lt0r_neq0 // -{1}c1 -sumrB big1 // => i _; rewrite softmaxE subrr.
  have same i : N i = N j.
    move/eqP: Z; rewrite psumr_eq0 => [/allP/(_ i (mem_index_enum i))|l _].
      by rewrite mulf_eq0 (negPf (exp_neq0 ex_laws _)) /= subr_eq0 => /eqP/invr_inj.
    by rewrite mulr_ge0 ?(ltW (exp_gt0 ex_laws _)) // subr_ge0 lef_pinv ?posrE ?least.
  by move=> i l; rewrite !same.
have sym_of : (forall i j, N i = N j) -> softmax ex S = (softmax ex S)^T.
  by move=> E; apply/matrixP => i j; rewrite [RHS]mxE !softmaxE ES -/(N i) -/(N j) (E i j).
have col_of : softmax ex S = (softmax ex S)^T -> (ones RR n 1)^T *m softmax ex S = (ones RR n 1)^T.
  by move=> E; rewrite E -trmx_mul one.
split; split=> [E | E]; first exact/sym_of/even_of; first exact: col_of.
  by apply/matrixP => i j; rewrite rE lE; apply: even_of.
by apply/col_of/sym_of => i j; rewrite -(rE i j) E lE.

(* detailed_balance *)
apply/matrixP => i j; rewrite [RHS]mxE !mul_diag_col ![softmax _ _ _ _]mxE ![rowsum _ _ _]mxE.
have e0 l : 0 < \sum_j map_mx ex S l j.
  by apply: sum_gt0 => // h; rewrite mxE; case: ex_laws.
have E l : \sum_j map_mx ex S l j = \sum_j ex (S l j) by apply: eq_bigr => h _; rewrite mxE.
rewrite -!E mulrC mulfVK ?lt0r_neq0 // mulrC mulfVK ?lt0r_neq0 //.
by rewrite -[in LHS]S_symmetric mxE.

(* stationary_distribution *)
have e0 l : 0 < \sum_j ex (S l j) by apply: sum_gt0 => // h; case: ex_laws.
apply/matrixP => a j; rewrite !mxE; under eq_bigr => i _.
  rewrite !mxE; under eq_bigr do rewrite mxE; rewrite mulrC mulfVK ?lt0r_neq0 //; over.
by apply: eq_bigr => i _; rewrite mxE -[in LHS]S_symmetric mxE.

(* kolmogorov_hidden_symmetry *)
have tE (M : 'M[RR]_n) (h : 'M[RR]_(1, n)) i j : hadamard M (trmx (M *m diag_row h *m M)) i j =
    \sum_l h 0 l * (M i j * M j l * M l i).
  rewrite mxE [X in _ * X]mxE [X in _ * X]mxE mulr_sumr; apply: eq_bigr => l _.
  by rewrite mul_mx_diag_row; ering.
have sE b i j : (diag_col (map_mx ex b) *m P) i j = ex (b i 0) * P i j by rewrite mul_diag_col mxE.
split=> [[b E] h | H].
  have bE i j : ex (b i 0) * P i j = ex (b j 0) * P j i.
    by have := congr1 (fun M : 'M[RR]_n => M i j) E; rewrite [trmx _ i j]mxE !sE.
  apply/matrixP => i j; rewrite !tE; apply: eq_bigr => l _; congr (_ * _); rewrite !mxE.
  apply: (mulfI (exp_neq0 ex_laws (b i 0))); apply: (mulfI (exp_neq0 ex_laws (b j 0))).
  apply: (mulfI (exp_neq0 ex_laws (b l 0))).
  transitivity ((ex (b i 0) * P i j) * (ex (b j 0) * P j l) * (ex (b l 0) * P l i)); first by ering.
  by rewrite (bE i j) (bE j l) (bE l i); ering.
have P0 i j : P i j != 0 by rewrite lt0r_neq0.
pose o : 'I_n := Ordinal n_min.
exists (\matrix_(i, _) lg (P o i / P i o)).
have bE i : ex ((\matrix_(i, _) lg (P o i / P i o) : 'M_(n, 1)) i 0) = P o i / P i o.
  by rewrite mxE (expK lg_laws) // divr_gt0.
apply/matrixP => i j; rewrite [trmx _ i j]mxE !sE !bE.
have := congr1 (fun M : 'M[RR]_n => M i j) (H (delta_mx 0 o)); rewrite /= !tE.
have dE (f : 'I_n -> RR) : \sum_l (delta_mx 0 o : 'M[RR]_(1, n)) 0 l * f l = f o.
  rewrite (bigD1 o) //= mxE !eqxx mul1r big1 ?addr0 // => l /negPf ne; by rewrite mxE ne andbF mul0r.
rewrite !dE !mxE => T; apply: (mulfI (P0 i o)); apply: (mulfI (P0 j o)).
transitivity (P i j * P j o * P o i * (P i o / P i o)); first by ering.
have cancel_one (x y z u : RR) : y != 0 -> x * u * z = y * (z * (u / y * x)).
  by move=> y0; transitivity (x * u * z * (y / y)); [rewrite divff ?mulr1 | ring].
by rewrite T divff // mulr1; apply: cancel_one.

(* hidden_symmetry_of_scores *)
have hE (h : 'M[RR]_(1, n)) i j (M : 'M[RR]_(n, n)) : (total h *: M + ones RR n 1 *m trmx (M *m h^T) + trmx (h *m M) *m ones RR 1 n) i j
   = total h * M i j + \sum_l (h 0 l * M j l) + \sum_l (h 0 l * M l i).
  rewrite !mxE !big_ord1 !mxE mul1r mulr1; congr (_ + _ + _); apply: eq_bigr => l _; rewrite !mxE // mulrC //.
split=> [[b E] h | H].
  have bE i j : L i j + b i 0 = L j i + b j 0.
    by have := congr1 (fun M : 'M[RR]_(n, n) => M i j) E; rewrite !mxE !big_ord1 !mxE !mulr1.
  apply/matrixP => i j; rewrite !hE.
  have tE (M : 'M[RR]_(n, n)) : total h * M i j = \sum_l h 0 l * M i j by rewrite -mulr_suml /total big_ord1.
  rewrite !tE -!big_split; apply: eq_bigr => l _ /=; rewrite !mxE -!mulrDr; congr (_ * _).
  have E1 : L j l = L l j + b l 0 - b j 0 by rewrite -bE; ring.
  have E2 : L l i = L i l + b i 0 - b l 0 by rewrite -bE; ring.
  have E3 : L i j = L j i + b j 0 - b i 0 by rewrite -bE; ring.
  by rewrite E1 E2 E3; ring.
case: n n_min L hE H => [|n] // _ L hE H.
exists (trmx (unit_row RR n.+1 0 *m L) - L *m (unit_row RR n.+1 0)^T).
apply/matrixP => i j; have := congr1 (fun M : 'M[RR]_(n.+1, n.+1) => M i j) (H (delta_mx 0 0)).
rewrite /= !hE; have t1 : total (delta_mx 0 0 : 'M[RR]_(1, n.+1)) = 1.
  rewrite /total big_ord1 (bigD1 ord0) //= mxE big1 ?addr0 // => l /negPf ne; by rewrite mxE ne.
have dE (f : 'I_n.+1 -> RR) : \sum_l (delta_mx 0 0 : 'M[RR]_(1, n.+1)) 0 l * f l = f 0.
  rewrite (bigD1 ord0) //= mxE mul1r big1 ?addr0 // => l /negPf ne; by rewrite mxE ne mul0r.
rewrite !dE t1 !mul1r (unit_rowE _ 0) trmx_delta -rowE -colE !mxE !big_ord1 !mxE.
entries => /eqP; rewrite -subr_eq0 => /eqP E; apply/eqP; rewrite -subr_eq0; apply/eqP; rewrite -[RHS]E; ring.

(* log_weights *)
have [lK _] := lg_laws; have [eD e0 _ _] := ex_laws.
have lM x y : 0 < x -> 0 < y -> lg (x / y) = lg x - lg y.
  move=> x0 y0; have [_ eK] := lg_laws; rewrite -{1}(eK x x0) -{1}(eK y y0).
  have eN z : (ex z)^-1 = ex (- z).
    by apply: (mulfI (lt0r_neq0 (e0 z))); rewrite mulfV ?lt0r_neq0 // -eD subrr; apply: (mulfI (lt0r_neq0 (e0 0))); rewrite -eD addr0 mulr1.
  by rewrite eN -eD lK.
apply/matrixP => i j; rewrite !mxE big_ord1 !mxE mulr1 lM ?lK //; last by apply: sum_gt0.
by congr (_ - lg _); apply: eq_bigr => l _; rewrite mxE.

(* directionality_cycle_sum *)
rewrite -[LHS]totalT tr_hadamard S_symmetric //.

(* no_direction_on_a_circle *)
have T0 : total (rowsum (hadamard Pi S) - rowsum (hadamard Pi^T S)) = 0.
  rewrite totalB !rowsumE; have S0 (A : 'M[RR]_(n, n)) : total (A *m ones RR n 1) = total A.
    by rewrite /total; apply: eq_bigr => i _; rewrite big_ord1 mxE; apply: eq_bigr => j _; rewrite mxE mulr1.
  rewrite !S0; have -> : hadamard Pi^T S = (hadamard Pi S)^T by rewrite tr_hadamard S_symmetric.
  by rewrite totalT subrr.
have L : total (c *: ones RR n 1) <= 0.
  by rewrite -T0 /total; apply: ler_sum => i _; rewrite !big_ord1 given_1.
move: L; rewrite totalZ; have -> : total (ones RR n 1) = n%:R.
  rewrite /total (eq_bigr (fun=> 1)) => [|i _]; last by rewrite big_ord1 mxE.
  by rewrite sumr_const card_ord.
by rewrite pmulr_lle0 // ltr0n.

(* symmetric_can_do_any_tree *)
have [before FE] := mask_picks F_mask given_1.
set C := row_mx _ _ in given_2 *.
pose this (i : 'I_n) : 'I_(n + 1) := cast_ord (addnC 1%N n) (rshift 1 i).
pose back (a : 'I_(n + 1)) : 'I_(1 + n) := cast_ord (addnC n 1%N) a.
pose f a b := (C^T *m F) (back a) b.
have f_this i b : f (this i) b = (b == before i)%:R.
  rewrite /f -[_ *m _]trmxK trmx_mul trmxK mxE.
  have -> : back (this i) = rshift 1 i by apply: val_inj.
  rewrite mxE (bigD1 i) //= big1 => [|l /negPf ne].
    by rewrite addr0 mxE FE row_mxEr mxE eqxx mulr1.
  by rewrite row_mxEr [1%:M _ _]mxE ne mulr0.
have back_split a : (exists i, a = this i) \/ back a = lshift n 0.
  case: (split_ordP (back a)) => [i aE | i aE]; [right | left]; first by rewrite aE (ord1 i).
  exists i; apply: val_inj; rewrite /this -aE. by [].
have grows i : 4%:R * t 0 (this i) <= t 0 (before i).
  have := given_2 i 0; rewrite mxE later_rows (resizeE _ (i' := this i) (j' := 0)) // mxE.
  rewrite [X in _ <= X -> _]mxE; under eq_bigr do rewrite FE mxE.
  by rewrite sum_at.
have f_before a b : f a b = 0 \/ f a b = 1 /\ 4%:R * t 0 a <= t 0 b.
  case: (back_split a) => [[i ->] | aE]; first by rewrite f_this; case: eqP => [-> | _]; [right | left].
  by left; rewrite /f aE mxE big1 // => l _; rewrite mxE row_mxEl mxE mul0r.
pose X : 'M_(n + 1) := \matrix_(a, b) (t 0 a * ((a == b)%:R + f a b)).
apply: (tree_prefers (t_positive 0) grows f_before f_this FE (X := X)) => [a b | i j]; first by rewrite mxE.
have one_at (a b : 'I_(n + 1)) : (if a == b then t 0 a else 0) = (b == a)%:R * t 0 a.
  by rewrite eq_sym; case: eqP => _; rewrite ?mul1r ?mul0r.
have last c : resize (1 + n) (n + 1) (diag_row t)^T c j = (c == back j)%:R * t 0 j.
  by rewrite (resizeE _ (i' := cast_ord (addnC 1%N n) c) (j' := j)) // !mxE one_at.
have first a : resize (1 + n) (n + 1) (diag_row t) (rshift 1 i) a = (a == this i)%:R * t 0 (this i).
  by rewrite (resizeE _ (i' := this i) (j' := a)) // mxE one_at.
have mid a b : resize (n + 1) (n + 1) (resize _ _ (identity RR (1 + n)) + C^T *m F) a b = (a == b)%:R + f a b.
  by rewrite (resizeE _ (i' := back a) (j' := b)) // mxE (resizeE _ (i' := back a) (j' := back b)) // mxE.
have turned b : (resize (n + 1) (1 + n) (identity RR (n + 1)) + F^T *m C) b (back j) = (j == b)%:R + f j b.
  rewrite mxE (resizeE _ (i' := b) (j' := j)) // mxE eq_sym; congr (_ + _).
  by rewrite /f -[C^T *m F]trmxK trmx_mul trmxK [RHS]mxE.
rewrite mxE; under eq_bigr do rewrite last mulrCA.
rewrite sum_at [X in X * _]mxE mulr_suml; apply: eq_bigr => b _.
rewrite turned -mulmxA later_rows mxE; under eq_bigr do rewrite first mid -mulrA.
by rewrite sum_at [X _ _]mxE [X _ _]mxE -[LHS]mulrA [in LHS](mulrC _ (t 0 j)).

(* symmetric_can_do_prevtoken_on_a_line *)
pose this (i : 'I_n) : 'I_(n + 1) := cast_ord (addnC 1%N n) (rshift 1 i).
pose before (i : 'I_n) : 'I_(n + 1) := lshift 1 i.
pose t (a : 'I_(n + 1)) : RR := 4%:R ^- a.
pose f (a b : 'I_(n + 1)) : RR := (b.+1 == a)%:R.
pose X : 'M_(n + 1) := \matrix_(a, b) (t a * ((a == b)%:R + f a b)).
have AE i j : (row_mx (zeros RR n 1) (identity RR n) *m shift_mx RR (1 + n) (n + 1) 1) i j = (j == before i)%:R.
  by rewrite later_rows mxE /= add1n addn1 eqSS eq_sym.
have t_gt0 a : 0 < t a by rewrite invr_gt0 exprn_gt0 ?ltr0n.
have step (a b : 'I_(n + 1)) : a = b.+1 :> nat -> 4%:R * t a = t b.
  by move=> E; rewrite /t E exprS invfM mulrA mulfV ?mul1r ?pnatr_eq0.
have f_before a b : f a b = 0 \/ f a b = 1 /\ 4%:R * t a <= t b.
  by rewrite /f; case: eqP => [E | _]; [right; rewrite (step _ b) | left].
have grows i : 4%:R * t (this i) <= t (before i) by rewrite (step _ (before i)).
have f_this i b : f (this i) b = (b == before i)%:R by rewrite /f eqSS.
exists X; apply: (tree_prefers t_gt0 grows f_before f_this AE (X := X)) => [a b | ]; first by rewrite mxE.
move=> i j; rewrite -mulmxA later_rows mxE; apply: eq_bigr => b _.
by rewrite (resizeE _ (i' := this i) (j' := b)) // [in RHS]mulrC [X^T _ _]mxE mulrC.

(* prevtoken_on_three_tokens *)
case: d d_min => [|[|c]] // _.
pose f (i j : nat) : nat := (match i, j with 0, 0 => 6 | 1, 0 => 1 | 1, 1 => 2 | 2, 1 => 1 | _, _ => 0 end)%N.
exists (\matrix_(i, j) (f i j)%:R); set A := _ *m _.
have AE (i j : 'I_3) : entry A i j = (f i 0 * f j 0 + f i 1 * f j 1)%:R%N.
  rewrite entryE mxE !big_ord_recl big1 => [|l _]; first by rewrite !mxE /= addr0 natrD !natrM.
  by rewrite !mxE /=; case: (i : nat) => [|[|[|?]]]; rewrite ?mul0r ?mulr0.
by rewrite (AE 1 0) (AE 1 1) (AE 1 2%:R) (AE 2%:R 1) (AE 2%:R 0) (AE 2%:R 2%:R) !subr_gt0 !ltr_nat.

(* score_matrix_symmetric_iff *)
have h2 := two_half unit_2.
rewrite !trmx_mul trmxK mulmxBr mulmxBl !mulmxA /zeros; split=> [-> | E].
  by rewrite subrr scaler0.
apply/eqP; rewrite -subr_eq0; apply/eqP; move: E => /(congr1 (fun Z => 2%:R *: Z)).
by rewrite scalerA h2 scale1r scaler0.

(* enough_tokens_decide_symmetry *)
have LX : X^T *m L^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
split=> [E | E]; last by rewrite !trmx_mul trmxK -E mulmxA.
have := congr1 (fun Z => L *m Z *m L^T) E; rewrite !trmx_mul trmxK !mulmxA given_1 !mul1mx.
by rewrite -!(mulmxA _ X^T) LX !mulmx1.

(* two_tokens_symmetric_iff *)
have h2 := two_half unit_2.
have C (M : 'M[RR]_(1, 1)) : M^T = M by apply/matrixP => i j; rewrite mxE !ord1.
have -> : total (2%:R^-1 *: (x *m (W - W^T) *m y^T)) = 2%:R^-1 * (total (x *m W *m y^T) - total (y *m W *m x^T)).
  by rewrite (form_tr y) mulmxBr mulmxBl totalZ totalB.
blocks; rewrite -block_mxEh -block_mxEv !C; split=> [/eq_block_mx[_ -> _ _] | E].
  by rewrite subrr mulr0.
have {E} : total (x *m W *m y^T) = total (y *m W *m x^T).
  apply/eqP; rewrite -subr_eq0; apply/eqP; rewrite -[LHS]mul1r -h2 -mulrA E mulr0 //.
rewrite !total11 => E.
have -> : x *m W *m y^T = y *m W *m x^T by apply/matrixP => i j; rewrite !ord1.
by [].

(* form_gradient *)
by gradient D.

(* symmetric_updates *)
have E : gradient (fun W : 'M[dual RR]_(d, d) => total (hadamard (lift_mx G) (lift tau *: (lift_mx X *m W *m (lift_mx X)^T)))) W = tau *: (X^T *m G *m X) by gradient D.
by rewrite E tr_scale !trmx_mul trmxK G_symmetric mulmxA.

(* pair_update_rank *)
rewrite (_ : gradient _ _ = (a *: x^T) *m y) ?mulmx_max_rank //.
apply: gradient_eq => D; transitivity (a * slope (total (lift_mx x *m moving W D *m (lift_mx y)^T))).
  by rewrite /= mul0r add0r.
by slopes; rewrite form_hadamard hadamardC -totalZ -hadamardZl mul_scale_l.
