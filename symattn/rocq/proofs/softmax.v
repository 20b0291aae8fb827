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
