(* softmax_of_shifted *)
have -> : c *: ones RR 1 n = (c *: ones RR 1 1) *m ones RR 1 n by apply/matrixP => i j; rewrite outer11 !mxE !mulr1.
by rewrite addrC softmax_row_shift.

(* scores_of_equal_weights *)
apply/matrixP => i j; rewrite (ord1 i) !mxE mulr1 !total11 !mxE.
have rE (u : 'M[RR]_(1, n)) : \sum_j0 map_mx ex u 0 j0 = norm ex u 0 by apply: eq_bigr => l _; rewrite mxE.
by rewrite !rE (softmax_eq ex_laws lg_laws _ _ _ given_1) // addrC.

(* softmax_shift *)
split=> [E | [c ->]].
  exists (total (map_mx lg (rowsum (map_mx ex s))) - total (map_mx lg (rowsum (map_mx ex t)))).
  apply/matrixP => i j; rewrite (ord1 i) !mxE mulr1 !total11 !mxE.
  have rE (u : 'M[RR]_(1, n)) : \sum_j0 map_mx ex u 0 j0 = norm ex u 0 by apply: eq_bigr => l _; rewrite mxE.
  by rewrite !rE (softmax_eq ex_laws lg_laws _ _ _ E) //.
have -> : c *: ones RR 1 n = (c *: ones RR 1 1) *m ones RR 1 n by apply/matrixP => i j; rewrite outer11 !mxE !mulr1.
by rewrite addrC softmax_row_shift.

(* softmax_jacobian *)
exact: jacobian_softmax.

(* softmax_jacobian_variance *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
rewrite covariance_form // total11 mxE.
have -> : \sum_j (p *m hadamard (v^T *m ones RR 1 n - ones RR n 1 *m v) (v^T *m ones RR 1 n - ones RR n 1 *m v)) 0 j
  * p^T j 0 = \sum_i \sum_j p 0 i * p 0 j * (v 0 i - v 0 j) ^+ 2.
  apply: eq_bigr => i _; rewrite mxE mulr_suml; apply: eq_bigr => j _.
  by do ![rewrite mxE | rewrite big_ord1]; ering.
by rewrite pairs_form // mulKf // pnatr_eq0.

(* softmax_jacobian_psd *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
split=> [|v]; first exact: covariance_tr.
rewrite covariance_form // sumr_ge0 // => j _; by rewrite mulr_ge0 ?sqr_ge0 // ltW // softmax_gt0.

(* flat_directions_are_constant *)
set p := softmax ex s.
apply/matrixP => i j; rewrite (ord1 i) mxE onesE mulr1 total_mean.
have := congr1 (fun M : 'M[RR]_(n, 1) => M j 0) given_1; rewrite covariance_mul [RHS]mxE => /eqP.
rewrite mulf_eq0 subr_eq0 => /orP[|/eqP//]; by rewrite (negPf (lt0r_neq0 (softmax_gt0 _ _ _ _))).

(* softmax_jacobian_kernel *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
split=> [E | [c ->]].
  exists (total (hadamard p v)); apply/matrixP => i j; rewrite (ord1 i) mxE onesE mulr1 total_mean.
  have := congr1 (fun M : 'M[RR]_(n, 1) => M j 0) E; rewrite covariance_mul [RHS]mxE => /eqP.
  rewrite mulf_eq0 subr_eq0 => /orP[|/eqP//]; by rewrite (negPf (lt0r_neq0 (softmax_gt0 _ _ _ _))).
apply/matrixP => i j; rewrite covariance_mul /mean.
have vE l : (c *: ones RR 1 n) 0 l = c by rewrite !mxE mulr1.
under eq_bigr do rewrite vE; by rewrite -mulr_suml p1 mul1r vE subrr mulr0 mxE.

(* softmax_jacobian_rank *)
split; last first.
  by apply/matrixP => i j; rewrite softmax_col // !mxE big_ord1 !mxE !ord1 eqxx mulr1 subrr.
set p := softmax ex _; set J := _ - _.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum; rewrite // addn1.
have p_gt0 j : 0 < p 0 j by exact: softmax_gt0.
clearbody p.
apply/eqP; rewrite eqn_leq; apply/andP; split.
  apply: leq_trans (rank_ones0 _) _; last by rewrite addn1.
  apply/matrixP => i j; rewrite -tr_ones covariance_mul /mean.
  under eq_bigr do rewrite onesE mulr1.
  by rewrite p1 !mxE subrr mulr0.
have JT : J^T = J by exact: covariance_tr.
have : (\rank (kermx J) <= 1)%N.
  suff -> : kermx J = (kermx J *m p^T) *m ones RR 1 (m + 1) by apply: mulmx_max_rank.
  apply/matrixP => i j; rewrite outer11 onesE mulr1.
  have E : J *m (row i (kermx J))^T = 0 by rewrite -{1}JT -trmx_mul -row_mul mulmx_ker row0 trmx0.
  have := congr1 (fun M : 'M_(_, _) => M j 0) E; rewrite covariance_mul [RHS]mxE => /eqP.
  rewrite mulf_eq0 (negPf (lt0r_neq0 (p_gt0 j))) //= subr_eq0 => /eqP.
  by rewrite mxE => ->; rewrite [RHS]mxE; apply: eq_bigr => l _; rewrite !mxE mulrC.
have -> : \rank (kermx J) = (m + 1 - \rank J)%N := mxrank_ker J.
by rewrite leq_subLR leq_add2r.

(* lse_gradient *)
exact: gradient_log_sum_exp.

(* lse_gradient_convex *)
split; first exact: gradient_log_sum_exp.
set p := softmax ex s; rewrite jacobian_softmax -/p.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
split=> [|v]; first exact: covariance_tr.
rewrite covariance_form // sumr_ge0 // => j _; by rewrite mulr_ge0 ?sqr_ge0 // ltW // softmax_gt0.

(* reciprocal_of_weight *)
apply/matrixP => i j; rewrite rowsum_exp mxE mxE softmaxE invf_div /norm mulr_suml (ord1 j).
by apply: eq_bigr => l _; rewrite -(expB ex_laws) mxE [X in _ = ex (_ + X)]mxE !outer11 !onesE mul1r mulr1 [X in _ =
  ex (_ - X)]mxE.

(* dispersion_bound *)
have x0 := exp_neq0 ex_laws (b 0 0).
have w i j : (softmax ex (row_mx a b) *m col_mx (zeros RR m 1) (identity RR 1)) i j =
    (1 + \sum_l ex (a 0 l - b 0 0))^-1.
  rewrite !ord1 softmax_read norm_row read_row read1 norm1 /identity /zeros mxE eqxx mulr1 /read big1 => [|l _]; last
    first.
    by rewrite mxE mulr0.
  have -> : \sum_l ex (a 0 l - b 0 0) = norm ex a 0 / ex (b 0 0).
    by rewrite mulr_suml; apply: eq_bigr => l _; rewrite (expB ex_laws).
  rewrite add0r; have -> : norm ex a 0 + ex (b 0 0) = (1 + norm ex a 0 / ex (b 0 0)) * ex (b 0 0).
    by rewrite mulrDl mul1r divfK // addrC.
  by rewrite invfM mulrCA mulfV ?mulr1.
have one c i j : (c *: identity RR 1) i j = c by rewrite !ord1 /identity !mxE eqxx mulr1.
have s0 : 0 <= \sum_l ex (a 0 l - b 0 0) by rewrite sumr_ge0 // => l _; rewrite ltW ?(exp_gt0 ex_laws).
have le1 : \sum_l ex (a 0 l - b 0 0) <= m%:R * r.
  rewrite mulr_natl -[X in _ *+ X]card_ord -sumr_const ler_sum // => l _.
  by have := given_1 0 l; rewrite !mxE big_ord1 !mxE !mulr1.
have le2 : m%:R * r^-1 <= \sum_l ex (a 0 l - b 0 0).
  rewrite mulr_natl -[X in _ *+ X]card_ord -sumr_const ler_sum // => l _.
  by have := given_2 0 l; rewrite !mxE big_ord1 !mxE !mulr1.
have p0 (x : RR) : 0 <= x -> 0 < 1 + x by move=> x_ge0; rewrite add_gt0_ge0 ?ltr01.
have m0 : 0 <= m%:R :> RR by rewrite ler0n.
by split=> i j; rewrite one w lef_pinv ?posrE ?ler_add2l ?p0 // mulr_ge0 ?invr_ge0 // ltW.

(* stochasticity *)
by split; [apply: softmax_ones | move=> i j; apply: softmax_gt0].

(* stochastic_product *)
split=> [|i j]; first by rewrite -mulmxA given_2 given_1.
by rewrite mxE; apply: sum_gt0 => // l; rewrite mulr_gt0.

(* gibbs_variational *)
have nz := norm_gt0 ex_laws s 0 n_min.
have q1 : \sum_j q 0 j = 1 by move: given_1; rewrite /total big_ord1.
rewrite total11 mxE rowsum_exp -totalD -totalB /total big_ord1.
rewrite -[LHS]mul1r -q1 mulr_suml; apply: eq_bigr => j _.
by rewrite !mxE -/(norm ex s 0) (log_div ex_laws lg_laws) ?(exp_gt0 ex_laws) // (logK lg_laws); ering.

(* scores_up_to_rows *)
split=> [E | [c ->]]; last by rewrite addrC softmax_row_shift.
exists (map_mx lg (rowsum (map_mx ex S)) - map_mx lg (rowsum (map_mx ex R))).
have dE i : (map_mx lg (rowsum (map_mx ex S)) - map_mx lg (rowsum (map_mx ex R))) i 0 = lg (norm ex S i) - lg (norm
  ex R i).
  by rewrite !mxE; congr (lg _ - lg _); apply: eq_bigr => l _; rewrite mxE.
apply/matrixP => i j; rewrite [RHS]mxE outer11 onesE mulr1 dE.
by rewrite (softmax_eq ex_laws lg_laws _ _ n_min E).

(* score_recovery *)
have lE : map_mx lg (softmax ex S) = S - map_mx lg (rowsum (map_mx ex S)) *m ones RR 1 n.
  apply/matrixP => i j; rewrite mxE (log_softmax ex_laws lg_laws) // [RHS]mxE [X in _ = _ + X]mxE outer11 onesE mulr1.
  by rewrite [X in _ = _ - X]mxE rowsum_exp.
by rewrite lE mulmxBl -mulmxA given_1 /zeros mulmx0 subr0.

(* exp_and_log_rise *)
by split; split=> H i j; have := H i j; rewrite !mxE ?(ler_exp ex_laws) // (ler_log ex_laws lg_laws).

(* log_below_tangent *)
by move=> i j; rewrite !mxE; apply: (log_tangent ex_laws lg_laws).

(* jensen_for_exp *)
rewrite !total_dot; under [X in _ <= X]eq_bigr do rewrite mxE.
by apply: sum_jensen; rewrite // -?total_row //; apply: entries_ge0.

(* lse_above_tangents *)
rewrite (lseE ex lg) (lseE ex lg) -(ler_exp ex_laws) (expB ex_laws) !(exp_lse ex_laws lg_laws) // total_dot.
have p1 := softmax_sum ex_laws s 0 n_min.
apply: le_trans (sum_jensen ex_laws (fun j => (t - s) 0 j) (softmax_ge0 ex_laws s 0) p1) _.
rewrite [X in _ <= X / _]/norm mulr_suml ler_sum // => j _; rewrite softmaxE !mxE (expB ex_laws).
by rewrite mulrC mulrA divfK ?(exp_neq0 ex_laws).

(* weighted_cauchy_schwarz *)
by rewrite !total_dot3; apply: sum_schwarz; apply: entries_ge0.

(* popoviciu *)
rewrite total_dot3 total_dot; apply: sum_popoviciu; rewrite -?total_row //.
- exact: entries_ge0.
- exact: entries_ge.
- exact: entries_le.

(* tv_tanh *)
rewrite total_dot; under eq_bigr do [rewrite mxE [X in _ + X]mxE !softmaxE].
apply: (sum_tv ex_laws n_min); [exact: entries_ge0 | exact: entries_le1 | exact: differences_apart].

(* weights_within_factor *)
have apart := differences_apart given_1; have S0 := norm_gt0 ex_laws s 0 n_min; have T0 := norm_gt0 ex_laws t 0 n_min.
have up j : ex (s 0 j) * norm ex t 0 <= ex (2%:R * h) * ex (t 0 j) * norm ex s 0.
  rewrite /norm !mulr_sumr ler_sum // => k _; rewrite -!(expD ex_laws) (ler_exp ex_laws) -subr_ge0.
  have -> : 2%:R * h + t 0 j + s 0 k - (s 0 j + t 0 k) = 2%:R * h - (s 0 j - t 0 j - (s 0 k - t 0 k)) by ring.
  by rewrite subr_ge0.
have down j : ex (- (2%:R * h)) * ex (t 0 j) * norm ex s 0 <= ex (s 0 j) * norm ex t 0.
  rewrite /norm !mulr_sumr ler_sum // => k _; rewrite -!(expD ex_laws) (ler_exp ex_laws) -subr_ge0.
  have -> : s 0 j + t 0 k - (- (2%:R * h) + t 0 j + s 0 k) = 2%:R * h - (s 0 k - t 0 k - (s 0 j - t 0 j)) by ring.
  by rewrite subr_ge0.
have cross (x y a b : RR) : 0 < a -> 0 < b -> x * b <= y * a -> x / a <= y / b.
  by move=> a0 b0 H; rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
split=> i j; rewrite (ord1 i); [rewrite [X in _ <= X]mxE | rewrite [X in X <= _]mxE].
  by rewrite !softmaxE mulrA; apply: cross.
by rewrite !softmaxE mulrA; apply: cross.

(* tv_tanh_attained *)
have m0 : (m%:R : RR) != 0 by rewrite pnatr_eq0 -lt0n.
have E0 : ex h + 1 != 0 by rewrite lt0r_neq0 // addr_gt0 ?exp_gt0 ?ltr01.
have lm : ex (lg m%:R) = m%:R by rewrite (expK lg_laws) // ltr0n.
split.
  set A := row_mx (- _) _; set B := row_mx (_ *: _) (zeros _ _ _).
  have H k : A 0 k - B 0 k = h \/ A 0 k - B 0 k = - h.
    rewrite /A /B; case: (split_ordP k) => l ->; rewrite ?row_mxEl ?row_mxEr; [right | left].
      by rewrite !mxE; ring.
    by rewrite (ord1 l) /identity /zeros !mxE eqxx mulr1 subr0.
  clearbody A B => i j; have -> : ((A^T - B^T) *m ones RR 1 (m + 1) - ones RR (m + 1) 1 *m (A - B)) i j =
    (A 0 i - B 0 i) - (A 0 j - B 0 j) by do ![rewrite mxE | rewrite big_ord1]; rewrite !mulr1 mul1r.
  have hh : 0 <= 2%:R * h by rewrite mulr_ge0 ?ler0n.
  have h2 : h <= 2%:R * h by rewrite mulrDl mul1r ler_addl.
  rewrite !mxE mulr1; have [-> | ->] := H i; have [-> | ->] := H j; rewrite ?subrr ?opprK //.
    by rewrite -mulr2n mulr_natl.
  by rewrite (le_trans _ hh) // -opprD oppr_le0 addr_ge0.
have zero (S : 'M[RR]_(1, m + 1)) : total (hadamard (row_mx (zeros RR 1 m) (identity RR 1)) S) = S 0 (rshift m 0).
  rewrite total_dot big_split_ord big_ord1 /= big1 => [|j _]; last by rewrite row_mxEl /zeros mxE mul0r.
  by rewrite row_mxEr /identity !mxE eqxx mul1r add0r.
rewrite zero [LHS]mxE [X in _ + X]mxE !softmaxE !norm_row !norm1 !row_mxEr.
have sumE a : norm ex (a *: ones RR 1 m) 0 = m%:R * ex a.
  by rewrite /norm -sum_const; apply: eq_bigr => j _; rewrite !mxE mulr1.
rewrite -scaleNr !sumE /identity /zeros !mxE eqxx mulr1 (expN ex_laws) (expB ex_laws) lm (exp0 ex_laws).
have E1 : 1 + ex h != 0 by rewrite addrC.
by field; rewrite ?m0 ?E0 ?E1 ?(exp_neq0 ex_laws).

(* lse_bounds *)
have le := entries_le given_1.
have n0 : (0 : RR) < n%:R by rewrite ltr0n.
rewrite (lseE ex lg); split=> [i j|].
  rewrite (ord1 i) !mxE mulr1 -(ler_exp ex_laws) (exp_lse ex_laws lg_laws) // /norm (bigD1 j) //= ler_addl.
  by rewrite sumr_ge0 // => l _; rewrite ltW ?(exp_gt0 ex_laws).
rewrite -(ler_exp ex_laws) (exp_lse ex_laws lg_laws) // (expD ex_laws) (expK lg_laws) // mulrC -sum_const.
by rewrite /norm ler_sum // => j _; rewrite (ler_exp ex_laws).

(* lse_largest_iff *)
have le := entries_le given_1.
have n0 : (0 : RR) < n%:R by rewrite ltr0n.
rewrite (lseE ex lg); split=> [E | ->]; last first.
  by rewrite (norm_level ex) (logM ex_laws lg_laws) ?(exp_gt0 ex_laws) // (logK lg_laws) addrC.
have : \sum_j (ex c - ex (s 0 j)) = 0.
  rewrite sumrB sum_const -/(norm ex s 0) -(exp_lse ex_laws lg_laws s n_min) E (expD ex_laws) (expK lg_laws) //.
  by rewrite [X in _ - X]mulrC subrr.
move/eqP; rewrite psumr_eq0 => [/allP Z|j _]; last by rewrite subr_ge0 (ler_exp ex_laws).
apply/matrixP => i j; rewrite (ord1 i) !mxE mulr1; apply: (exp_injective ex_laws).
by have := Z j (mem_index_enum j); rewrite subr_eq0 => /eqP.

(* lse_above_scores *)
have a0 := norm_gt0 ex_laws a 0 m_min.
rewrite (lseE ex lg) total11 subr_gt0 -(ltr_exp ex_laws) (exp_lse ex_laws lg_laws) ?addn1 //.
by rewrite norm_row norm1 ltr_addr.

(* temperature_limit *)
have N0 := norm_gt0 ex_laws (beta *: a) 0 m_min; have E0 := exp_gt0 ex_laws (beta * b).
have few := below_top ex_laws beta_positive given_1.
rewrite (top_weight ex) (over_top ex_laws); move: (norm ex _ 0) (ex (beta * b)) N0 E0 few => N E N0 E0 few.
have NE : N + E != 0 by rewrite lt0r_neq0 ?addr_gt0.
have share : 1 - E / (N + E) = N / (N + E) by field.
split; first (rewrite share; fraction).
have g0 : 0 < ex (beta * Delta) + m%:R by above0.
rewrite share ler_pdivr_mulr ?addr_gt0 // mulrAC ler_pdivl_mulr // mulrDr [X in _ <= X]mulrDr [N * m%:R]mulrC.
by rewrite addrC ler_add2l.

(* temperature_limit_attained *)
rewrite (top_weight ex) (norm_level ex) mulrBr (expB ex_laws).
fraction.

(* distance_from_one_hot *)
have N0 := norm_gt0 ex_laws (beta *: a) 0 m_min; have E0 := exp_gt0 ex_laws (beta * b).
rewrite (top_weight ex) (other_weights ex) (norm_single ex).
fraction.

(* cold_weights *)
have N0 := norm_gt0 ex_laws (beta *: a) 0 m_min; have E0 := exp_gt0 ex_laws (beta * b).
have few := below_top ex_laws beta_positive given_1; have tangent := exp_tangent ex_laws (beta * Delta).
have m0 : (0 : RR) < m%:R by rewrite ltr0n.
rewrite (top_weight ex); move: (norm ex _ 0) (ex (beta * b)) N0 E0 few => N E N0 E0 few.
have NE : N + E != 0 by rewrite lt0r_neq0 ?addr_gt0.
have -> : 1 - E / (N + E) = N / (N + E) by field.
rewrite ler_pdivr_mulr ?addr_gt0 // -(ler_pmul2l m0).
have large : m%:R <= epsilon * (ex (beta * Delta) + m%:R).
  by apply: le_trans given_2 _; rewrite ler_pmul2l // ler_add2r (le_trans _ tangent) // ler_addr ler01.
have := ler_wpmul2r (ltW N0) large; move/le_trans; apply.
have -> : epsilon * (ex (beta * Delta) + m%:R) * N = epsilon * (N * ex (beta * Delta) + m%:R * N) by ring.
have -> : m%:R * (epsilon * (N + E)) = epsilon * (m%:R * E + m%:R * N) by ring.
by rewrite ler_pmul2l // ler_add2r.

(* tied_maxima_share *)
have N0 := norm_gt0 ex_laws (beta *: a) 0 m_min; have E0 := exp_gt0 ex_laws (beta * b).
have few := below_top ex_laws beta_positive given_1; have G0 := exp_gt0 ex_laws (beta * Delta).
have k0 : (0 : RR) < k%:R by rewrite ltr0n.
have share i j : (softmax ex (row_mx ((beta * b) *: ones RR 1 k) (beta *: a)) *m
    col_mx (identity RR k) (zeros RR m k)) i j = (k%:R + norm ex (beta *: a) 0 / ex (beta * b))^-1.
  rewrite (weight_first ex) (ord1 i) (norm_level ex) !mxE mulr1.
  fraction.
have r0 : 0 < norm ex (beta *: a) 0 / ex (beta * b) by rewrite divr_gt0.
split; first by apply/matrixP => i j; rewrite share (over_top ex_laws) !mxE mulr1.
split=> i j; rewrite share.
  by rewrite !mxE mulr1 lef_pinv ?posrE ?addr_gt0 // ler_addl ltW.
rewrite !mxE mulr1 lef_pinv ?posrE; try by above0.
rewrite ler_add2l (expN ex_laws) ler_pdivr_mulr // mulrAC ler_pdivl_mulr //.

(* hot_weights *)
have n0 : (0 : RR) < n%:R by rewrite ltr0n.
have N0 := norm_gt0 ex_laws (beta *: s) 0 n_min.
have apart j k : beta * s 0 j <= beta * R + beta * s 0 k.
  rewrite -mulrDr ler_pmul2l // -ler_subl_addr; have := given_1 j k.
  by do ![rewrite mxE | rewrite big_ord1]; rewrite !mulr1 mul1r.
have Rp := exp_gt0 ex_laws (beta * R).
have up j : n%:R * ex (beta * s 0 j) <= ex (beta * R) * norm ex (beta *: s) 0.
  rewrite -sum_const /norm mulr_sumr ler_sum // => k _.
  by rewrite mxE -(expD ex_laws) (ler_exp ex_laws).
have down j : norm ex (beta *: s) 0 <= n%:R * (ex (beta * R) * ex (beta * s 0 j)).
  rewrite -sum_const /norm ler_sum // => k _; by rewrite mxE -(expD ex_laws) (ler_exp ex_laws).
split=> i j; rewrite (ord1 i) softmaxE [(beta *: s) 0 j]mxE !mxE mulr1.
  by rewrite ler_pdivr_mulr // -mulrA [n%:R^-1 * _]mulrC mulrA ler_pdivl_mulr // [ex (beta * s 0 j) * _]mulrC.
rewrite (expN ex_laws) ler_pdivl_mulr // -invfM mulrC ler_pdivr_mulr; last by above0.
by rewrite mulrCA mulrA [X in _ <= X]mulrC mulrA -mulrA [ex _ * ex _]mulrC; have := down j; rewrite [ex _ * ex _]mulrC.

(* sharpness_iff *)
have m0 : (0 : RR) < m%:R by rewrite ltr0n.
have G0 := exp_gt0 ex_laws (beta * Delta).
have -> : lg (m%:R * delta * epsilon^-1) <= beta * Delta <-> m%:R * delta <= epsilon * ex (beta * Delta).
  rewrite -(ler_exp ex_laws) (expK lg_laws); last by above0.
  by rewrite ler_pdivr_mulr // [ex _ * _]mulrC.
have one : 1 - delta = epsilon by rewrite -given_1 addrC addKr.
split=> [H | H a b].
  have := H (- Delta *: ones RR 1 m) 0; rewrite (top_weight ex) scalerA (norm_level ex) mulr0 mulrN.
  rewrite (exp0 ex_laws) (expN ex_laws) ler_pdivl_mulr; last by above0.
  have worst : at_most (- Delta *: ones RR 1 m + Delta *: ones RR 1 m) (0 *: ones RR 1 m).
    by move=> i j; rewrite !mxE !mulr1 addNr.
  by move=> /(_ worst); rewrite mulrDr mulr1 -ler_subr_addr one mulrA ler_pdivr_mulr // [delta * _]mulrC.
move=> given; have few := below_top ex_laws beta_positive given.
have N0 := norm_gt0 ex_laws (beta *: a) 0 m_min; have E0 := exp_gt0 ex_laws (beta * b).
rewrite (top_weight ex) ler_pdivl_mulr; last by above0.
rewrite mulrDr -ler_subr_addr -[X in X - _]mul1r -mulrBl one -(ler_pmul2r G0) -mulrA.
apply: le_trans (ler_wpmul2l (ltW delta_positive) few) _.
by rewrite mulrA [delta * _]mulrC [X in _ <= X]mulrAC ler_pmul2r.

(* entropy_of_softmax *)
by rewrite (entropyE ex_laws lg_laws) // (entropy_mean lg ex_laws) // (lseE ex lg) total_dot.

(* entropy_largest_iff *)
have n0 : (0 : RR) < n%:R by rewrite ltr0n.
rewrite (entropyE ex_laws lg_laws) //; split=> [E | [c ->]]; last first.
  have N : lg (norm ex (c *: ones RR 1 n) 0) = c + lg n%:R.
    by rewrite (norm_level ex) (logM ex_laws lg_laws) ?(exp_gt0 ex_laws) // (logK lg_laws) addrC.
  have one j : (c *: ones RR 1 n) 0 j = c by rewrite !mxE mulr1.
  under eq_bigr do rewrite N one addrC addKr.
  by rewrite -mulr_suml softmax_sum // mul1r.
set p := softmax ex s; set N := norm ex s 0; rewrite -/p -/N in E; pose x j := lg N - s 0 j - lg n%:R.
have ex_x j : p 0 j * ex (x j) = n%:R^-1.
  rewrite /x /p softmaxE !(expB ex_laws) (exp_lse ex_laws lg_laws) // (expK lg_laws) // -/N.
  have N0 := norm_gt0 ex_laws s 0 n_min; rewrite -/N in N0; have S0 := exp_gt0 ex_laws (s 0 j).
  by field; rewrite !lt0r_neq0.
have : \sum_j p 0 j * (ex (x j) - 1 - x j) = 0.
  have term j : p 0 j * (ex (x j) - 1 - x j) = n%:R^-1 - p 0 j - (p 0 j * (lg N - s 0 j) - p 0 j * lg n%:R).
    by rewrite -(ex_x j) /x; ring.
  under eq_bigr do rewrite term.
  by rewrite !sumrB sum_const mulfV ?lt0r_neq0 // softmax_sum // E -mulr_suml softmax_sum // mul1r !subrr.
move/eqP; rewrite psumr_eq0 => [/allP Z|j _]; last first.
  by rewrite mulr_ge0 ?(softmax_ge0 ex_laws) // -addrA -opprD subr_ge0 (exp_tangent ex_laws).
exists (lg N - lg n%:R); apply/matrixP => i j; rewrite (ord1 i) !mxE mulr1.
have := Z j (mem_index_enum j); rewrite mulf_eq0 (negPf (lt0r_neq0 (softmax_gt0 ex_laws s 0 j))) /=.
rewrite -addrA -opprD subr_eq0 => /eqP /(exp_tangent_eq ex_laws) x0.
by apply/eqP; rewrite -subr_eq0 -oppr_eq0 opprB -[X in _ == X]x0 /x addrAC.

(* entropy_bounds *)
have n0 : (0 : RR) < n%:R by rewrite ltr0n.
rewrite (entropyE ex_laws lg_laws) //; split.
  rewrite (entropy_mean lg ex_laws) //.
  have := lse_tangent ex_laws lg_laws s (0 *: ones RR 1 n) n_min; rewrite (norm_level ex) (exp0 ex_laws) mulr1.
  have zero j : (0 *: ones RR 1 n) 0 j = 0 by rewrite !mxE mul0r.
  by under eq_bigr do rewrite zero sub0r mulrN; rewrite sumrN -ler_subl_addr opprK addrC.
have each j : lg n%:R - R <= lg (norm ex s 0) - s 0 j.
  rewrite ler_subr_addr -(ler_exp ex_laws) (exp_lse ex_laws lg_laws) // -addrA (expD ex_laws) (expK lg_laws) //.
  rewrite -sum_const /norm ler_sum // => k _.
  rewrite (ler_exp ex_laws) addrC ler_subl_addr -ler_subl_addl; have := given_1 j k.
  by do ![rewrite mxE | rewrite big_ord1]; rewrite !mulr1 mul1r.
have -> : lg n%:R - R = \sum_j softmax ex s 0 j * (lg n%:R - R) by rewrite -mulr_suml softmax_sum // mul1r.
by rewrite ler_sum // => j _; apply: ler_wpmul2l; [apply: softmax_ge0 | apply: each].

(* entropy_positive *)
have m1 : (0 < m + 1)%N by rewrite addn1.
rewrite (entropyE ex_laws lg_laws) // big_split_ord big_ord1 /= ltr_paddl //.
  by rewrite sumr_ge0 // => j _; rewrite mulr_ge0 ?(softmax_ge0 ex_laws) // subr_ge0 (lse_ge ex_laws lg_laws).
rewrite mulr_gt0 ?(softmax_gt0 ex_laws) // subr_gt0 -(ltr_exp ex_laws) (exp_lse ex_laws lg_laws) // row_mxEr.
by rewrite norm_row norm1 ltr_addr (norm_gt0 ex_laws).

(* softmax_half_lipschitz *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
have p0 j : 0 <= p 0 j := softmax_ge0 ex_laws s 0 j.
by apply: covariance_half.

(* jacobian_half_length *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
have p0 j : 0 <= p 0 j := softmax_ge0 ex_laws s 0 j.
by apply: covariance_half_length.

(* jacobian_cocoercive *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
have p0 j : 0 <= p 0 j := softmax_ge0 ex_laws s 0 j.
by apply: covariance_cocoercive.

(* jacobian_row_sums *)
set p := softmax ex s.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum.
have p0 j : 0 <= p 0 j := softmax_ge0 ex_laws s 0 j.
have le1 j : p 0 j <= 1 by rewrite -p1 (bigD1 j) //= ler_addl sumr_ge0.
clearbody p; have entry i j : hadamard (2%:R *: identity RR n - ones RR n n) (diag_row p - p^T *m p) i j =
    p 0 i * (if i == j then 1 - p 0 i else p 0 j).
  case: (boolP (i == j)) => [/eqP -> | ne].
    by rewrite /identity !mxE big_ord1 !mxE !eqxx /=; move: (p _ j) => y; ring.
  by rewrite /identity !mxE big_ord1 !mxE (negPf ne) /=; move: (p _ i) (p _ j) => y z; ring.
split=> [i j|].
  by rewrite entry /zeros mxE mulr_ge0 //; case: ifP => // _; rewrite subr_ge0.
split.
  apply/matrixP => i j; rewrite (ord1 i) !mxE; under eq_bigr do rewrite entry.
  rewrite -mulr_sumr (bigD1 j) //= eqxx [X in 1 - _ + X](_ : _ = 1 - p 0 j); first by rewrite !mulrDr; ring.
  rewrite -p1 [X in X - _](bigD1 j) //= addrAC subrr add0r.
  by apply: eq_bigr => k /negPf ne; rewrite eq_sym ne.
move=> i j; rewrite (ord1 i) !mxE mulr1 -subr_ge0.
have -> : 2%:R^-1 - 2%:R * (p 0 j * (1 - p 0 j)) = 2%:R * (2%:R^-1 - p 0 j) ^+ 2 by field.
by rewrite mulr_ge0 ?ler0n ?sqr_ge0.

(* half_is_attained *)
have half j : softmax ex (zeros RR 1 (1 + 1)) 0 j = 2%:R^-1.
  by rewrite softmaxE /norm /zeros !mxE; under eq_bigr do rewrite mxE; rewrite sum_const (exp0 ex_laws) mulr1 mul1r.
set p := softmax ex _ in half *; rewrite covariance_form; last by rewrite big_split_ord !big_ord1 /= !half; field.
rewrite total_dot /mean !big_split_ord !big_ord1 /= !row_mxEl !row_mxEr !half /identity !mxE ?eqxx; by field.

(* dot_variance *)
have H0 : (H%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
have J0 : (J%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
split.
  rewrite exchange_big big1 ?mul0r // => j _.
  by rewrite -total_sum -mulmx_suml given_1 /zeros mul0mx total0.
rewrite (cross_moment q given_3) (own_moment given_2); field; by rewrite H0 J0.

(* dot_variance_scaled *)
have H0 : (H%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
have J0 : (J%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
have -> : \sum_i \sum_j (tau * total (q i *m (kappa j)^T)) ^+ 2 =
    tau ^+ 2 * \sum_i \sum_j total (q i *m (kappa j)^T) ^+ 2.
  by rewrite mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _; rewrite exprMn.
rewrite (cross_moment q given_2) (own_moment given_1) -[RHS]mul1r -[X in _ = X * _]given_3; field; by rewrite H0 J0.

(* score_variance_at_init *)
have H0 : (H%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
have J0 : (J%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
rewrite (init_moment x y given_1 given_2); totals; field; by rewrite H0 J0.

(* dot_with_itself *)
have H0 : (H%:R : RR) != 0 by have /charf0P -> := char_0; rewrite -lt0n.
by rewrite (own_moment given_1); field.

(* causal_rows_sum_to_one *)
by apply: (@masked_rows _ _ ex_laws _ _ _ _ id) => [i l|i]; rewrite mxE ?ler0n // leqnn ltr01.

(* window_rows_sum_to_one *)
apply: (@masked_rows _ _ ex_laws _ _ _ _ id) => [i l|i]; rewrite !mxE -natrM ?ler0n //.
by rewrite !addn0 leqnn leq_addr ltr01.

(* causal_determinant *)
have T (M : 'M[RR]_m) : (forall i j : 'I_m, (i < j)%N -> M i j = 0) -> \det M = \prod_i M i i.
  by move=> low; rewrite det_trig //; apply/is_trig_mxP.
rewrite !T => [|i j lt|i j lt].
- by apply: eq_bigr => i _; rewrite !mxE !addn0 leqnn eqxx.
- by rewrite !mxE -val_eqE /= ltn_eqF // mulr0.
by rewrite !mxE !addn0 leqNgt lt mulr0.

(* stick_breaking_sums *)
have E l : hadamard (beta l) (member R l) = member R l - member R l.+1.
  rewrite -[l.+1]addn1 (stack_inj given_1); move: (member R l) (beta l) => f b; apply/matrixP => i j.
  by rewrite ![hadamard _ _ _ _]mxE [RHS]mxE [X in _ + X]mxE [hadamard _ _ _ _]mxE !mxE mulrBl mul1r opprB addrC subrK.
under eq_bigr do rewrite E -opprB.
rewrite sumrN -(big_mkord xpredT (fun l => member R l.+1 - member R l)) telescope_sumr //.
by rewrite given_2 opprB subrK.

(* stick_breaking_weights *)
have ge0 l i j : 0 <= beta l i j by have := given_3 (join l i) j; rewrite !mxE head_join rest_join.
have le1 l i j : beta l i j <= 1 by have := given_4 (join l i) j; rewrite !mxE head_join rest_join.
have kept k : (k <= L)%N -> forall i j, 0 <= member R k i j.
  elim: k => [_ i j | k IH lt i j]; first by rewrite given_2 mxE ler01.
  rewrite -[k.+1]addn1; have := stack_inj given_1 (Ordinal lt); rewrite /= => ->.
  by rewrite !mxE mulr_ge0 ?subr_ge0 ?le1 // IH // ltnW.
have E l : hadamard (beta l) (member R l) = member R l - member R l.+1.
  rewrite -[l.+1]addn1 (stack_inj given_1); move: (member R l) (beta l) => f b; apply/matrixP => i j.
  by rewrite ![hadamard _ _ _ _]mxE [RHS]mxE [X in _ + X]mxE [hadamard _ _ _ _]mxE !mxE mulrBl mul1r opprB addrC subrK.
split; first by move=> i j; rewrite !mxE mulr_ge0 ?ge0 ?kept // ltnW.
split=> i j; last by rewrite mxE kept.
have -> : \sum_l hadamard (beta l) (member R l) = ones RR n 1 - member R L.
  under eq_bigr do rewrite E -opprB.
  rewrite sumrN -(big_mkord xpredT (fun l => member R l.+1 - member R l)) telescope_sumr //.
  by rewrite given_2 opprB.
by rewrite !mxE ler_subl_addr ler_addl kept.

(* stick_breaking_attention *)
pose s (i l : 'I_(m + 1)) : RR := (l <= i)%N%:R * lg (1 + ex (A i l)).
pose T (i : 'I_(m + 1)) (k : nat) : RR := \sum_(l < m + 1) s i l * (k <= l)%N%:R.
have SC a i j : (hadamard (order_mx RR (m + 1) (m + 1) 0 0) (map_mx lg (ones RR (m + 1) (m + 1) + map_mx ex A)) *m
    order_mx RR (m + 1) (m + 1) a 0) i j = T i (j + a)%N.
  by rewrite mxE; apply: eq_bigr => l _; rewrite !mxE !addn0.
have next i (j : 'I_(m + 1)) : T i j = s i j + T i j.+1.
  have -> : s i j = \sum_l s i l * (l == j)%:R.
    by rewrite (bigD1 j) //= eqxx mulr1 big1 ?addr0 // => l /negPf ->; rewrite mulr0.
  rewrite -big_split; apply: eq_bigr => l _ /=; rewrite -mulrDr -natrD -val_eqE /=; congr (_ * _%:R).
  by case: ltngtP.
have pos i j : 0 < 1 + ex (A i j) by rewrite addr_gt0 ?ltr01 ?(exp_gt0 ex_laws).
have broken i j : hadamard (order_mx RR (m + 1) (m + 1) 0 0) (map_mx ex (A - hadamard (order_mx RR (m + 1) (m + 1) 0 0)
    (map_mx lg (ones RR (m + 1) (m + 1) + map_mx ex A)) *m order_mx RR (m + 1) (m + 1) 0 0)) i j =
    ex (- T i j.+1) - ex (- T i j).
  move: (hadamard _ _ *m _) (SC 0%N) => X XE; rewrite !mxE XE !addn0 next /s.
  case: leqP => _; last by rewrite !mul0r add0r subrr.
  rewrite !mul1r opprD addrA !(expD ex_laws) (expN ex_laws) (expK lg_laws) // -[X in _ = X - _]mul1r -mulrBl; congr (_ * _).
  by have x0 := lt0r_neq0 (pos i j); apply: (mulIf x0); rewrite divfK // mulrBl mul1r mulVf // addrAC subrr add0r.
have zero i : T i (m + 1)%N = 0 by apply: big1 => l _; rewrite leqNgt ltn_ord mulr0.
have start i : T i 0%N = rowsum (hadamard (order_mx RR (m + 1) (m + 1) 0 0)
    (map_mx lg (ones RR (m + 1) (m + 1) + map_mx ex A))) i 0.
  by rewrite mxE; apply: eq_bigr => l _; rewrite mulr1 !mxE !addn0.
have sums : rowsum (hadamard (order_mx RR (m + 1) (m + 1) 0 0) (map_mx ex (A - hadamard (order_mx RR (m + 1) (m + 1) 0 0)
    (map_mx lg (ones RR (m + 1) (m + 1) + map_mx ex A)) *m order_mx RR (m + 1) (m + 1) 0 0))) = ones RR (m + 1) 1 -
    map_mx ex (- rowsum (hadamard (order_mx RR (m + 1) (m + 1) 0 0)
    (map_mx lg (ones RR (m + 1) (m + 1) + map_mx ex A)))).
  apply/matrixP => i j; rewrite [LHS]mxE; under eq_bigr do rewrite broken.
  rewrite -(big_mkord xpredT (fun k => ex (- T i k.+1) - ex (- T i k))) telescope_sumr // zero oppr0 (exp0 ex_laws).
  by rewrite start [RHS]mxE onesE [(- map_mx _ _) _ _]mxE [map_mx _ _ _ _]mxE [(- rowsum _) _ _]mxE (ord1 j).
split.
  apply/matrixP => i j; rewrite broken.
  move: (hadamard (order_mx _ _ _ _ _) (map_mx lg _) *m _) (SC 1%N) => X XE; rewrite !mxE XE !addn0 (addn1 j) next /s.
  case: leqP => _; last by rewrite !mul0r add0r subrr.
  rewrite !mul1r opprD !(expD ex_laws) [ex (- lg _)](expN ex_laws) (expK lg_laws) // -[X in X - _]mul1r -mulrBl; congr (_ * _).
  by have x0 := lt0r_neq0 (pos i j); apply: (mulIf x0); rewrite divfK // mulrBl mul1r mulVf // addrAC subrr add0r.
split; first exact: sums.
split; last by rewrite sums => i j; rewrite !mxE ler_subl_addr ler_addl ltW ?(exp_gt0 ex_laws).
by move=> i j; rewrite [X in X <= _]mxE mxE mulr_ge0 // mxE ?ler0n // ltW ?(exp_gt0 ex_laws).
