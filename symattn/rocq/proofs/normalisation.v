(* layernorm_fold *)
set L := _ *m (identity RR d - _).
have -> : hadamard L (ones RR n 1 *m gamma) = L *m diag_row gamma.
  by apply/matrixP => i j; rewrite mul_mx_diag_row !entriesE mul1r.
by rewrite mulmxDl mulmxDr !mulmxA addrA.

(* layernorm_is_rms_of_centred *)
have d0 : d%:R != 0 :> RR by have /charf0P -> := char_0; rewrite -lt0n.
by rewrite square_of_centred // centre_row.

(* layernorm_center_fold *)
have d0 : d%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
suff -> : x *m (identity RR d - d%:R^-1 *: ones RR d d) = x by split.
by rewrite given_1 mulmx_suml; apply: eq_bigr => h _; rewrite centre_twice.

(* rmsnorm_bounds *)
have d0 : d%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
have r0 : rho ^+ 2 != 0 by rewrite expf_neq0 // lt0r_neq0.
rewrite !hadamardZl hadamardZr !totalZ.
have -> : rho * (rho * total (hadamard x x)) = d%:R * (1 - epsilon * rho ^+ 2).
  have -> : rho * (rho * total (hadamard x x)) =
    d%:R * (rho ^+ 2 * (total (hadamard x x) / d%:R + epsilon) - epsilon * rho ^+ 2) by efield.
  by rewrite given_2.
split=> //; split.
  by rewrite ler_pimulr ?ler0n // ler_subl_addr ler_addl mulr_ge0 ?sqr_ge0.
split=> [|->]; last by rewrite mul0r subr0 mulr1.
rewrite -[RHS]mulr1 => /(mulfI d0)/eqP; rewrite subr_eq addrC -subr_eq subrr eq_sym mulf_eq0 (negPf r0) orbF.
by move/eqP.

(* rmsnorm_jacobian *)
set rho := ex _; pose N := total (hadamard x x) / d%:R + epsilon.
have d0 : d%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
have N0 : 0 < N by rewrite /N addrC add_gt0_ge0 // mulr_ge0 ?square_total_ge0 // invr_ge0 ler0n.
have root : rho * rho * N = 1.
  rewrite -[N](proj2 lg_laws _ N0) /rho -!(expD ex_laws) -/N (_ : _ + _ = 0) ?(exp0 ex_laws) //.
  by move: (lg N) => l; field.
set J := jacobian _ x; have JE : J = rho *: (identity RR d - (rho * rho / d%:R) *: (x^T *m x)).
  apply/matrixP => i j; rewrite /J mxE towards_moving; set A := moving _ _.
  have value_of : value (total (hadamard A A)) = total (hadamard x x).
    by rewrite /total !big_ord1 value_sum; apply: eq_bigr => a _; rewrite !mxE /=.
  have slope_of : slope (total (hadamard A A)) = 2%:R * x 0 j.
    rewrite /total big_ord1 slope_sum (bigD1 j) //= big1 ?addr0 => [|a /negPf ne]; rewrite !mxE /= ?ne ?andbF ?mulr0 ?mul0r ?addr0 //.
    by rewrite !eqxx /= mulr1 mul1r; ring.
  rewrite [in LHS]mxE /= value_of slope_of -/N -/rho !mxE /= big_ord1 !mxE.
  rewrite oppr0 !mul0r mulr0 !addr0 add0r (_ : N^-1 = rho * rho); last first.
    by rewrite -[LHS]mul1r -root mulfK // lt0r_neq0.
  by move: (rho) ((i == j)%:R) => y z; field.
split=> //; rewrite JE mul_scale_l mulmxBl mul1mx mul_scale_l -mulmxA.
have -> : x *m x^T = (total (hadamard x x))%:M.
  apply/matrixP => i j; rewrite !ord1 entry_number mxE /total big_ord1; apply: eq_bigr => a _; by rewrite !mxE.
rewrite mul_mx_scalar -{1}[x^T]scale1r scalerA -scalerBl scalerA; congr (_ *: _).
transitivity (rho * (rho * rho * N - rho * rho / d%:R * total (hadamard x x))); first by rewrite root.
by rewrite /N; move: (rho) (total _) => y z; field.

(* rmsnorm_scale_iff *)
have k1 : sigma * c' + rho != 0 by rewrite lt0r_neq0 // addr_gt0 // mulr_gt0.
have k2 : rho ^+ 2 * sigma ^+ 2 != 0 by rewrite lt0r_neq0 // mulr_gt0 ?exprn_gt0.
have K : (sigma * c' + rho) * (sigma * c' - rho) = rho ^+ 2 * sigma ^+ 2 * (epsilon * (c' ^+ 2 - 1)).
  have A : (sigma * c') ^+ 2 = (sigma * c') ^+ 2 * (rho ^+ 2 * (total (hadamard x x) / d%:R + epsilon)).
    by rewrite given_1 mulr1.
  have B : rho ^+ 2 = rho ^+ 2 * (sigma ^+ 2 * (c' ^+ 2 * total (hadamard x x) / d%:R + epsilon)).
    by rewrite given_2 mulr1.
  by rewrite mulrC -subr_sqr [X in X - _]A [X in _ - X]B; totals; field; rewrite pnatr_eq0 -lt0n.
have S : (sigma * c' + rho) *: ((sigma * c') *: x - rho *: x) =
    (rho ^+ 2 * sigma ^+ 2) *: ((epsilon * (c' ^+ 2 - 1)) *: x) by rewrite -scalerBl !scalerA K.
split=> E; move: S; rewrite E ?subrr /zeros scaler0.
  by move/esym/eqP; rewrite scaler_eq0 (negPf k2) => /eqP.
by move/eqP; rewrite scaler_eq0 (negPf k1) subr_eq0 => /eqP.

(* rmsnorm_along_token *)
have d0 : d%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
have gE : g = (- (rho ^+ 3 / d%:R)) *: x.
  have := congr1 ( *:%R (rho ^+ 2)) given_2; rewrite /zeros scaler0 scalerDr !scalerA given_1 scale1r => /eqP.
  by rewrite addrC addr_eq0 => /eqP ->; rewrite -scaleNr; congr (_ *: _); field.
rewrite gE hadamardZl totalZ -scalerDl; congr (_ *: _).
have A : rho = rho * (rho ^+ 2 * (total (hadamard x x) / d%:R + epsilon)) by rewrite given_1 mulr1.
by rewrite [X in X + _]A; totals; field.

(* softmax1_sink *)
apply/matrixP => i j; rewrite (ord1 i) softmax_read norm_row read_row read1 norm1 !entriesE (exp0 ex_laws) mulr0 add0r.
by rewrite total_exp exp_read mulrC.

(* softmax1_mass *)
have N0 : 0 < 1 + total (map_mx ex s) by rewrite addr_gt0 ?ltr01 // total_exp norm_gt0.
have E : total ((1 + total (map_mx ex s))^-1 *: map_mx ex s) = 1 - (1 + total (map_mx ex s))^-1.
  by rewrite totalZ; move: (total _) N0 => N N0; field; rewrite lt0r_neq0.
rewrite E; split=> //; split=> [i j|]; first by rewrite !entriesE mulr_gt0 ?invr_gt0 ?(exp_gt0 ex_laws).
by rewrite opprB addrC subrK invr_gt0.

(* softmax1_shifted *)
have N0 := norm_gt0 ex_laws s 0 n_min; have E0 := exp_gt0 ex_laws c.
have T : total (map_mx ex (s + c *: ones RR 1 n)) = ex c * norm ex s 0.
  rewrite total_exp /norm mulr_sumr; apply: eq_bigr => l _; by rewrite !entriesE mulr1 (expD ex_laws) mulrC.
have -> : (1 + total (map_mx ex (s + c *: ones RR 1 n)))^-1 *: map_mx ex (s + c *: ones RR 1 n) =
    (ex (- c) + total (map_mx ex s))^-1 *: map_mx ex s.
  rewrite T total_exp; apply/matrixP => i j; rewrite (ord1 i) !entriesE mulr1 (expD ex_laws) (expN ex_laws).
  move: (norm ex s 0) (ex c) N0 E0 => N E N0 E0; move: (ex _) => y; field.
  by rewrite !lt0r_neq0 ?addr_gt0 ?ltr01 ?mulr_gt0.
split=> //; split=> [E | ->]; last by rewrite oppr0 (exp0 ex_laws).
have := congr1 (fun A : 'M[RR]_(1, n) => A 0 (Ordinal n_min)) E; rewrite !entriesE total_exp.
move/(mulIf (exp_neq0 ex_laws _))/invr_inj/addIr; rewrite -(exp0 ex_laws) => /(exp_injective ex_laws)/eqP.
by rewrite oppr_eq0 => /eqP.

(* sink_rescale *)
have N0 := norm_gt0 ex_laws s 0 n_min; have E0 := exp_gt0 ex_laws (a 0 0).
apply/matrixP => i j; rewrite (ord1 i) !entriesE total11 !softmax_read !norm_row !read_row !read1 !norm1 entry_identity.
rewrite mulr1 [read ex s (zeros RR n 1) 0 0]/read big1 => [|l _]; last by rewrite entry_zeros mulr0.
move: (norm ex s 0) (ex (a 0 0)) N0 E0 => N E N0 E0; move: (read _ _ _ _ _) => z; entries; field.
by rewrite !lt0r_neq0 ?addr_gt0.

(* qknorm_logit_bound *)
have B1 j : rowsum (hadamard B B) j 0 = 1 by rewrite given_2 onesE.
split=> i j; rewrite (ord1 i) !entriesE mulr1; have [low high] := unit_score given_1 (B1 j).
  by rewrite -mulrN1 ler_pmul2l.
by rewrite -[leRHS]mulr1 ler_pmul2l.

(* qknorm_weights *)
have B1 j : rowsum (hadamard B B) j 0 = 1 by rewrite given_2 onesE.
have K1 : rowsum (hadamard kappa kappa) 0 0 = 1 by rewrite rowsum_row.
have S j := unit_score given_1 (B1 j); have [kl kh] := unit_score given_1 K1.
have apart l : - (2%:R * g) <= (g *: (q *m B^T)) 0 l - (g *: (q *m kappa^T)) 0 0 <= 2%:R * g.
  have [low high] := S l; rewrite !entry_scale; move: ((q *m _) 0 l) ((q *m _) 0 0) low high kl kh => a b al ah bl bh.
  apply/andP; split; rewrite -subr_ge0.
    have -> : g * a - g * b - - (2%:R * g) = g * ((a - - 1) + (1 - b)) by ring.
    by rewrite mulr_ge0 ?(ltW g_positive) // addr_ge0 // subr_ge0.
  have -> : 2%:R * g - (g * a - g * b) = g * ((1 - a) + (b - - 1)) by ring.
  by rewrite mulr_ge0 ?(ltW g_positive) // addr_ge0 // subr_ge0.
set T := fun l => ex ((g *: (q *m B^T)) 0 l - (g *: (q *m kappa^T)) 0 0).
have T0 : 0 <= \sum_l T l by rewrite sumr_ge0 // => l _; rewrite ltW ?(exp_gt0 ex_laws).
have pos x : 0 <= x -> 0 < 1 + x :> RR by move=> x0; rewrite add_gt0_ge0 ?ltr01.
have m0 y : 0 <= m%:R * ex y by rewrite mulr_ge0 ?ler0n // ltW ?(exp_gt0 ex_laws).
have one y i j : (y *: identity RR 1) i j = y by rewrite entry_scale entry_identity mulr1.
split=> i j; rewrite (weight_of_last ex_laws) one lef_pinv ?posrE ?pos // ler_add2l.
  by rewrite -sum_const ler_sum // => l _; rewrite (ler_exp ex_laws); have /andP[] := apart l.
by rewrite -sum_const ler_sum // => l _; rewrite (ler_exp ex_laws); have /andP[] := apart l.

(* qknorm_entropy *)
have B1 j : rowsum (hadamard B B) j 0 = 1 by rewrite given_2 onesE.
have S j := unit_score given_1 (B1 j); set s := g *: (q *m B^T).
have sE j : s 0 j = g * (q *m B^T) 0 j by rewrite entry_scale.
have p1 := softmax_sum ex_laws s 0 n_min; have p0 j := softmax_ge0 ex_laws s 0 j.
have N0 := norm_gt0 ex_laws s 0 n_min.
have -> : - total (hadamard (softmax ex s) (map_mx lg (softmax ex s))) =
    lg (norm ex s 0) - \sum_j softmax ex s 0 j * s 0 j.
  rewrite total_dot -[lg (norm _ _ _)]mul1r -p1 mulr_suml -sumrB -sumrN; apply: eq_bigr => j _.
  by rewrite entry_map (log_softmax ex_laws lg_laws) //; ering.
have top : \sum_j softmax ex s 0 j * s 0 j <= g.
  rewrite -[leRHS]mul1r -p1 mulr_suml ler_sum // => j _; rewrite ler_wpmul2l // sE.
  by rewrite -[leRHS]mulr1 ler_pmul2l //; have [] := S j.
have n0 : 0 < n%:R :> RR by rewrite ltr0n.
have mass : n%:R * ex (- g) <= norm ex s 0.
  rewrite -sum_const ler_sum // => j _; rewrite (ler_exp ex_laws) sE -mulrN1 ler_pmul2l //; by have [] := S j.
have := mass; rewrite -(ler_log ex_laws lg_laws) ?mulr_gt0 ?(exp_gt0 ex_laws) //.
rewrite (logM ex_laws lg_laws) ?(exp_gt0 ex_laws) // (logK lg_laws) => low.
have -> : lg n%:R - 2%:R * g = (lg n%:R - g) - g by ring.
exact: ler_sub.

(* rmsnorm_logit_bound *)
have E (a b : 'M[RR]_(1, k)) : total (hadamard a b) = total (a *m b^T).
  by rewrite total_hadamard /mxtrace big_ord1 total11.
have := gram_schwarz q kappa; rewrite -(E q q) -(E kappa kappa) given_1 given_2 => square.
rewrite totalZ exprMn; have t0 : 0 <= tau ^+ 2 by exact: sqr_ge0.
by apply: le_trans (ler_wpmul2l t0 square) _; rewrite mulrA given_3 mul1r.

(* softcap *)
set x := 2%:R * t / c; have E0 := exp_gt0 ex_laws x.
have P0 : ex x + 1 != 0 by rewrite lt0r_neq0 ?addr_gt0 ?ltr01.
have c0 : c != 0 by rewrite lt0r_neq0.
have -> : partial (fun t : dual RR => lift c * (dual_exp ex (2%:R * t * dual_inv (lift c)) - 1) *
    dual_inv (dual_exp ex (2%:R * t * dual_inv (lift c)) + 1)) t = 4%:R * ex x / (ex x + 1) ^+ 2.
  rewrite /partial /=; have -> : (1 + 1) * t / c = x by [].
  by field; rewrite c0 P0.
move: (ex x) E0 P0 => E E0 P0; have Q0 : 0 < E + 1 by rewrite addr_gt0 ?ltr01.
have D : 4%:R * E / (E + 1) ^+ 2 = 1 - (c * (E - 1) / (E + 1)) ^+ 2 / c ^+ 2 by field; rewrite c0 P0.
split; first by rewrite (_ : _ + _ = 2%:R * c * E / (E + 1)) ?divr_gt0 ?mulr_gt0 ?ltr0n //; field.
split; first by rewrite (_ : _ - _ = 2%:R * c / (E + 1)) ?divr_gt0 ?mulr_gt0 ?ltr0n //; field.
split=> //; split; first by rewrite divr_gt0 ?exprn_gt0 ?mulr_gt0 ?ltr0n.
by rewrite D ler_subl_addr ler_addl divr_ge0 ?sqr_ge0.


(* softcap_keeps_order *)
have P0 y : 0 < ex y + 1 by rewrite addr_gt0 ?ltr01 ?(exp_gt0 ex_laws).
set x := 2%:R * r / c; set y := 2%:R * t / c.
have -> : c * (ex x - 1) / (ex x + 1) - c * (ex y - 1) / (ex y + 1) =
    2%:R * c / ((ex x + 1) * (ex y + 1)) * (ex x - ex y).
  by field; rewrite !lt0r_neq0.
rewrite pmulr_rgt0 ?divr_gt0 ?mulr_gt0 ?ltr0n // !subr_gt0 (ltr_exp ex_laws) /x /y.
by rewrite ltr_pmul2r ?invr_gt0 // ltr_pmul2l ?ltr0n.

(* softcap_shift_false *)
move=> H; have := H 0; rewrite add0r mulr0 mul0r (exp0 ex_laws) subrr mulr0 mul0r add0r.
set E := ex _; have P0 : 0 < E + 1 by rewrite addr_gt0 ?ltr01 ?(exp_gt0 ex_laws).
move=> /eqP; rewrite -mulrA -subr_eq0 -[X in _ - X]mulr1 -mulrBr mulf_eq0 (negPf (lt0r_neq0 c_positive)) /= subr_eq0.
move=> /eqP/(congr1 (fun y => y * (E + 1))); rewrite mulfVK ?lt0r_neq0 // mul1r => /addrI/eqP.
by rewrite eq_sym -subr_eq0 opprK -[1 + 1](@natrD _ 1 1) pnatr_eq0.

(* dobrushin_attention *)
pose w j := ((C *m f) j 0 - l) / delta.
have w0 j : 0 <= w j.
  by rewrite divr_ge0 ?subr_ge0 ?(ltW delta_positive) //; have := given_1 j 0; rewrite entry_scale onesE mulr1.
have w1 j : w j <= 1.
  rewrite ler_pdivr_mulr // mul1r ler_subl_addl.
  by have := given_2 j 0; rewrite entry_scale onesE mulr1.
have := sum_tv ex_laws n_min w0 w1 (differences_apart given_3).
rewrite -(ler_pmul2r delta_positive); apply: le_trans; rewrite le_eqVlt; apply/orP; left; apply/eqP.
have p1 := softmax_sum ex_laws s 0 n_min; have q1 := softmax_sum ex_laws t 0 n_min.
have Z : \sum_j (softmax ex s 0 j - softmax ex t 0 j) * l = 0 by rewrite -mulr_suml sumrB p1 q1 subrr mul0r.
transitivity (total ((softmax ex s - softmax ex t) *m C *m f) - \sum_j (softmax ex s 0 j - softmax ex t 0 j) * l).
  by rewrite Z subr0.
rewrite -mulmxA total11 mxE mulr_suml -sumrB; apply: eq_bigr => j _.
have N0 := norm_neq0 ex_laws s 0 n_min; have N0' := norm_neq0 ex_laws t 0 n_min.
rewrite entry_add entry_opp !softmaxE /w -/(norm ex s 0) -/(norm ex t 0).
move: (norm ex s 0) (norm ex t 0) N0 N0' => N N' N0 N0'; move: ((C *m f) j 0) => y; field.
by rewrite N0 N0' lt0r_neq0.

(* dobrushin_overlap *)
have y0 j : 0 <= (C *m f) j 0 - l by rewrite subr_ge0; have := given_1 j 0; rewrite entry_scale onesE mulr1.
have yd j : (C *m f) j 0 - l <= delta by rewrite ler_subl_addl; have := given_2 j 0; rewrite entry_scale onesE mulr1.
have p1 : \sum_j p 0 j = 1 by rewrite -total_row.
have q1 : \sum_j q 0 j = 1 by rewrite -total_row.
have -> : total ((p - q) *m C *m f) = \sum_j (p 0 j - q 0 j) * ((C *m f) j 0 - l).
  transitivity (total ((p - q) *m C *m f) - \sum_j (p 0 j - q 0 j) * l).
    by rewrite -mulr_suml sumrB p1 q1 subrr mul0r subr0.
  by rewrite -mulmxA total11 mxE -sumrB; apply: eq_bigr => j _; rewrite entry_add entry_opp mulrBr.
rewrite -p1 total_row -sumrB mulr_suml ler_sum // => j _.
apply: le_trans (_ : (p 0 j - w 0 j) * ((C *m f) j 0 - l) <= _).
  by rewrite ler_wpmul2r // ler_add2l ler_opp2; have := given_4 0 j.
by rewrite ler_wpmul2l // subr_ge0; have := given_3 0 j.

(* dobrushin_differences *)
have near j k : (C *m f) j 0 - (C *m f) k 0 <= delta by have := given_1 j k; rewrite !entriesE !mulr1.
have := outputs_differ ex_laws n_min delta_positive near (differences_apart given_2); apply: le_trans.
rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite -mulmxA total11 mxE.
by apply: eq_bigr => j _; rewrite entry_add entry_opp.

(* dobrushin_lengths *)
by apply: (output_lengths ex_laws n_min h_positive D_positive); [exact: pair_distance | exact: differences_apart].

(* rank_collapse *)
pose h := 2%:R^-1 * omega * D ^+ 2; have h0 : 0 < h by rewrite !mulr_gt0 ?invr_gt0 ?ltr0n ?exprn_gt0.
have near := pair_distance given_1.
have D0 : 0 <= omega ^+ 2 by exact: sqr_ge0.
have apart j k : (x *m W *m X^T) 0 j - (y *m W *m X^T) 0 j - ((x *m W *m X^T) 0 k - (y *m W *m X^T) 0 k) <= 2%:R * h.
  have short : length2 ((x - y) *m W) <= omega ^+ 2 * D ^+ 2.
    by apply: le_trans (longer (x - y) given_3) _; rewrite ler_wpmul2l.
  have w0 : 0 < omega^-1 by rewrite invr_gt0.
  have := along ((x - y) *m W) w0 (near j k); move=> bound.
  have -> : (x *m W *m X^T) 0 j - (y *m W *m X^T) 0 j - ((x *m W *m X^T) 0 k - (y *m W *m X^T) 0 k) =
      ((row j X - row k X) *m ((x - y) *m W)^T) 0 0.
    rewrite !mxE -!sumrB; apply: eq_bigr => a _ /=; rewrite mulmxBl; move: (x *m W) (y *m W) => p q.
    rewrite !entriesE ![row _ _ _ _]mxE; move: (p 0 a) (q 0 a) => p1 q1; ring.
  apply: le_trans bound _; rewrite ler_pdivr_mulr ?ltr0n // invrK.
  have -> : 2%:R * h * 2%:R = D ^+ 2 * omega + omega^-1 * (omega ^+ 2 * D ^+ 2).
    by rewrite /h; field; rewrite lt0r_neq0.
  by rewrite ler_add2l ler_wpmul2l // invr_ge0 ltW.
have := output_lengths ex_laws n_min h0 D_positive near apart => bound.
have := longer ((softmax ex (x *m W *m X^T) - softmax ex (y *m W *m X^T)) *m X) given_4; rewrite /length2 => most.
apply: le_trans most _; rewrite -mulrA; apply: ler_wpmul2l; first exact: sqr_ge0.
exact: bound.

(* residual_breaks_collapse *)
set b := z *m M; pose A := total (hadamard x x); pose B := total (hadamard b b); pose P := total (hadamard x b).
pose k := mu * theta; have k0 : 0 < k by rewrite mulr_gt0.
have -> : total (hadamard (x + b) (x + b)) = A + 2%:R * P + B.
  by rewrite hadamardDl !hadamardDr !totalD [hadamard b x]hadamardC /A /B /P; ering.
have S : 0 <= k ^+ 2 * A + 2%:R * k * P + B.
  have := square_total_ge0 (k *: x + b).
  rewrite hadamardDl !hadamardDr !totalD [hadamard b _]hadamardC !hadamardZl !hadamardZr !totalZ -/A -/B -/P.
  by move=> H; apply: le_trans H _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have small : B <= k ^+ 2 * A.
  rewrite (le_trans given_1) // /k exprMn -[leRHS]mulrA; apply: ler_wpmul2l => //; exact: sqr_ge0.
rewrite -/A -/k -subr_ge0 -(pmulr_rge0 _ k0).
have -> : k * (A + 2%:R * P + B - (1 - k) ^+ 2 * A) = (k ^+ 2 * A + 2%:R * k * P + B) + (1 - k) * (k ^+ 2 * A - B).
  by ring.
by rewrite addr_ge0 // mulr_ge0 ?subr_ge0.

(* residual_keeps_distance *)
set g := (softmax ex s - softmax ex t) *m X; pose k := (ex h - 1) / (ex h + 1).
have k0 : 0 < k := tanh_gt0 ex_laws h_positive.
have short : length2 g <= k ^+ 2 * D ^+ 2.
  by apply: (output_lengths ex_laws n_min h_positive D_positive); [exact: pair_distance | exact: differences_apart].
have written : length2 (g *m M) <= (mu * k) ^+ 2 * D ^+ 2.
  apply: le_trans (longer g given_4) _; rewrite exprMn -[leRHS]mulrA; apply: ler_wpmul2l => //; exact: sqr_ge0.
have E : mu * (ex h - 1) * (ex h + 1)^-1 = mu * k by rewrite -mulrA.
rewrite E in given_5 *; rewrite addrAC -[X in _ <= X]/(length2 (x - y + g *m M)).
set u := x - y in given_2 *; set b := g *m M in written *; set c := mu * k in written given_5 *.
have c0 : 0 < c by rewrite mulr_gt0.
have uD : length2 u = D ^+ 2 by [].
have S := length2_ge0 (c *: u + b).
have L (a : RR) : length2 (a *: u + b) = a ^+ 2 * D ^+ 2 + 2%:R * a * (\sum_i u 0 i * b 0 i) + length2 b.
  rewrite -uD !length2E !mulr_sumr -!big_split /=; apply: eq_bigr => i _; by rewrite !mxE; ring.
rewrite L in S; have := L 1; rewrite scale1r expr1n mul1r mulr1 => ->.
move: (\sum_i _) (length2 b) S written => p B S written; rewrite -subr_ge0 -(pmulr_rge0 _ c0).
have -> : c * (D ^+ 2 + 2%:R * p + B - (1 - c) ^+ 2 * D ^+ 2) =
    (c ^+ 2 * D ^+ 2 + 2%:R * c * p + B) + (1 - c) * (c ^+ 2 * D ^+ 2 - B) by ring.
by rewrite addr_ge0 // mulr_ge0 // subr_ge0.

(* residual_without_writing *)
by rewrite /zeros mulmx0 addr0.

(* cubic_collapse_in_layers *)
have at_l (A B : 'I_L -> 'M[RR]_(1, 1)) : at_most (stack_heads A) (stack_heads B) -> forall l, A l 0 0 <= B l 0 0.
  by move=> H l; have := H (join l 0) 0; rewrite !mxE head_join rest_join.
apply: (layer_by_layer (P := fun l => r * total (member D l) <= ex (- (total (member N l) * g)))).
  by rewrite given_4 mul1r.
move=> l before.
have near : 0 <= total (member D l).
  by have := at_l _ _ given_1 l; rewrite entry_zeros entry_scale onesE mulr1.
have cubed : total (member D (l + 1)%N) <= r ^+ 2 * total (member D l) ^+ 3.
  by have := at_l _ _ given_2 l; rewrite !entry_scale !onesE !mulr1.
have three : total (member N (l + 1)%N) = 3%:R * total (member N l).
  by rewrite (stack_inj given_3) !total11 entry_scale.
have -> : ex (- (total (member N (l + 1)%N) * g)) = ex (- (total (member N l) * g)) ^+ 3.
  by rewrite three !exprS expr0 mulr1 -!(expD ex_laws); congr ex; ring.
have r0 : 0 <= r by exact: ltW.
apply: (@le_trans _ _ ((r * total (member D l)) ^+ 3)).
  by rewrite exprMn [r ^+ 3]exprS -mulrA ler_pmul2l.
by apply: ler_expn2r; rewrite ?nnegrE ?mulr_ge0 // ltW ?(exp_gt0 ex_laws).
