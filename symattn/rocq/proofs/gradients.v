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
