(* softmax_backward *)
split; first by gradient D.
split; gradient D => //.

(* form_backward *)
by gradient D.

(* attn_backward *)
split; first by gradient D.
split; first by gradient D.
split; first by gradient D.
split; first by gradient D; rewrite tr_hadamard scalerDr; mxnorm.
by rewrite /partial; slopes; rewrite scale1r 2!dot_mulr dot_softmax; mxnorm.

(* flash_d *)
apply/matrixP => i j; rewrite !mxE.
under eq_bigr do rewrite !mxE mulr_sumr.
under [RHS]eq_bigr do rewrite !mxE mulr_sumr.
by rewrite exchange_big; apply: eq_bigr => c _; apply: eq_bigr => l _; rewrite !mxE mulrCA.

(* ds_rowsum_zero *)
have P1 i : \sum_j P i j = 1.
  by have := congr1 (fun M : 'M[RR]_(n, 1) => M i 0) given_1; rewrite -rowsumE !mxE.
rewrite -rowsumE; apply/matrixP => i j; rewrite !mxE.
under eq_bigr do rewrite !mxE big_ord1 !mxE mulr1 mulrBr.
rewrite sumrB -mulr_suml P1 mul1r; apply/eqP; rewrite subr_eq0; apply/eqP.
by apply: eq_bigr => l _; rewrite !mxE.

(* ds_rank *)
apply: leq_trans (rank_ones0 _) _; last by rewrite addn1.
by rewrite centred_ones // softmax_ones // addn1.

(* key_bias_dead *)
have E : X *m Q *m (X *m K + ones RR n 1 *m b)^T = X *m Q *m b^T *m ones RR 1 n + X *m Q *m K^T *m X^T by mxnorm;
  rewrite addrC.
split; first by rewrite E scalerDr -mul_scale_l softmax_row_shift.
gradient D; rewrite -[ones RR 1 n *m _]trmxK trmx_mul trmxK tr_ones centred_ones ?softmax_ones //.
by rewrite trmx0 !mul0mx scaler0 hadamard0l total0.

(* value_bias_is_output_bias *)
by rewrite mulmxDr mulmxA softmax_ones // mulmxDl.

(* grad_rank *)
have S n (n0 : (0 < n)%N) G X : score_slope ex tau G X Q K V *m ones RR n 1 = 0 by rewrite centred_ones ?softmax_ones.
have S1 G X : score_slope ex tau G X Q K V = 0 :> 'M_(1, 1).
  rewrite -[LHS]mulmx1 -[RHS](S 1%N (ltn0Sn _) G X); congr (_ *m _).
  by apply/matrixP => i j; rewrite !mxE !ord1.
have R (A B : 'M[RR]_(d, k)) : A = B -> (\rank B <= m)%N -> (\rank A <= m)%N by move->.
have L G X : (\rank (score_slope ex tau G X Q K V : 'M_(m + 1, m + 1)) <= m)%N.
  by rewrite (leq_trans (rank_ones0 (S _ _ _ _))) ?addn1.
rewrite -!lift_col; split.
  apply: R (gradient_query _ _ _ _ _ _ _) _.
  by rewrite (leq_trans (mxrank_scale _ _)) // (leq_trans (mxrankM_maxl _ _)) // (leq_trans (mxrankM_maxl _ _)) //
    (leq_trans (mxrankM_maxr _ _)).
split.
  apply: R (gradient_key _ _ _ _ _ _ _) _.
  by rewrite (leq_trans (mxrank_scale _ _)) // (leq_trans (mxrankM_maxl _ _)) // (leq_trans (mxrankM_maxl _ _)) //
    (leq_trans (mxrankM_maxr _ _)) // mxrank_tr.
split; [apply: etrans (gradient_query _ _ _ _ _ _ _) _ | apply: etrans (gradient_key _ _ _ _ _ _ _) _].
  by rewrite S1 !(mulmx0, mul0mx) scaler0.
by rewrite S1 trmx0 !(mulmx0, mul0mx) scaler0.

(* gauge_gradient_law *)
have EQ : gradient (fun Q : 'M[dual RR]_(d, k) => (total (hadamard (lift_mx D) (Q *m (lift_mx K)^T))) + (total
  (hadamard (lift_mx E) ((lift_mx V) *m (lift_mx O))))) Q = D *m K.
  by gradient B.
have EK : gradient (fun K : 'M[dual RR]_(d, k) => (total (hadamard (lift_mx D) (lift_mx Q *m K^T))) + (total
  (hadamard (lift_mx E) ((lift_mx V) *m (lift_mx O))))) K = D^T *m Q.
  by gradient B.
have EV : gradient (fun V : 'M[dual RR]_(d, v) => (total (hadamard (lift_mx D) (lift_mx Q *m (lift_mx K)^T))) +
  (total (hadamard (lift_mx E) (V *m (lift_mx O))))) V = E *m O^T.
  by gradient B.
have EO : gradient (fun O : 'M[dual RR]_(v, d) => (total (hadamard (lift_mx D) (lift_mx Q *m (lift_mx K)^T))) +
  (total (hadamard (lift_mx E) ((lift_mx V) *m O)))) O = V^T *m E.
  by gradient B.
rewrite EQ EK EV EO; split; first by mxnorm.
split; first by mxnorm.
split; first by mxnorm.
split; first by rewrite hadamardC [RHS]dot_mulr trmxK.
by rewrite dot_mull [RHS]dot_mulr !trmxK.

(* head_gradient_law *)
pose S := score_slope ex tau G X Q K (V *m O).
split.
  rewrite [X in _ *m X = _](_ : _ = tau *: (X^T *m S *m X *m K)); last by rewrite /S /score_slope; gradient D.
  rewrite [X in _ = (_ *m X)^T](_ : _ = tau *: (X^T *m S^T *m X *m Q)); last by rewrite /S /score_slope; gradient D.
  by mxnorm.
rewrite [X in V^T *m X](_ : _ = (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X)^T *m G *m O^T); last by gradient D.
rewrite [X in _ = X *m _](_ : _ = (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X *m V)^T *m G); last by gradient D.
by mxnorm.

(* gauge_law_iff *)
have dE (A B C : 'M[RR]_(d, k)) (M : 'M[RR]_(k, k)) : total (hadamard A (B *m M)) = total (hadamard (B^T *m A) M).
  by rewrite !total_hadamard trmx_mul mulmxA mxtrace_mulC -mulmxA mxtrace_mulC -!mulmxA.
have key (A : 'M[RR]_(k, k)) : total (hadamard dK (K *m A^T)) = total (hadamard (trmx (K^T *m dK)) A).
  by rewrite dE // -totalT tr_hadamard trmxK.
split=> [H | E A]; last by rewrite key dE // E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite key dE // !(hadamardC _ (delta_mx _ _)) !total_delta.

(* balance_conservation *)
mxnorm.
have E : dQ^T *m Q = K^T *m dK by rewrite -[K^T *m dK]trmxK -given_1 trmx_mul trmxK.
have E' : Q^T *m dQ = dK^T *m K by rewrite given_1 trmx_mul trmxK.
rewrite E E'.
by apply/matrixP => i j; rewrite !mxE; mxentries i j; ring.

(* balance_flow *)
have gT : dQ^T *m Q = K^T *m dK by have := congr1 trmx given_1; rewrite trmxK !trmx_mul !trmxK.
rewrite given_1 gT trmx_mul trmxK /zeros; apply/matrixP => i j; rewrite !mxE; ring.

(* value_balance_conservation *)
mxnorm.
have E : dV^T *m V = O *m dO^T by rewrite -[O *m dO^T]trmxK trmx_mul trmxK -given_1 trmx_mul trmxK.
rewrite E given_1.
by apply/matrixP => i j; rewrite !mxE; mxentries i j; ring.

(* euler_value *)
have EV : gradient (fun V : 'M[dual RR]_(d, v) => (total (hadamard (lift_mx G) ((dual_softmax ex ((lift tau) *:
  ((lift_mx X) *m (lift_mx Q) *m (lift_mx K)^T *m (lift_mx X)^T))) *m (lift_mx X) *m V *m (lift_mx O))))) V =
  (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X)^T *m G *m O^T.
  by gradient D.
have EO : gradient (fun O : 'M[dual RR]_(v, d) => (total (hadamard (lift_mx G) ((dual_softmax ex ((lift tau) *:
  ((lift_mx X) *m (lift_mx Q) *m (lift_mx K)^T *m (lift_mx X)^T))) *m (lift_mx X) *m (lift_mx V) *m O)))) O =
  (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X *m V)^T *m G.
  by gradient D.
rewrite EV EO; split.
  by rewrite hadamardC -dot_mulr -dot_mull mulmxA.
by rewrite hadamardC -dot_mull.

(* qk_vs_v_norm_law_false *)
have one (S : 'M[RR]_(1, 1)) : softmax ex S = 1%:M.
  by rewrite (softmax_col ex_laws); apply/matrixP => i j; rewrite !mxE !ord1 eqxx.
have EV : gradient (fun V : 'M[dual RR]_(d, v) => (total (hadamard (lift_mx g) ((dual_softmax ex ((lift tau) *:
    ((lift_mx x) *m (lift_mx W) *m (lift_mx x)^T))) *m (lift_mx x) *m V)))) V = x^T *m g.
  apply: gradient_eq => D; slopes; rewrite one mul1mx; adjoint D; by [].
rewrite EV; split; last by split=> //; rewrite hadamardC -dot_mull.
apply: gradient_eq => D; slopes; rewrite one.
set A := tau *: _; clearbody A; have -> : hadamard 1%:M (A - rowsum (hadamard 1%:M A) *m ones RR 1 1) = 0.
  have o : (1%:M : 'M[RR]_(1, 1)) 0 0 = 1 by rewrite mxE eqxx.
  by apply/matrixP => i j; rewrite centredE big_ord1 !ord1 !o !mul1r subrr mxE.
by rewrite /zeros !mul0mx ?hadamard0 ?hadamard0l ?total0 ?add0r ?hadamard0 ?total0.

(* norm_law_of_linear_attention *)
pose loss W V : RR := total (hadamard G (hadamard B (X *m W *m X^T) *m X *m V)).
have EW : total (hadamard W (gradient (fun W : 'M[dual RR]_(d, d) => total (hadamard (lift_mx G) (hadamard (lift_mx B)
    (lift_mx X *m W *m (lift_mx X)^T) *m lift_mx X *m lift_mx V))) W)) = loss W V.
  have [K E] : exists K, forall D, slope (total (hadamard (lift_mx G) (hadamard (lift_mx B)
    (lift_mx X *m moving W D *m (lift_mx X)^T) *m lift_mx X *m lift_mx V))) = total (hadamard K D).
    eexists => D; slopes; rewrite dot_mulr dot_mulr dot_hadamard dot_mulr dot_mull; reflexivity.
  by rewrite (gradient_eq E) hadamardC -E; slopes.
rewrite EW; apply/esym.
have [K E] : exists K, forall D, slope (total (hadamard (lift_mx G) (hadamard (lift_mx B)
    (lift_mx X *m lift_mx W *m (lift_mx X)^T) *m lift_mx X *m moving V D))) = total (hadamard K D).
  eexists => D; slopes; rewrite dot_mull; reflexivity.
by rewrite (gradient_eq E) hadamardC -E; slopes.

(* local_jacobian *)
have [K E] : exists K, forall D, slope (total (hadamard (lift_mx G) (dual_softmax ex
    (lift tau *: (moving X D *m lift_mx W *m (moving X D)^T)) *m moving X D *m lift_mx M))) = total (hadamard K D).
  eexists => D1; slopes; adjoint D1; rewrite ?dot_addl; reflexivity.
rewrite (gradient_eq E) -E; slopes; congr total; congr hadamard.
set P := softmax ex _; set S := tau *: (_ + _); clearbody P S.
have -> : hadamard P (S - rowsum (hadamard P S) *m ones RR 1 n) = hadamard P S - diag_col (rowsum (hadamard P S)) *m P.
  apply/matrixP => i j; rewrite centredE [RHS]mxE [X in _ = X + _]mxE.
  rewrite mulrBr [P i j * (\sum_l _)]mulrC [(- _ : 'M_(_, _)) i j]mxE mul_diag_col mxE; congr (_ - _ * _).
  by apply: eq_bigr => l _; rewrite mxE.
by mxring.

(* read_jacobian *)
apply/matrixP => i j; rewrite (ord1 i) mxE.
have step l : (jacobian (fun s : 'M[dual RR]_(1, n) => dual_softmax ex s *m lift_mx C) s)^T l j =
    softmax ex s 0 l * (C l j - (softmax ex s *m C) 0 j).
  rewrite mxE mxE towards_moving.
  transitivity (slopes (dual_softmax ex (moving s (delta_mx 0 l)) *m lift_mx C) 0 j); first by rewrite [RHS]mxE.
  slopes; move: (softmax ex s) => p.
  have d k : (delta_mx 0 l : 'M[RR]_(1, n)) 0 k = (k == l)%:R by rewrite mxE eqxx.
  have one : \sum_k p 0 k * (delta_mx 0 l : 'M[RR]_(1, n)) 0 k = p 0 l.
    by rewrite (bigD1 l) //= big1 ?addr0 => [|t /negPf ne]; rewrite d ?eqxx ?ne ?mulr1 ?mulr0.
  rewrite mxE; under eq_bigr do rewrite centredE one d.
  rewrite [X in _ = _ * (_ - X)]mxE mulrBr mulr_sumr.
  transitivity (\sum_k ((if k == l then p 0 k * C k j else 0) - p 0 l * (p 0 k * C k j))).
    apply: eq_bigr => k _; case: (k == l) => /=; rewrite ?mulr1n ?mulr0n.
      by move: (p 0 k) (p 0 l) (C k j) => u v0 w0; ring.
    by move: (p 0 k) (p 0 l) (C k j) => u v0 w0; ring.
  by rewrite sumrB -big_mkcond big_pred1_eq.
under eq_bigr do rewrite step.
rewrite [RHS]mxE; apply: eq_bigr => l _.
rewrite [hadamard _ _ 0 l]mxE [(C - _) l j]mxE [(- _ : 'M_(_, _)) l j]mxE -mulmxA outer11 onesE mul1r.
by rewrite mulrCA mulrA.

(* mean_shorter *)
have p0 j : 0 <= p 0 j by have := given_1 0 j; rewrite entry_zeros.
have := mean_length C p0 given_2; rewrite /length2 => H; apply: le_trans H _.
by rewrite total11 mxE; apply: ler_sum => j _; rewrite row_length.

(* read_changes_little *)
have p0 j : 0 <= p 0 j by have := given_1 0 j; rewrite entry_zeros.
have XR j : length2 (row j X) <= R ^+ 2 by have := given_3 j 0; rewrite row_length entry_scale onesE mulr1.
have Dr j : length2 (row j D) <= r ^+ 2 by have := given_4 j 0; rewrite row_length entry_scale onesE mulr1.
have p1 : \sum_j p 0 j = 1 by rewrite -total_row.
have w0 : 0 <= omega ^+ 2 by exact: sqr_ge0.
set ds := y *m W *m X^T + _; set gaps := X - _; set read := p *m D + _; pose c := 2%:R * omega * R ^+ 2.
have product (u : 'M[RR]_(1, d)) (A : 'M[RR]_(n, d)) a b j : length2 u <= a ^+ 2 -> length2 (row j A) <= b ^+ 2 ->
    (u *m A^T) 0 j ^+ 2 <= a ^+ 2 * b ^+ 2.
  move=> ua Ab; have -> : (u *m A^T) 0 j = (u *m (row j A)^T) 0 0.
    by rewrite !mxE; apply: eq_bigr => l _; rewrite !mxE.
  by apply: le_trans (schwarz _ _) _; rewrite ler_pmul ?length2_ge0.
have turned (u : 'M[RR]_(1, d)) a : length2 u <= a ^+ 2 -> length2 (u *m W) <= (omega * a) ^+ 2.
  by move=> ua; apply: le_trans (longer u given_7) _; rewrite exprMn ler_wpmul2l.
have small j : ds 0 j ^+ 2 <= (c / R * r) ^+ 2.
  have one := product _ X (omega * r) R j (turned _ _ given_6) (XR j).
  have two := product _ D (omega * R) r j (turned _ _ given_5) (Dr j).
  rewrite /ds entry_add -subr_ge0; set f := (y *m W *m X^T) 0 j in one *; set g := (x *m W *m D^T) 0 j in two *.
  have -> : (c / R * r) ^+ 2 - (f + g) ^+ 2 = 2%:R * ((omega * r) ^+ 2 * R ^+ 2 - f ^+ 2) +
      2%:R * ((omega * R) ^+ 2 * r ^+ 2 - g ^+ 2) + (f - g) ^+ 2.
    by rewrite /c; field; rewrite lt0r_neq0.
  by rewrite !addr_ge0 ?sqr_ge0 ?mulr_ge0 ?ler0n // subr_ge0.
have first : length2 (p *m D) <= r ^+ 2.
  apply: le_trans (mean_length D p0 given_2) _; rewrite -[leRHS]mul1r -p1 mulr_suml ler_sum // => j _.
  by rewrite ler_wpmul2l.
have spread : \sum_j p 0 j * length2 (row j gaps) <= R ^+ 2.
  have E := far_from_mean X 0 given_2; rewrite mulmx0 subr0 sub0r hadamardNl hadamardNr opprK -/gaps in E.
  have F (A : 'M[RR]_(n, d)) : total (p *m rowsum (hadamard A A)) = \sum_j p 0 j * length2 (row j A).
    by rewrite total11 mxE; apply: eq_bigr => j _; rewrite row_length.
  rewrite !F in E; apply: (@le_trans _ _ (\sum_j p 0 j * length2 (row j X))).
    by rewrite E ler_addl square_total_ge0.
  by rewrite -[leRHS]mul1r -p1 mulr_suml ler_sum // => j _; rewrite ler_wpmul2l.
have second : length2 (hadamard p ds *m gaps) <= (c * r) ^+ 2.
  have -> : hadamard p ds *m gaps = p *m (diag_row ds *m gaps).
    rewrite mulmxA; congr (_ *m _); apply/matrixP => i j; by rewrite (ord1 i) mul_mx_diag_row mxE.
  apply: le_trans (mean_length _ p0 given_2) _.
  apply: (@le_trans _ _ ((c / R * r) ^+ 2 * \sum_j p 0 j * length2 (row j gaps))).
    rewrite mulr_sumr ler_sum // => j _; rewrite mulrCA ler_wpmul2l //.
    have -> : length2 (row j (diag_row ds *m gaps)) = ds 0 j ^+ 2 * length2 (row j gaps).
      rewrite !length2E mulr_sumr; apply: eq_bigr => a _; rewrite !mxE (bigD1 j) //= big1 ?addr0 => [|l /negPf ne].
        by rewrite !mxE eqxx exprMn.
      by rewrite !mxE eq_sym ne mul0r.
    by rewrite ler_wpmul2r ?length2_ge0.
  apply: le_trans (ler_wpmul2l (sqr_ge0 _) spread) _; rewrite -exprMn.
  by rewrite (_ : c / R * r * R = c * r) //; field; rewrite lt0r_neq0.
have c0 : 0 < c by rewrite !mulr_gt0 ?ltr0n ?exprn_gt0.
have sum : length2 read <= ((1 + c) * r) ^+ 2.
  rewrite /read; set u := p *m D in first *; set v := _ *m gaps in second *.
  have S := length2_ge0 (c *: u - v); rewrite -(ler_pmul2l c0) -subr_ge0.
  have -> : c * ((1 + c) * r) ^+ 2 - c * length2 (u + v) = length2 (c *: u - v) +
      c * (1 + c) * (r ^+ 2 - length2 u) + (1 + c) * ((c * r) ^+ 2 - length2 v).
    rewrite !length2E; set U := \sum_a u 0 a ^+ 2; set V := \sum_a v 0 a ^+ 2; pose P := \sum_a u 0 a * v 0 a.
    have -> : \sum_a (u + v) 0 a ^+ 2 = U + 2%:R * P + V.
      by rewrite /U /V /P !mulr_sumr -!big_split; apply: eq_bigr => a _ /=; rewrite !mxE; ering.
    have -> : \sum_a (c *: u - v) 0 a ^+ 2 = c ^+ 2 * U - 2%:R * c * P + V.
      by rewrite /U /V /P !mulr_sumr -sumrB -big_split; apply: eq_bigr => a _ /=; rewrite !mxE; ering.
    by ring.
  have c1 : 0 <= 1 + c by rewrite addr_ge0 ?ler01 ?(ltW c0).
  by rewrite !addr_ge0 // mulr_ge0 ?subr_ge0 // mulr_ge0 // ltW.
apply: le_trans (longer read given_8) _; rewrite -mulrA [leRHS]exprMn ler_wpmul2l //; exact: sqr_ge0.

(* causal_softmax_backward *)
by split; gradient D.

(* causal_score_gradient *)
have P1 : masked_softmax ex (order_mx RR n n 0 0) S *m ones RR n 1 = ones RR n 1.
  rewrite -rowsumE; apply: (@masked_rows _ ex ex_laws _ _ _ _ id) => [i l | i]; rewrite mxE ?ler0n //.
  by rewrite leqnn ltr01.
split; first by apply/matrixP => i j; rewrite [LHS]mxE centredE !mxE; case: leqP; rewrite ?mulr1 // !mul0r.
split; first by rewrite rowsumE centred_ones.
apply/matrixP => i j; rewrite mxE big1 ?mxE // => l _.
rewrite [unit_row _ _ _ _ _]mxE; case: (boolP (l == 0%N :> nat)) => [/eqP l0 | _]; last by rewrite mul0r.
rewrite centredE; move: (G *m C^T) => A; set P := masked_softmax _ _ _.
have off c : c != l -> P l c = 0.
  by rewrite -val_eqE /= l0 => /negPf ne; rewrite mxE [order_mx _ _ _ _ _ _ _]mxE !addn0 l0 leqn0 ne !mul0r.
have sum f : \sum_c P l c * f c = P l l * f l.
  by rewrite (bigD1 l) //= big1 ?addr0 // => c /off ->; rewrite mul0r.
have one : P l l = 1 by have := congr1 (fun M : 'M_(n, 1) => M l 0) P1; rewrite [LHS]mxE sum !onesE mulr1.
by rewrite sum; case: (eqVneq j l) => [-> | /off ->]; rewrite ?one ?mul0r ?mulr0 // !mul1r subrr.

(* causal_attn_backward *)
split; first by gradient D.
split; first by gradient D.
split; first by gradient D.
split; first by gradient D; rewrite tr_hadamard scalerDr; mxnorm.
by rewrite /partial; slopes; rewrite scale1r 2!dot_mulr dot_softmax; mxnorm.

(* cached_attn_backward *)
split; first by gradient D.
by split; gradient D; rewrite // tr_hadamard; mxnorm.

(* key_bias_after_rope_dead *)
have one : row_mx (ones RR n 1 *m b_1) (ones RR n 1 *m b_2) = ones RR n 1 *m row_mx b_1 b_2 by rewrite mul_mx_row.
have flat (M : 'M[RR]_(1, p + p)) (A B : 'M[RR]_(n, p + p)) :
    tau *: (A *m (ones RR n 1 *m M)^T) = (tau *: (A *m M^T)) *m ones RR 1 n.
  by rewrite trmx_mul tr_ones mulmxA -scalemxAl.
split.
  exact: (@same_biases_unseen RR ex ex_laws tau n (p + p) _ _ n _ (row_mx b_1 b_2) one).
pose loss (S : 'M[dual RR]_(n, n)) : dual RR := total (hadamard (lift_mx G) (dual_softmax ex S *m lift_mx C)).
have still (S : 'M[dual RR]_(n, n)) (c : 'M[RR]_(n, 1)) : slopes S = c *m ones RR 1 n -> slope (loss S) = 0.
  move=> ES; rewrite /loss; slopes; rewrite ES dot_mulr dot_softmax dot_mulr tr_ones.
  by rewrite centred_ones ?softmax_ones // hadamard0l total0.
have lifted (A B : 'M[RR]_(n, p)) : turned_dual co si t theta (lift_mx A) (lift_mx B) =
    lift_mx (turned co si A B (t *m theta)).
  rewrite /turned_dual lift_angles lift_cos lift_sin; apply/matrixP => i j; rewrite [RHS]mxE /turned.
  by rewrite -[j]splitK; case: (split j) => l /=; rewrite ?row_mxEl ?row_mxEr; apply: dual_eq;
    rewrite !mxE /= ?(mulr0, mul0r, addr0, oppr0).
have moving_scores (N : 'M[dual RR]_(1, p + p)) : slope (loss (lift tau *: (turned_dual co si t theta (lift_mx A_1)
    (lift_mx A_2) *m (turned_dual co si t theta (lift_mx B_1) (lift_mx B_2) + ones _ n 1 *m N)^T))) = 0.
  apply: (still _ (tau *: (turned co si A_1 A_2 (t *m theta) *m (slopes N)^T))); rewrite !lifted; slopes.
  by rewrite trmx_mul tr_ones mulmxA -scalemxAl.
split; apply: gradient_eq => M; rewrite /zeros hadamard0l total0.
  by rewrite -[RHS](moving_scores (row_mx (moving b_1 M) (lift_mx b_2))) mul_mx_row.
by rewrite -[RHS](moving_scores (row_mx (lift_mx b_1) (moving b_2 M))) mul_mx_row.

(* key_biases_dead_iff *)
split=> [H | [f E_f] w]; last exact: same_biases_unseen E_f.
by exists (row (Ordinal n_min) E); exact: biases_unseen H.

(* key_bias_before_rope_iff *)
rewrite !add_row_mx !mul_row_col /identity /zeros !mulmx1 !mulmx0 !addr0 !add0r.
have sum := turned_add co si B_1 B_2 (ones RR n 1 *m b_1) (ones RR n 1 *m b_2) (t *m theta).
split=> [H | [g_1 [g_2 E]] q_1 q_2].
  set D := row_mx _ _; exists (lsubmx (row (Ordinal n_min) D)), (rsubmx (row (Ordinal n_min) D)); rewrite hsubmxK.
  apply: (@biases_unseen RR ex ex_laws tau n (p + p) tau_positive n_min (turned co si B_1 B_2 (t *m theta)) _) => w.
  have [q_1 [q_2 <-]] := turned_from co_laws w (s *: theta); rewrite -sum; exact: H.
have := same_biases_unseen ex_laws tau (turned co si B_1 B_2 (t *m theta)) (turned co si q_1 q_2 (s *: theta)) E.
by rewrite -sum.

(* turned_bias_same_iff *)
have there x y a b : x * co a - y * si a = x * co b - y * si b -> x * si a + y * co a = x * si b + y * co b ->
    x * (1 - co (a - b)) = 0 /\ y * (1 - co (a - b)) = 0.
  move=> /eqP; rewrite -subr_eq0 => /eqP E /eqP; rewrite -subr_eq0 => /eqP E'; rewrite (cosB co_laws).
  have A := on_circle co_laws a; have B := on_circle co_laws b.
  have two z : 2%:R * z = 0 :> RR -> z = 0 by move/eqP; rewrite mulf_eq0 pnatr_eq0 /= => /eqP.
  split; apply: two; rewrite mulrBr mulr1 mulrBr.
    have -> : 2%:R * x = x * (co a * co a + si a * si a) + x * (co b * co b + si b * si b) by rewrite A B; ring.
    set z := _ - _; have -> : z = (x * co a - y * si a - (x * co b - y * si b)) * (co a - co b) +
      (x * si a + y * co a - (x * si b + y * co b)) * (si a - si b) by rewrite /z; ring.
    by rewrite E E' !mul0r addr0.
  have -> : 2%:R * y = y * (co a * co a + si a * si a) + y * (co b * co b + si b * si b) by rewrite A B; ring.
  set z := _ - _; have -> : z = (x * si a + y * co a - (x * si b + y * co b)) * (co a - co b) -
    (x * co a - y * si a - (x * co b - y * si b)) * (si a - si b) by rewrite /z; ring.
  by rewrite E E' !mul0r subr0.
have back x y a b : x * (1 - co (a - b)) = 0 -> y * (1 - co (a - b)) = 0 ->
    x * co a - y * si a = x * co b - y * si b /\ x * si a + y * co a = x * si b + y * co b.
  have no_sine z : z * (1 - co (a - b)) = 0 -> z * co (a - b) = z /\ z * si (a - b) = 0.
    move=> Z; have C : z * co (a - b) = z by apply/esym/eqP; rewrite -subr_eq0 -{1}[z]mulr1 -mulrBr Z.
    split=> //; apply/eqP; rewrite -sqrf_eq0; apply/eqP; rewrite exprMn.
    have -> : si (a - b) ^+ 2 = 1 - co (a - b) * co (a - b) by rewrite -(on_circle co_laws (a - b)); ring.
    have -> : z ^+ 2 * (1 - co (a - b) * co (a - b)) = z * z - z * co (a - b) * (z * co (a - b)) by ring.
    by rewrite C subrr.
  move=> /no_sine [X X'] /no_sine [Y Y']; move: (subrK b a) X X' Y Y'; move: (a - b) => h <- X X' Y Y'.
  rewrite (cosD co_laws) (sinD co_laws); split.
    have -> : x * (co h * co b - si h * si b) - y * (si h * co b + co h * si b) =
      x * co h * co b - x * si h * si b - y * si h * co b - y * co h * si b by ring.
    by rewrite X X' Y Y'; ring.
  have -> : x * (si h * co b + co h * si b) + y * (co h * co b - si h * si b) =
    x * si h * co b + x * co h * si b + y * co h * co b - y * si h * si b by ring.
  by rewrite X X' Y Y'; ring.
have angle l : ((r - u) *: theta) 0 l = (r *: theta) 0 l - (u *: theta) 0 l by rewrite !mxE mulrBl.
split=> [/eq_row_mx [E E'] | [E E']].
  split; apply/matrixP => i l; rewrite (ord1 i) entry_zeros;
    have := there (b_1 0 l) (b_2 0 l) ((r *: theta) 0 l) ((u *: theta) 0 l);
    have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) E; have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) E';
    rewrite -angle !mxE => A B H; by have [] := H B A.
congr row_mx; apply/matrixP => i l; rewrite (ord1 i);
  have := back (b_1 0 l) (b_2 0 l) ((r *: theta) 0 l) ((u *: theta) 0 l);
  have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) E; have := congr1 (fun M : 'M[RR]_(1, p) => M 0 l) E';
  rewrite -angle !mxE => A B H; by have [] := H B A.

(* rope_balance *)
pose loss (S : 'M[dual RR]_(n, n)) : dual RR := total (hadamard (lift_mx D) S).
have moves S : values S = turned co si (X *m Q_1) (X *m Q_2) (t *m theta) *m
    (turned co si (X *m K_1) (X *m K_2) (t *m theta))^T -> slope (loss S) = total (hadamard D (slopes S)).
  by move=> _; rewrite slope_total slopes_hadamard slopes_lift hadamard0l add0r values_lift.
apply: (plane_laws (co := co) (si := si) (t := t) (theta := theta) (X := X) (G := D)).
- exact: gradient_A moves.
- exact: gradient_B moves.
- exact: gradient_C moves.
exact: gradient_D moves.

(* rope_balance_of_head *)
pose loss (S : 'M[dual RR]_(n, n)) : dual RR :=
  total (hadamard (lift_mx G) (dual_softmax ex (lift tau *: S) *m lift_mx X *m lift_mx V)).
set S0 : 'M[RR]_(n, n) := turned co si (X *m Q_1) (X *m Q_2) (t *m theta) *m
  (turned co si (X *m K_1) (X *m K_2) (t *m theta))^T.
pose P := softmax ex (tau *: S0); pose dP := G *m V^T *m X^T.
pose DS := tau *: hadamard P (dP - rowsum (hadamard P dP) *m ones RR 1 n).
have moves S : values S = S0 -> slope (loss S) = total (hadamard DS (slopes S)).
  move=> ES; rewrite /loss; slopes; rewrite ES dot_mulr dot_mulr dot_softmax -/P -/dP dot_scale //.
apply: (plane_laws (co := co) (si := si) (t := t) (theta := theta) (X := X) (G := DS)).
- exact: gradient_A moves.
- exact: gradient_B moves.
- exact: gradient_C moves.
exact: gradient_D moves.

(* rope_balance_kept *)
have E (A B dA dB : 'M[RR]_(d, p)) : ones RR 1 d *m (hadamard (A - eta *: dA) (A - eta *: dA) +
    hadamard (B - eta *: dB) (B - eta *: dB)) = ones RR 1 d *m (hadamard A A + hadamard B B) -
    (2%:R * eta) *: (ones RR 1 d *m (hadamard A dA + hadamard B dB)) +
    (eta ^+ 2) *: (ones RR 1 d *m (hadamard dA dA + hadamard dB dB)).
  by rewrite !scalemxAr -mulmxBr -mulmxDr; congr (_ *m _); apply/matrixP => i j; rewrite !mxE; ering.
rewrite !E given_1; move: (_ *m _) (_ *m _) (_ *m _) (_ *m _) (_ *m _) => a b c f g.
by apply/matrixP => i j; rewrite !mxE; ering.

(* rope_score_slopes *)
have each (x y u v k l : 'M[dual RR]_(1, p)) :
  total (row_mx x y *m turn u v *m (row_mx k l)^T) =
  \sum_j ((x 0 j * u 0 j - y 0 j * v 0 j) * k 0 j + (y 0 j * u 0 j + x 0 j * v 0 j) * l 0 j).
  by rewrite turn_row !row_diag pair_total; apply: eq_bigr => j _; rewrite !mxE.
repeat split; apply: gradient_eq => D; rewrite -/(turn _ _) each slope_sum /total big_ord1; apply: eq_bigr => j _;
  rewrite !mxE /=; ring.

(* rope_laws_only *)
have differ := differ_of given_2; have turns := turns_of given_3; have law := law_commutes c s G_11 G_12 G_21 G_22.
split=> [/law same | [a [b form]]].
  by exists (\row_i G_11 i i), (\row_i G_12 i i); exact: (turn_commutant given_1 differ turns same).
by apply/law; rewrite /block_mx form; apply: turns_commute.

(* rope_balance_only *)
have differ := differ_of given_2; have turns := turns_of given_3.
have := law_commutes c s M_11 M_12 M_12^T M_22; rewrite trmxK => law.
split=> [/law same | [a [first [none last]]]]; last first.
  apply/law; rewrite first none last trmx0 (_ : block_mx _ _ _ _ = turn a 0); first exact: turns_commute.
  by rewrite /turn (_ : diag_row 0 = 0) ?oppr0 // diag_rowE linear0.
have [first second third last] := eq_block_mx (turn_commutant given_1 differ turns same).
exists (\row_i M_11 i i); split; first exact: first.
split; last exact: last.
have opposite : M_12 = - M_12 by rewrite -{1}[M_12]trmxK third tr_opp tr_diag_row -second.
apply/matrixP => i j; have /matrixP/(_ i j) := opposite; rewrite !mxE => /eqP.
by rewrite -addr_eq0 -mulr2n mulrn_eq0 => /eqP.

(* more_than_its_share *)
by rewrite (read_second n ex_laws); exact: above_share.

(* far_token_tells_apart *)
by rewrite given_2 given_3; exact: far_apart.

(* scored_and_read_iff *)
split=> [H | /nothing_or [] -> y u]; last 2 first.
- by rewrite mulmx0 mul0mx total0 scale0r.
- by rewrite mulmx0 scaler0.
apply/eqP; apply: contraT => /scored_and_read [y [u [c0 uM]]].
by have /eqP := H y u; rewrite scaler_eq0 (negPf c0) (negPf uM).

(* mean_of_tokens *)
by rewrite (mean_read tau ex_laws X given_1) two_places.

(* mean_of_tokens_lipschitz *)
by apply: mean_lipschitz; rewrite // addn2.

(* lipschitz_iff *)
split=> [[L lip] | none]; first exact: (never_lipschitz ex_laws tau_positive lip).
by exists (total (hadamard M M)) => X Y; apply: mean_lipschitz; rewrite // addn2.

(* masked_mean_of_tokens *)
exact: masked_mean.

(* masked_mean_of_tokens_lipschitz *)
exact: masked_mean_short.

(* masked_far_token_tells_apart *)
by rewrite given_3 given_4; apply: masked_far_apart.

(* causal_lipschitz_iff *)
split=> [[L lip] | none].
  apply: (never_masked_lipschitz _ ex_laws tau_positive lip).
  rewrite (unit_row_mul (Ordinal (second_lt n))); apply/matrixP => i j; rewrite !mxE !addn0.
  by case: (nat_of_ord j) => [|[|k]]; rewrite ?(addr0, add0r).
by exists (total (hadamard (masked_softmax ex (order_mx RR (n + 2) (n + 2) 0 0) 0)
  (masked_softmax ex (order_mx RR (n + 2) (n + 2) 0 0) 0)) * total (hadamard M M)) => X Y; apply: masked_mean_short.

(* window_lipschitz_iff *)
set K := hadamard _ _; split=> [[L lip] | none].
  apply: (never_masked_lipschitz _ ex_laws tau_positive lip).
  rewrite (unit_row_mul (Ordinal (second_lt n))); apply/matrixP => i j; rewrite !mxE !addn0 /=.
  case: (nat_of_ord j) => [|[|k]] /=; last by rewrite mul0r addr0.
  - by rewrite add0n w_min mulr1 addr0.
  by rewrite mulr1 add0r.
by exists (total (hadamard (masked_softmax ex K 0) (masked_softmax ex K 0)) * total (hadamard M M)) => X Y;
  apply: masked_mean_short.

(* one_token_lipschitz *)
have one (t : 'M[RR]_(1, d)) : ones RR 1 1 *m t = t by apply/matrixP => i j; rewrite outer11 onesE mul1r ord1.
by rewrite !(softmax_col ex_laws) !one -mulmxBl [leRHS]mulrC; exact: product_norm.
