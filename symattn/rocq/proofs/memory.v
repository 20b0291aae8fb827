(* convex_hull *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
have E : total (p *m C *m f) = \sum_j p 0 j * (C *m f) j 0 by rewrite -mulmxA total11 mxE.
have g0 j : (C *m f) j 0 <= b by have := given_1 j 0; rewrite [X in _ <= X]mxE onesE mulr1.
have S : b - total (p *m C *m f) = \sum_j p 0 j * (b - (C *m f) j 0).
  rewrite E -[X in X - _]mul1r -p1 mulr_suml -sumrB; apply: eq_bigr => j _; by rewrite mulrBr.
have t0 j : 0 <= p 0 j * (b - (C *m f) j 0) by rewrite mulr_ge0 ?subr_ge0 ?(softmax_ge0 ex_laws).
split; first by rewrite -subr_ge0 S sumr_ge0.
split=> [H | H].
  apply/matrixP => i j; rewrite (ord1 j) [RHS]mxE onesE mulr1.
  move: S; rewrite H subrr => /esym/eqP; rewrite psumr_eq0 // => /allP/(_ i (mem_index_enum i)).
  by rewrite mulf_eq0 (negPf (lt0r_neq0 (softmax_gt0 ex_laws _ _ _))) subr_eq0 => /eqP.
rewrite E H; under eq_bigr do rewrite [X in _ * X]mxE onesE mulr1.
by rewrite -mulr_suml p1 mul1r.

(* outputs_between_values *)
have p1 i := softmax_sum ex_laws S i n_min.
have p0 i j := softmax_ge0 ex_laws S i j.
split=> i j; rewrite outer11 onesE mul1r.
  rewrite [X in _ <= X]mxE -[X in X <= _]mul1r -(p1 i) mulr_suml ler_sum // => a _.
  by rewrite ler_wpmul2l //; have := given_1 a j; rewrite outer11 onesE mul1r.
rewrite [X in X <= _]mxE -[X in _ <= X]mul1r -(p1 i) mulr_suml ler_sum // => a _.
by rewrite ler_wpmul2l //; have := given_2 a j; rewrite outer11 onesE mul1r.

(* convex_function_of_output *)
have p1 := softmax_total ex_laws s n_min; have p0 j := softmax_ge0 ex_laws s 0 j.
have := mean_keeps_order p0 given_1; rewrite mulmxDr totalD mean_of_level // mulmxA mulmxBr !mulmxA weights_ones //.
rewrite mul1mx subrr mul0mx total0 addr0 => low.
by split=> //; apply: le_trans low _; rewrite -[leRHS](mean_of_level p1); apply: mean_keeps_order.

(* mean_square_distance *)
exact: square_distances_apart.

(* weighted_least_squares *)
by apply: least_square_distance; apply: softmax_total.

(* attention_is_lse_gradient *)
by apply: gradient_lse_query; rewrite lt0r_neq0.

(* output_is_slope_of_lse *)
by rewrite /partial slope_lse; slopes; rewrite scale1r total_hadamard trmxK mulmxA /mxtrace big_ord1 total11.

(* nadaraya_watson *)
by apply/matrixP => i j; rewrite -mulmxA divide_rows rowsum_exp exp_read softmax_read.

(* gaussian_smoothing_bias *)
rewrite -[RHS](softmax_row_shift ex_laws _ ((- (2%:R^-1 * tau) * total (hadamard q q))%:M)); congr (softmax ex _).
by apply/matrixP => i j; rewrite (ord1 i) !entriesE distance_from mulr1; efield.

(* gaussian_smoothing_iff *)
set L := (rowsum (hadamard B B))^T; set G := - _.
have t0 : 2%:R^-1 * tau != 0 by rewrite mulf_neq0 ?invr_neq0 ?pnatr_eq0 ?lt0r_neq0.
have GE j : G 0 j = tau * (q *m B^T) 0 j - 2%:R^-1 * tau * (L 0 j + total (hadamard q q)).
  by rewrite !entriesE distance_from; efield.
split=> [E | [c E]].
  exists (L 0 (Ordinal n_min)); apply/matrixP => i j; rewrite (ord1 i) !entriesE mulr1.
  have := softmax_same ex_laws 0 j (Ordinal n_min) E; rewrite !GE !entriesE => H.
  apply: (mulfI t0).
  have {}H := congr1 (fun z => tau * (q *m B^T) 0 j - 2%:R^-1 * tau * total (hadamard q q) - z) H.
  by apply: etrans (etrans _ H) _; rewrite /=; efield.
rewrite -[RHS](softmax_row_shift ex_laws _ ((- (2%:R^-1 * tau) * (c + total (hadamard q q)))%:M)); congr (softmax ex _).
by apply/matrixP => i j; rewrite (ord1 i) GE E !entriesE mulr1; efield.

(* linear_memory_capacity *)
split=> [H | full V].
  have [W E] := H 1%:M.
  by apply: (@rank_ge _ _ _ _ 1%:M _ W); rewrite mul1mx.
have /row_freeP[L E] : row_free K by rewrite /row_free eqn_leq rank_leq_row.
by exists (L *m V); rewrite mulmxA E mul1mx.

(* linear_memory_overflow *)
exists 1%:M => W E; have := mxrankM_maxl K W.
rewrite E mxrank1 => /leq_trans/(_ (rank_leq_col K)).
by rewrite addn1 ltnNge leq_addr.

(* hopfield_energy_gradient *)
exact: hopfield_gradient.

(* hopfield_fixed_points *)
rewrite (hopfield_gradient ex lg) //; split=> [-> | /eqP]; first by rewrite subrr.
by rewrite subr_eq0 => /eqP.

(* hopfield_descent *)
rewrite !(lseE ex lg); set p := softmax ex (beta *: (xi *m X^T)); set y := p *m X.
have := lse_tangent ex_laws lg_laws (beta *: (xi *m X^T)) (beta *: (y *m X^T)) n_min; rewrite -/p.
set a := lg _; set b := lg _.
have -> : \sum_j p 0 j * ((beta *: (y *m X^T)) 0 j - (beta *: (xi *m X^T)) 0 j) =
    beta * (total (hadamard y y) - total (hadamard xi y)).
  rewrite -totalB -hadamardBl total_hadamard /mxtrace big_ord1 trmx_mul mulmxA mxE mulr_sumr; apply: eq_bigr => j _.
  by rewrite !entriesE mulmxBl !entriesE; ering.
rewrite -ler_pdivl_mull // => le; rewrite -subr_ge0.
rewrite (_ : _ - _ = beta^-1 * (a - b) - (total (hadamard y y) - total (hadamard xi y))) ?subr_ge0 //.
rewrite hadamardBl !hadamardBr !totalB [hadamard y xi]hadamardC; efield; by rewrite lt0r_neq0.

(* hopfield_retrieval *)
set a := beta *: (xi *m Y^T); set b := beta *: (xi *m x^T).
have -> : beta *: (xi *m (col_mx Y x)^T) = row_mx a b by rewrite tr_col_mx mul_mx_row scale_row_mx.
have p0 j := softmax_ge0 ex_laws a 0 j; have p1 := softmax_total ex_laws a m_min.
rewrite (pulled_away ex_laws) // hadamardZl hadamardZr !totalZ; set w := _ / _.
have w0 : 0 <= w by rewrite divr_ge0 ?addr_ge0 // ltW ?(exp_gt0 ex_laws) // (norm_gt0 ex_laws).
have few : w <= m%:R / (ex (beta * Delta) + m%:R).
  apply: (weight_of_others ex_laws) => l; rewrite !entriesE -mulrDr ler_pmul2l //.
  by have := given_1 0 l; rewrite !entriesE !mulr1.
have near : total (hadamard (softmax ex a *m Y - x) (softmax ex a *m Y - x)) <= 4%:R * R ^+ 2.
  rewrite -[leRHS](mean_of_level p1) -[_ - x]opprB hadamardNl hadamardNr opprK.
  pose gaps := Y - ones RR m 1 *m x.
  apply: le_trans (mean_keeps_order p0 (_ : at_most (rowsum (hadamard gaps gaps)) _)).
    by rewrite (far_from_mean _ _ p1) ler_addr spread_ge0.
  move=> j i; rewrite (ord1 i) !entriesE mulr1; apply: two_radii => //.
  by have := given_2 j 0; rewrite !entriesE mulr1.
rewrite mulrA -mulrA [X in _ <= X](_ : _ = (m%:R / (ex (beta * Delta) + m%:R)) ^+ 2 * (4%:R * R ^+ 2)); last by ring.
rewrite mulrA -expr2; apply: ler_pmul near; rewrite ?exprn_ge0 ?square_total_ge0 //.
by rewrite ler_expn2r // nnegrE // (le_trans w0).

(* softmax_memory_capacity *)
rewrite tr_col_mx !tr_row_mx mul_mx_row !mul_row_col scale_row_mx (total_weight_of_last ex_laws).
have E0 := exp_gt0 ex_laws beta; set T := \sum_l _.
have T0 : 0 <= T by rewrite sumr_ge0 // => l _; rewrite ltW ?(exp_gt0 ex_laws).
have most : T <= m%:R * ex (- beta).
  rewrite -sum_const ler_sum // => l _; rewrite (ler_exp ex_laws).
  have := given_1 0 l; rewrite !entriesE !mulr1 -expr2 -(ler_pmul2l beta_positive).
  by rewrite mulr1 => far; rewrite ler_oppr; apply: le_trans far _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ering.
have P0 : 0 < 1 + m%:R * ex (- beta) by rewrite add_gt0_ge0 ?ltr01 ?mulr_ge0 ?ler0n // ltW ?(exp_gt0 ex_laws).
have least : (1 + m%:R * ex (- beta))^-1 <= (1 + T)^-1.
  by rewrite lef_pinv ?ler_add2l // posrE // add_gt0_ge0 ?ltr01.
split=> // enough; apply: le_trans least; rewrite -[leRHS]mul1r ler_pdivl_mulr // (expN ex_laws) mulrDr mulr1.
rewrite -[leRHS](subrK epsilon) ler_add2l mulrA ler_pdivr_mulr // [_ * m%:R]mulrC //.
