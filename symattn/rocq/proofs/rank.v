(* rank_bound *)
split; first exact: mxrankM_maxl.
split; first by rewrite (leq_trans (mxrankM_maxr _ _)) // mxrank_tr.
split; first exact: rank_leq_col.
split; first exact: rank_leq_row.
split; first exact: mulmx_max_rank.
by rewrite -mulmxA mulmx_max_rank.

(* full_rank_iff *)
split=> [r | [L E]].
  have full : row_full Q by rewrite /row_full eqn_leq rank_leq_col.
  by have /row_fullP[L E] := full; exists L.
by have := mxrankM_maxr L Q; rewrite E mxrank1.

(* rank_full *)
case=> [[L LE] [M ME]].
have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul ME tr_identity.
by apply: (@rank_ge _ _ _ _ L _ M^T); rewrite !mulmxA LE mul1mx MK.

(* rank_sylvester *)
have rA : \rank A = (a + t)%N.
  by apply/eqP; rewrite eqn_leq rank_leq_row; have := mxrankM_maxl A R; rewrite given_1 mxrank1.
have rB : \rank B = (b + t)%N.
  by apply/eqP; rewrite eqn_leq rank_leq_col; have := mxrankM_maxr S B; rewrite given_2 mxrank1.
have := mxrank_mul_min A B; rewrite rA rB.
by have -> : (a + t + (b + t) - (a + b + t) = t)%N by rewrite addnACA addnA addKn.

(* rank_generic *)
split; last split; blocks; rewrite ?mxrank1 //.
by apply: (@rank_ge _ _ _ _ (row_mx 1%:M 0) _ (col_mx 1%:M 0)); blocks.

(* rank_factorization_exists *)
split=> [[Q [K ->]] | rk]; first exact: mulmx_max_rank.
exists (col_base W *m pid_mx (\rank W)), (pid_mx (\rank W) *m row_base W)^T.
by rewrite trmxK mulmxA -(mulmxA (col_base W)) pid_mx_id // pid_mx_1 mulmx1 mulmx_base.

(* rank_factorization_wide *)
by blocks.

(* gauge_invariance *)
have CE : Q *m C *m (K *m trmx (invmx C))^T = Q *m K^T by rewrite trmx_mul trmxK mulmxA mulmxK.
split=> //.
have -> : X *m Q *m C *m trmx (K *m trmx (invmx C)) = X *m Q *m K^T by rewrite -!mulmxA (mulmxA Q) CE.
by rewrite -!mulmxA (mulmxA B) mulmxV // mul1mx.

(* gauge_uniqueness *)
move=> E; split; last by move=> [-> /(congr1 (fun Z => L *m Z))]; rewrite !mulmxA given_1 !mul1mx.
have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul given_2 tr_identity.
have MK' : K'^T *m M'^T = 1%:M by rewrite -trmx_mul given_4 tr_identity.
exists (K^T *m M'^T), (L' *m Q).
have QE : Q' = Q *m (K^T *m M'^T) by rewrite mulmxA E -mulmxA MK' mulmx1.
have KE : K'^T = L' *m Q *m K^T by rewrite -mulmxA E mulmxA given_3 mul1mx.
have KE' : K' = K *m (L' *m Q)^T by rewrite -[LHS]trmxK KE [LHS]trmx_mul trmxK.
split=> //; split=> //.
have HG : L' *m Q *m (K^T *m M'^T) = 1%:M by rewrite -mulmxA -QE given_3.
by split=> //; apply: mulmx1C.

(* gauge_uniqueness_false *)
case: d d_min => [|d] // _; case: k k_min => [|k] // _.
exists (zeros RR d.+1 k.+1), (zeros RR d.+1 k.+1), (zeros RR d.+1 k.+1), ((unit_row RR d.+1 0)^T *m unit_row RR k.+1 0).
split=> [|H]; rewrite /zeros !mul0mx //.
rewrite !(unit_rowE _ 0) trmx_delta mul_delta_mx => /matrixP/(_ 0 0)/eqP.
by rewrite !mxE oner_eq0.

(* gauge_differential *)
have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul given_2 tr_identity.
split; last by rewrite /zeros => /(congr1 (fun Z => L *m Z)); rewrite !mulmxA given_1 mul1mx mulmx0.
split=> [E | [B [-> ->]]].
  exists (- (dK^T *m M^T)).
  have dQE : dQ *m K^T = - (Q *m dK^T) by apply/eqP; rewrite -addr_eq0 E.
  have dQE' : dQ = - (Q *m dK^T *m M^T) by rewrite -[LHS]mulmx1 -MK mulmxA dQE mulNmx.
  split; first by rewrite dQE' mulmxN mulmxA.
  rewrite tr_opp mulmxN opprK trmx_mul !trmxK.
  have := congr1 (fun Z => L *m Z) dQE; rewrite dQE' mulNmx !mulmxN !mulmxA given_1 !mul1mx => /oppr_inj.
  by move/(congr1 trmx); rewrite trmxK !trmx_mul !trmxK => E1; rewrite -[LHS]E1 mulmxA.
by rewrite tr_opp trmx_mul trmxK mulmxN -mulmxA subrr.

(* gauge_image *)
rewrite tr_sub trmx_mul tr_identity /identity /zeros.
have NQ : (1%:M - Q *m L) *m Q = 0 by rewrite mulmxBl mul1mx given_1 subrr.
have NK : K^T *m (1%:M - M^T *m K^T) = 0.
  by rewrite mulmxBr mulmx1 -trmx_mul -trmx_mul given_2 subrr.
split=> [[dQ [dK ->]] | E].
  have -> : (1%:M - Q *m L) *m (dQ *m K^T + Q *m dK^T) = (1%:M - Q *m L) *m dQ *m K^T.
    by rewrite mulmxDr !mulmxA NQ mul0mx addr0.
  by rewrite -!mulmxA NK !mulmx0.
exists (N *m M^T), (trmx (N - N *m M^T *m K^T) *m L^T).
move: E; rewrite mulmxBl mul1mx mulmxBl => /eqP; rewrite subr_eq0 => /eqP E.
rewrite trmx_mul !trmxK; have -> : N - N *m M^T *m K^T = N *m (1%:M - M^T *m K^T) by rewrite mulmxBr mulmx1 mulmxA.
by rewrite mulmxA mulmxA -E mulmxBr mulmx1 mulmxA addrC subrK.

(* thin_determinant *)
by apply: det_thin; rewrite addn1 ltnS leq_addr.

(* minors_are_zero *)
have lt : (k < k + p + 1)%N by rewrite addn1 ltnS leq_addr.
split; first by rewrite -mulmxA det_thin.
by rewrite -2!mulmxA (mulmxA K^T) -!mulmxA (mulmxA P') (mulmxA _ Q) det_thin.

(* minors_factor *)
by rewrite -!mulmxA mulmxA det_mulmx.

(* minors_cauchy_binet *)
set A := P *m Q; set B := K^T *m R.
rewrite -[_ *m R]mulmxA -/A -/B /identity /zeros -/(block_mx 0 A (- B) 1%:M).
have : block_mx 0 A (- B) 1%:M *m block_mx 1%:M 0 B 1%:M = block_mx (A *m B) A 0 1%:M.
  by rewrite mulmx_block !(mulmx1, mul1mx, mulmx0, mul0mx, add0r, addr0) addNr.
by move/(congr1 determinant); rewrite det_mulmx det_lblock det_ublock !det1 !mulr1.

(* minors_vanish *)
move=> E; have := mulmx_max_rank (P *m Q) (K^T *m R); rewrite !mulmxA E mxrank1.
by rewrite leqNgt -{1}[k]addn0 ltn_add2l q_min.

(* charpoly_swap *)
exact: det_swap.

(* sylvester_determinant *)
have := det_swap 1 Q (- K^T); rewrite !expr1n !mul1r !scale1r mulmxN mulNmx !opprK.
by rewrite [X in \det X]addrC => ->; rewrite addrC.

(* schur_determinant *)
have E : block_mx S B' C' D' = block_mx S 0 C' 1%:M *m block_mx 1%:M (invmx S *m B') 0 (D' - C' *m invmx S *m B').
  rewrite mulmx_block !(mulmx0, mul0mx, mulmx1, mul1mx, addr0) !mulmxA mulmxV // mul1mx.
  by rewrite [C' *m _ *m _ + _]addrC subrK.
by rewrite -[col_mx _ _]/(block_mx S B' C' D') E det_mulmx det_lblock det_ublock !det1 mulr1 mul1r.

(* low_rank_determinant *)
have E : S + Q *m K^T = S *m (1%:M + invmx S *m Q *m K^T) by rewrite mulmxDr mulmx1 !mulmxA mulmxV // mul1mx.
rewrite E det_mulmx; congr (_ * _).
have := det_swap 1 (invmx S *m Q) (- K^T); rewrite !expr1n !mul1r !scale1r mulmxN mulNmx !opprK.
by rewrite [X in \det X]addrC => ->; rewrite mulmxA.

(* rank_one_determinant *)
have E : S + x *m y^T = S *m (1%:M + invmx S *m x *m y^T) by rewrite mulmxDr mulmx1 !mulmxA mulmxV // mul1mx.
rewrite E det_mulmx; congr (_ * _).
have := det_swap 1 (invmx S *m x) (- y^T); rewrite !expr1n !mul1r !scale1r mulmxN mulNmx !opprK.
rewrite [X in \det X]addrC => ->; rewrite mulmxA det_mx11 /mxtrace big_ord1 !mxE eqxx; congr (_ + _).

(* charpoly_circuit *)
by have := det_swap lambda (E *m V) (O *m U); rewrite !mulmxA.

(* spectrum_swap *)
split; first exact: mxtrace_mulC.
split; first by rewrite -!mulmxA mxtrace_mulC -!mulmxA.
by move=> E; rewrite -!mulmxA; have := congr1 (fun Z => K^T *m Z) E; rewrite -scalemxAr !mulmxA.

(* eckart_young_frobenius *)
have [P [M [PT PP PQ _ trP]]] := column_projection Q.
rewrite addrC in given_8; have PA : P *m (Q *m K^T) = Q *m K^T by rewrite mulmxA PQ.
exact: (distance_least given_1 given_2 given_3 given_4 given_5 given_6 given_7 given_8 PT PP PA trP).

(* eckart_young_attained *)
rewrite addrAC subrr add0r total_hadamard !trmx_mul trmxK tr_diag_row !mulmxA -(mulmxA _ V'^T) given_4 mulmx1.
by rewrite -!mulmxA mxtrace_mulC -!mulmxA given_3 mulmx1 trace_diag_row.

(* best_form_is_unique *)
have [P [M [PT PP PQ _ trP]]] := column_projection Q.
rewrite addrC in given_8; have PA : P *m (Q *m K^T) = Q *m K^T by rewrite mulmxA PQ.
exact: (distance_unique given_1 given_2 given_3 given_4 given_5 given_6 given_7 given_8 PT PP PA trP).

(* best_form_may_be_two *)
rewrite /identity /zeros in given_1 given_2 given_3 given_4 given_5 given_6 given_7.
have up5 : u'^T *m u = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_5 trmx0.
have one (x y : 'M[RR]_(d, 1)) : x^T *m x = 1%:M -> y^T *m y = 1%:M -> \tr (y *m x^T *m x *m y^T) = 1.
  by move=> xx yy; rewrite -(mulmxA y) xx mulmx1 mxtrace_mulC yy mxtrace1.
have seen (x y : 'M[RR]_(d, 1)) : x^T *m x = 1%:M -> y^T *m y = 1%:M -> x^T *m E = 0 ->
    total (hadamard (E + b *: (x *m y^T)) (E + b *: (x *m y^T))) = b ^+ 2 + \tr (E^T *m E).
  move=> xx yy xE; have Ex : E^T *m x = 0 by rewrite -[LHS]trmxK trmx_mul trmxK xE trmx0.
  rewrite total_gram; mxnorm; rewrite -!(mulmxA y x^T E) xE Ex !(mulmx0, mul0mx, scaler0, addr0, add0r).
  by rewrite addrC linearD !linearZ /= one // mulr1 expr2.
split; first by rewrite !seen.
rewrite total_gram; mxnorm; rewrite -!(mulmxA _ u^T u') -!(mulmxA _ u'^T u) given_5 up5.
rewrite !(mulmx0, mul0mx, scaler0, subr0, sub0r, scalerN, opprK) linearD !linearZ /= !one // !mulr1 expr2; ring.

(* projection_exists *)
have [P [M [PT PP PQ PM trP]]] := column_projection Q.
by exists P, M.

(* rank_of_gram *)
have [P [M [PT _ PQ PM _]]] := column_projection Q.
have QE : Q = M^T *m (Q^T *m Q) by rewrite mulmxA -trmx_mul -PM PT PQ.
by apply/eqP; rewrite eqn_leq mxrankM_maxr {1}QE mxrankM_maxr.

(* mirsky_attained *)
rewrite /identity /zeros in given_1 given_2 given_3 given_4 given_5 given_6 *.
have up5 : U'^T *m U = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_5 trmx0.
have up6 : V'^T *m V = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_6 trmx0.
pose S := diag_row (s - e); pose T := diag_row t; pose G := diag_row f; pose D := diag_row h.
have SS : S *m S = b ^+ 2 *: 1%:M - G *m G.
  by rewrite !diag_rowM -diag_row_level -given_8 diag_rowD addrK.
have TT : T *m T = b ^+ 2 *: 1%:M - D *m D.
  by rewrite !diag_rowM -diag_row_level -given_7 diag_rowD addrK.
have SE : S = diag_row s - diag_row e by rewrite /S diag_rowD diag_rowN.
pose E := U *m S *m V^T + U' *m T *m V'^T.
rewrite [X in psd (_ - X *m _)](_ : _ = E); last by rewrite /E SE /T; mxring.
rewrite [X in psd (_ - E *m X)](_ : _ = E^T); last by rewrite /E SE /T; mxring.
have EE : E *m E^T = U *m (S *m S) *m U^T + U' *m (T *m T) *m U'^T.
  rewrite /E tr_add !trmx_mul !trmxK !tr_diag_row !(mulmxDl, mulmxDr) !mulmxA.
  by rewrite -!(mulmxA _ V^T) -!(mulmxA _ V'^T) given_2 given_4 given_6 up6
    !(mulmx1, mulmx0, mul0mx, addr0, add0r).
pose R := 1%:M - U *m U^T - U' *m U'^T.
have RR' : R *m R^T = R.
  rewrite /R; mxnorm.
  rewrite -!(mulmxA _ U^T U) -!(mulmxA _ U'^T U') -!(mulmxA _ U^T U') -!(mulmxA _ U'^T U).
  by rewrite given_1 given_3 given_5 up5 !(mulmx1, mulmx0, mul0mx); mxring.
rewrite (_ : _ - _ = b ^+ 2 *: (R *m R^T) + (U *m G) *m (U *m G)^T + (U' *m D) *m (U' *m D)^T).
  by apply: psdD; [apply: psdD; [apply: psdZ; [exact: sqr_ge0 | exact: gram_psd] | ] |]; exact: gram_psd.
by rewrite RR' EE SS TT /R !trmx_mul !tr_diag_row -/G -/D; mxring.

(* mirsky_operator *)
move=> [_ bound]; rewrite /identity /zeros in given_1 given_2 given_3 bound.
have [|z z0 zQ] := @thin_kernel _ (k + 1) k (U^T *m Q); first by rewrite addn1.
pose S := diag_row s; pose G := diag_row g; pose x := z *m U^T.
have SS : S *m S = b ^+ 2 *: 1%:M + G *m G by rewrite !diag_rowM given_4 diag_rowD diag_row_level.
have xx : x *m x^T = z *m z^T by rewrite /x trmx_mul trmxK mulmxA -(mulmxA z) given_1 mulmx1.
have xU : x *m U = z by rewrite /x -mulmxA given_1 mulmx1.
have xU' : x *m U' = 0 by rewrite /x -mulmxA given_3 mulmx0.
have xQ : x *m Q = 0 by rewrite /x -mulmxA zQ.
have := bound x; set E := U *m S *m V^T + U' *m diag_row t *m V'^T - Q *m K^T.
rewrite [X in E *m X](_ : _ = E^T); last by rewrite /E; mxring.
have xE : x *m E = z *m S *m V^T by rewrite /E mulmxBr mulmxDr !mulmxA xU xU' xQ !mul0mx addr0 subr0.
clearbody E x.
have -> : x *m (c *: 1%:M - E *m E^T) *m x^T = c *: (x *m x^T) - x *m E *m (x *m E)^T by mxring.
have -> : x *m E *m (x *m E)^T = b ^+ 2 *: (z *m z^T) + (z *m G) *m (z *m G)^T.
  rewrite xE !trmx_mul trmxK !mulmxA -(mulmxA _ V^T) given_2 mulmx1 !tr_diag_row -(mulmxA z) SS -/G.
  by clearbody G S; mxring.
rewrite xx totalB totalD !totalZ opprD addrA -mulrBl => low.
have zz : 0 < total (z *m z^T).
  rewrite lt_def gram_ge0 andbT; apply: contra z0 => /eqP zz; apply/eqP/square_total_eq0.
  by rewrite total_hadamard /mxtrace big_ord1 -total11.
rewrite -subr_ge0 -(pmulr_lge0 _ zz); apply: le_trans low _.
by rewrite -[X in _ <= X]addr0 ler_add2l oppr_le0 gram_ge0.

(* balanced_gauge *)
have RO : R^T *m R = 1%:M by apply: mulmx1C.
have E : total (hadamard Q Q) + total (hadamard K K) - 2%:R * \tr (R^T *m Q *m K^T) = total (hadamard (R^T *m Q - K) (R^T *m Q - K)).
  rewrite !total_hadamard tr_sub !trmx_mul trmxK mulmxBl !mulmxBr !linearB /=.
  have -> : \tr (R^T *m Q *m (Q^T *m R)) = \tr (Q *m Q^T).
    by rewrite mxtrace_mulC mulmxA -(mulmxA _ R) R_orthogonal mulmx1 mxtrace_mulC.
  have -> : \tr (K *m (Q^T *m R)) = \tr (R^T *m Q *m K^T) by rewrite -mxtrace_tr !trmx_mul !trmxK.
  ering.
split=> //; split.
  by rewrite -subr_ge0 E square_total_ge0.
by move=> ->; rewrite trmx_mul trmxK mulmxA -(mulmxA _ R) R_orthogonal mulmx1.

(* nuclear_norm_bound *)
by rewrite -subr_ge0 (norms_gap given_1 given_2 given_3) !addr_ge0 // square_total_ge0.

(* nuclear_norm_attained *)
split; first by rewrite tr_diag_row.
split; last by rewrite -!(mulmxA _ U^T) given_1 -!(mulmxA _ V^T) given_2.
rewrite !total_hadamard !trmx_mul !tr_diag_row [X in X + _]mxtrace_mulC [X in _ + X]mxtrace_mulC !mulmxA.
rewrite -!(mulmxA _ U^T) given_1 -!(mulmxA _ V^T) given_2 !mulmx1 !trace_diag_row.
by rewrite -total_hadamard mulr_natl mulr2n.

(* balanced_iff_least *)
have gap := norms_gap given_1 given_2 given_3; split=> [least | bal].
  move: gap; rewrite least subrr => /esym/eqP.
  rewrite paddr_eq0 ?addr_ge0 ?square_total_ge0 // => /andP[]; rewrite paddr_eq0 ?square_total_ge0 // => /andP[].
  move=> /eqP/square_total_eq0 across /eqP/square_total_eq0 on_Q /eqP/square_total_eq0 on_K.
  move/eqP: on_Q; rewrite subr_eq0 => /eqP QE; move/eqP: on_K; rewrite subr_eq0 => /eqP KE.
  move/eqP: across; rewrite subr_eq0 => /eqP same.
  have QQ : Q^T *m Q = (U^T *m Q)^T *m (U^T *m Q) by rewrite {2}QE; mxring.
  have KK : K^T *m K = (V^T *m K)^T *m (V^T *m K) by rewrite {2}KE; mxring.
  by rewrite QQ KK same.
pose D := diag_row s; pose B := U *m (D *m D) *m U^T; pose A := Q *m Q^T; pose g := A - B.
have AT : A^T = A by rewrite /A trmx_mul trmxK.
have BT : B^T = B by rewrite /B !trmx_mul trmxK !tr_diag_row !mulmxA.
have gT : g^T = g by rewrite /g tr_sub AT BT.
have squares : A *m A = B *m B.
  have -> : A *m A = Q *m K^T *m (Q *m K^T)^T by rewrite /A trmx_mul trmxK !mulmxA -(mulmxA Q) bal !mulmxA.
  rewrite given_3 /B !trmx_mul trmxK !tr_diag_row -/D !mulmxA.
  by rewrite -!(mulmxA _ V^T V) given_2 -!(mulmxA _ U^T U) given_1.
have none : total (hadamard (Q^T *m g) (Q^T *m g)) + total (hadamard (D *m U^T *m g) (D *m U^T *m g)) = 0.
  rewrite !total_gram !trmx_mul !trmxK gT tr_diag_row -/D -linearD /=.
  have -> : g *m Q *m (Q^T *m g) + g *m (U *m D) *m (D *m U^T *m g) = g *m A *m g + g *m B *m g by rewrite /A /B; mxring.
  have -> : g *m A *m g + g *m B *m g = (B *m A *m B - A *m A *m A) + (A *m B *m A - B *m A *m A).
    by rewrite /g !(mulmxBl, mulmxBr) -(mulmxA A B B) -squares !mulmxA; mxring.
  rewrite linearD !linearB /= [\tr (B *m A *m B)]mxtrace_mulC mulmxA -squares subrr add0r.
  by rewrite [\tr (A *m B *m A)]mxtrace_mulC mulmxA mxtrace_mulC !mulmxA subrr.
move/eqP: none; rewrite paddr_eq0 ?square_total_ge0 // => /andP[/eqP/square_total_eq0 Qg /eqP/square_total_eq0 Dg].
have g0 : g = 0.
  apply: square_total_eq0; rewrite total_hadamard gT {1}/g mulmxBl /A /B.
  rewrite -(mulmxA Q) Qg mulmx0 sub0r (_ : U *m (D *m D) *m U^T *m g = U *m D *m (D *m U^T *m g)); last by rewrite !mulmxA.
  by rewrite Dg mulmx0 oppr0 linear0.
have half : total (hadamard Q Q) = total (hadamard s s).
  rewrite total_hadamard -/A; move/eqP: g0; rewrite subr_eq0 => /eqP ->.
  by rewrite /B mxtrace_mulC !mulmxA given_1 mul1mx trace_diag_row.
have -> : total (hadamard K K) = total (hadamard Q Q) by rewrite !total_gram bal.
by rewrite half mulr_natl mulr2n.

(* param_breakeven *)
have k0 : 0 < k%:R :> RR by rewrite ltr0n.
have d0 : 0 < d%:R :> RR by rewrite ltr0n.
have H0 : 0 < H%:R :> RR by rewrite ltr0n.
split; [|split].
- have -> : d%:R ^+ 2 - 2%:R * d%:R * k%:R = d%:R * (d%:R - 2%:R * k%:R) :> RR by ring.
  by rewrite pmulr_rgt0.
- ring.
have -> : H%:R ^+ 3 * k%:R ^+ 2 - 2%:R * H%:R ^+ 2 * k%:R ^+ 2 = (H%:R * k%:R) ^+ 2 * (H%:R - 2%:R) :> RR by ring.
by rewrite pmulr_rgt0 // exprn_gt0 // mulr_gt0.

(* flop_breakeven *)
have k0 : 0 < k%:R :> RR by rewrite ltr0n.
have d0 : 0 < d%:R :> RR by rewrite ltr0n.
have n0 : 0 < n%:R :> RR by rewrite ltr0n.
move: (k%:R) (d%:R) (n%:R) k0 d0 n0 => K D N K0 D0 N0.
split; [|split] => [|H|H].
- rewrite [X in (0 < X) <-> _](_ : _ = N * ((D + N) * D - (2%:R * D + N) * K)); last by ring.
  by rewrite pmulr_rgt0.
- rewrite [X in 0 < X](_ : _ = N * (D * (D - 2%:R * K) + N * (D - 2%:R * K) + N * K)); last by ring.
  rewrite pmulr_rgt0 // ltr_paddl ?mulr_gt0 // addr_ge0 //.
    by rewrite mulr_ge0 ?subr_ge0 // ltW.
  by rewrite mulr_ge0 ?subr_ge0 // ltW.
rewrite -subr_ge0 [X in 0 <= X](_ : _ = N * ((N + D) * (K - D) + D * K)); last by ring.
apply: mulr_ge0; first exact: ltW.
apply: addr_ge0; last by apply: mulr_ge0; apply: ltW.
by apply: mulr_ge0; rewrite ?subr_ge0 // addr_ge0 // ltW.

(* score_matrix_rank *)
split; first by rewrite -!mulmxA mxrankM_maxl.
split; first by rewrite (leq_trans (mxrankM_maxl _ _)) // -mulmxA mxrankM_maxr.
split; first by rewrite -(mulmxA _ K^T) mulmx_max_rank.
split; first by rewrite -!mulmxA mulmx_max_rank.
split; first exact: rank_leq_row.
apply: (@rank_ge _ _ _ _ (row_mx 1%:M 0) _ (col_mx 1%:M 0)).
by do 3![blocks; rewrite -?mulmxA].

(* score_rank_not_attention_rank *)
exists (\matrix_(i, _) i%:R); split; first exact: mulmx_max_rank.
by rewrite (rank_softmax_counting ex_laws) // => i; rewrite !mxE.

(* multihead_rank *)
have E : \sum_(h < H) Q h *m (K h)^T = concat_heads (fun h => Q h) *m (concat_heads (fun h => K h))^T.
  by rewrite tr_concat concat_stack.
by split=> //; rewrite E mulmx_max_rank.

(* pattern_has_scores *)
move=> P1; apply/matrixP => i j; rewrite softmaxE mxE (expK lg_laws) //.
have -> : norm ex (map_mx lg P) i = 1.
  have := congr1 (fun M : 'M[RR]_(n, 1) => M i 0) P1; rewrite !mxE => <-.
  by apply: eq_bigr => l _; rewrite !mxE (expK lg_laws) ?mulr1.
by rewrite divr1.

(* lowrank_bottleneck_exact *)
pose z := Ordinal n_min.
have n0 : n%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
have C1 : (identity RR n - n%:R^-1 *: ones RR n n) *m ones RR n 1 = 0.
  apply/matrixP => i j; rewrite mulmxBl mul1mx -scalemxAl -rowsumE !mxE; under eq_bigr do rewrite mxE.
  by rewrite sumr_const card_ord mulVf // subrr.
have CL (S : 'M[RR]_(n, n)) : S *m (identity RR n - n%:R^-1 *: ones RR n n) = S - (n%:R^-1 *: rowsum S) *m ones RR 1 n.
  rewrite mulmxBr mulmx1 mul_scale_r rowsumE -!scalemxAl -mulmxA; congr (_ - _ *: (_ *m _)).
  by apply/matrixP => i j; rewrite outer11 !onesE mulr1.
split=> [[Q [K E]] | rk].
  have SE : L = (X *m Q *m K^T *m X^T) + (\matrix_(i, _) (L i z - (X *m Q *m K^T *m X^T) i z) : 'M[RR]_(n, 1)) *m ones RR 1 n.
    apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 [X in _ + X]mxE.
    by apply: (softmax_same ex_laws).
  set c := (\matrix_(i, _) _) in SE; rewrite SE mulmxDl.
  have -> : c *m ones RR 1 n *m (identity RR n - n%:R^-1 *: ones RR n n) = 0.
    rewrite -mulmxA; have -> : ones RR 1 n *m (identity RR n - n%:R^-1 *: ones RR n n) = 0.
      rewrite -[LHS]trmxK trmx_mul tr_sub tr_scale !tr_ones /identity trmx1 C1 trmx0 //.
    by rewrite mulmx0.
  by rewrite addr0 -(mulmxA _ K^T) -(mulmxA (X *m Q)) mulmx_max_rank.
have [A [B AB]] := factor rk.
exists (Y *m A), (Y *m B).
have -> : X *m (Y *m A) *m (Y *m B)^T *m X^T = A *m B^T.
  by rewrite !mulmxA given_1 mul1mx -!mulmxA -trmx_mul mulmxA given_1 mul1mx.
rewrite -AB CL -[RHS](softmax_row_shift ex_laws _ (- (n%:R^-1 *: rowsum L))).
by rewrite mulNmx addrC.

(* lowrank_bottleneck_bound *)
have /charf0P c0 := char_0.
have m0 : 1 + m%:R != 0 :> RR by rewrite -(natrD _ 1) c0.
have lt : (\rank (row_mx A b *m (identity RR (m + 1) - (1 + m%:R)^-1 *: ones RR (m + 1) (m + 1))) < m + 1)%N.
  apply: (@rank_lt _ _ _ (ones RR (m + 1) 1)).
    by apply/eqP => /matrixP/(_ (rshift m 0) 0)/eqP; rewrite !mxE oner_eq0.
  rewrite -mulmxA mulmxBl mul1mx -scalemxAl; have -> : ones RR (m + 1) (m + 1) *m ones RR (m + 1) 1 = (1 + m%:R) *: ones RR (m + 1) 1.
    apply/matrixP => i j; rewrite -rowsumE !mxE; under eq_bigr do rewrite mxE.
    by rewrite sumr_const card_ord mulr1 natrD addrC.
  by rewrite scalerA mulVf // scale1r subrr mulmx0.
by rewrite -ltnS -[X in (_ < X)%N]addn1.

(* visible_block_bound *)
pose A := X *m Q *m K^T *m Y^T; pose j0 : 'I_a := Ordinal a_min.
have E i j : ex (L i j) = g i 0 * ex (A i j).
  by have /matrixP/(_ i j) := given_1; rewrite mul_diag_col !mxE.
have LE : L = A + (\matrix_(i, _) (L i j0 - A i j0) : 'M_(b, 1)) *m ones RR 1 a.
  apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 [X in _ + X]mxE; apply: (exp_injective ex_laws).
  by rewrite (expD ex_laws) (expB ex_laws) !E mulfK ?(exp_neq0 ex_laws) // mulrC.
have one0 : ones RR 1 a *m (identity RR a - (a%:R)^-1 *: ones RR a a) = 0.
  rewrite mulmxBr mulmx1 mul_scale_r; apply/matrixP => i j; rewrite !mxE.
  under eq_bigr do rewrite !mxE mulr1.
  by rewrite sumr_const card_ord mulVf ?subrr // pnatr_eq0 -lt0n.
rewrite LE mulmxDl -[X in _ + X]mulmxA one0 mulmx0 addr0 /A -!mulmxA mulmxA.
exact: mulmx_max_rank.

(* visible_block_attained *)
pose B : 'M[RR]_(m + 1, m) := col_mx 1%:M (- ones RR 1 m).
apply: (@rank_ge _ _ _ _ 1%:M _ B); rewrite mul1mx -mulmxA mulmxBl mul1mx.
have -> : ((1 + m%:R)^-1 *: ones RR (m + 1) (m + 1)) *m B = 0.
  rewrite mul_scale_l [X in _ *: X](_ : _ = 0) ?scaler0 //; apply/matrixP => i j.
  rewrite mxE big_split_ord big_ord1 /= [RHS]mxE /B col_mxEd !mxE mulrN mulr1 (bigD1 j) //= big1 => [|l /negPf ne].
    by rewrite col_mxEu !mxE eqxx mulr1 addr0 subrr.
  by rewrite col_mxEu !mxE ne mulr0.
by rewrite subr0 mul_row_col mul1mx mul0mx addr0.

(* hard_pattern_k2 *)
split; last by rewrite (leq_trans (mulmx_max_rank _ _)).
apply/matrixP => i j; rewrite tr_row_mx mul_row_col tr_opp; do ![rewrite mxE | rewrite big_ord1]; ering.

(* lowrank_bottleneck_causal_generic *)
have size : (2 * p + r + 2 = (p + r + 1) + (p + 1))%N by rewrite mul2n -addnn !(addnS, addSn, addn0) addnAC.
have wide : (2 * p + r + 2 = 1 + ((p + 1) + (p + r)))%N by rewrite mul2n -addnn !(addnS, addSn, addn0, add0n) addnA.
pose late (a : 'I_(p + 1)) : 'I_(2 * p + r + 2) := cast_ord (esym size) (rshift (p + r + 1) a).
have fits (j : 'I_(p + 1)) : (j.+1 < 2 * p + r + 2)%N.
  by rewrite wide add1n ltnS (leq_trans (ltn_ord j)) // leq_addr.
pose lo (j : 'I_(p + 1)) : 'I_(2 * p + r + 2) := Ordinal (ltnW (fits j)).
pose hi (j : 'I_(p + 1)) : 'I_(2 * p + r + 2) := Ordinal (fits j).
pose L : 'M[RR]_(p + 1, 2 * p + r + 2) := \matrix_(a, l) (l == late a)%:R.
pose E : 'M[RR]_(2 * p + r + 2, p + 1) := \matrix_(l, j) ((l == hi j)%:R - (l == lo j)%:R).
have pick X a j : (L *m X *m E) a j = X (late a) (hi j) - X (late a) (lo j).
  rewrite mxE; have row l : (L *m X) a l = X (late a) l.
    by rewrite mxE; under eq_bigr do rewrite mxE; rewrite sum_at.
  under eq_bigr do rewrite row mxE mulrBr mulrC [X in _ - X]mulrC.
  by rewrite sumrB !sum_at.
have seen a (l : 'I_(2 * p + r + 2)) : (l <= p + 1)%N -> order_mx RR (2 * p + r + 2) (2 * p + r + 2) 0 0 (late a) l = 1.
  move=> le; rewrite mxE !addn0 (leq_trans le) // (leq_trans _ (leq_addr _ _)) //.
  by rewrite leq_add2r leq_addr.
have same : L *m S *m E = L *m T *m E.
  apply/matrixP => a j; rewrite !pick; apply: (masked_same ex_laws _ _ _ given_1); first by move=> l; rewrite mxE ler0n.
    by apply: seen; rewrite /= ltn_ord.
  by apply: seen; rewrite /= ltnW.
apply: (@rank_ge _ _ _ _ (R *m L) _ E); rewrite -!mulmxA mulmxA -mulmxA (mulmxA L) same -/(identity _ _) -given_2.
rewrite -!mulmxA; congr (R *m _); apply/matrixP => a j; rewrite [in LHS]mulmxA pick last_rows [RHS]mxE.
have wider : (2 * p + r + 2 = (p + 1) + (p + r + 1))%N by rewrite size addnC.
have picked c : resize (2 * p + r + 2) (p + 1) ((row_mx (zeros RR (p + 1) 1)
    (row_mx (identity RR (p + 1)) (zeros RR (p + 1) (p + r))))^T - resize (1 + (p + 1 + (p + r))) (p + 1)
    (row_mx (identity RR (p + 1)) (zeros RR (p + 1) (p + r + 1)))^T) c j = (c == hi j)%:R - (c == lo j)%:R.
  rewrite (resizeE _ (i' := cast_ord wide c) (j' := j)) // [LHS]mxE [X in _ + X]mxE [_^T _ _]mxE second_places.
  by rewrite (resizeE _ (i' := cast_ord wider c) (j' := j)) // [_^T _ _]mxE first_places.
have low c : resize ((p + r + 1) + (p + 1)) (2 * p + r + 2) T (rshift (p + r + 1) a) c = T (late a) c.
  exact: resizeE.
under eq_bigr do rewrite picked low mulrBr mulrC [X in _ - X]mulrC.
by rewrite sumrB !sum_at.

(* lowrank_bottleneck_causal_lower *)
have fits (j : 'I_(p + 1)) : (j.+1 < 2 * p + r + 2)%N.
  have big : (p.+2 <= 2 * p + r + 2)%N by rewrite addn2 !ltnS mul2n -addnn -addnA leq_addr.
  by apply: leq_trans big; have := ltn_ord j; rewrite [X in (_ < X)%N -> _]addn1.
have lies (a : 'I_(p + 1)) : (p + r + 1 + a < 2 * p + r + 2)%N.
  rewrite mul2n -addnn (leq_trans (n := p + r + 1 + (p + 1))) ?ltn_add2l //.
  by rewrite !(addnS, addSn, addn0) addnAC.
pose late a : 'I_(2 * p + r + 2) := Ordinal (lies a).
pose lo (j : 'I_(p + 1)) : 'I_(2 * p + r + 2) := Ordinal (ltnW (fits j)).
pose hi (j : 'I_(p + 1)) : 'I_(2 * p + r + 2) := Ordinal (fits j).
pose L : 'M[RR]_(p + 1, 2 * p + r + 2) := \matrix_(a, l) (l == late a)%:R.
pose E : 'M[RR]_(2 * p + r + 2, p + 1) := \matrix_(l, j) ((l == lo j)%:R - (l == hi j)%:R).
apply: (@rank_ge _ _ _ _ L _ E); apply/matrixP => a j; rewrite mxE.
have row l : (L *m S) a l = S (late a) l by rewrite mxE; under eq_bigr do rewrite mxE; rewrite sum_at.
under eq_bigr do rewrite row mxE mulrBr mulrC [X in _ - X]mulrC.
rewrite sumrB !sum_at.
have seen (l : 'I_(2 * p + r + 2)) : (l <= p + 1)%N ->
    order_mx RR (2 * p + r + 2) (2 * p + r + 2) 0 0 (late a) l = 1.
  move=> le; rewrite mxE !addn0 (leq_trans le) // (leq_trans _ (leq_addr _ _)) //.
  by rewrite leq_add2r leq_addr.
rewrite (masked_same ex_laws _ _ _ given_1) => [| l | |]; last 1 first.
- by apply: seen; rewrite /= ltn_ord.
- rewrite !mxE /= !addn0 -val_eqE /= [(j + _)%N]addnC [(j.+1 + _)%N]addnC !leq_add2l leq_eqVlt.
  have -> : (a == j :> nat) = (j == a :> nat) by rewrite eq_sym.
  by case: (ltngtP j a) => _; rewrite ?subrr ?subr0.
- by rewrite mxE ler0n.
by apply: seen; rewrite /= ltnW.
