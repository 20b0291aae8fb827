(* A token that is far away: the one next to 0 that scores it reads more of it than its share. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax slopes convexity apart means norms lengths moments.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Two.
Variables (F : realFieldType) (e : F -> F) (n : nat).
Hypothesis laws : is_exp e.
Let N : F := 2%:R + n%:R.
Let e0 := unit_row F (n + 2) 0.
Let e1 := unit_row F (n + 2) 1.

Lemma pick_first m (i : 'I_m) (f : 'I_m -> F) : \sum_j unit_row F m i 0 j * f j = f i.
Proof.
rewrite (bigD1 i) //= big1 => [|j /negPf ji]; last by rewrite mxE val_eqE ji mul0r.
by rewrite mxE eqxx mul1r addr0.
Qed.
Lemma first_lt : (0 < n + 2)%N. Proof. by rewrite addn2. Qed.
Lemma second_lt : (1 < n + 2)%N. Proof. by rewrite addn2. Qed.
Let i0 := Ordinal first_lt.
Let i1 := Ordinal second_lt.
Lemma two_places : N = (n + 2)%:R. Proof. by rewrite /N natrD addrC. Qed.
Lemma two_scores r q j : (r *: e0 + q *: e1) 0 j = r * e0 0 j + q * e1 0 j.
Proof. by rewrite !entriesE. Qed.
Lemma two_scores_exp r q j :
  e ((r *: e0 + q *: e1) 0 j) = 1 + e0 0 j * (e r - 1) + e1 0 j * (e q - 1).
Proof.
rewrite two_scores !mxE; case: (nat_of_ord j) => [|[|k]] /=;
  rewrite ?(mulr0, mulr1, mul0r, mul1r, addr0, add0r) ?(exp0 laws) ?[1 + _]addrC ?subrK //.
Qed.
Lemma two_scores_norm r q : norm e (r *: e0 + q *: e1) 0 = n%:R + e r + e q.
Proof.
rewrite /norm; under eq_bigr do rewrite two_scores_exp.
rewrite !big_split /= sumr_const card_ord (pick_first i0 (fun=> e r - 1)) (pick_first i1 (fun=> e q - 1)).
by rewrite natrD; ring.
Qed.
Lemma two_scores_read r q (i : 'I_(n + 2)) :
  (softmax e (r *: e0 + q *: e1) *m (unit_row F (n + 2) i)^T) 0 0 = e ((r *: e0 + q *: e1) 0 i) / (n%:R + e r + e q).
Proof.
rewrite mxE; under eq_bigr do rewrite mulrC entry_tr.
by rewrite (pick_first i (softmax e (r *: e0 + q *: e1) 0)) softmaxE two_scores_norm.
Qed.
Lemma read_second r q : total (softmax e (r *: e0 + q *: e1) *m e1^T) = e q / (n%:R + e r + e q).
Proof. by rewrite total11 (two_scores_read r q i1) two_scores !mxE /= mulr0 mulr1 add0r. Qed.
Lemma read_first r q : total (softmax e (r *: e0 + q *: e1) *m e0^T) = e r / (n%:R + e r + e q).
Proof. by rewrite total11 (two_scores_read r q i0) two_scores !mxE /= mulr0 mulr1 addr0. Qed.

Lemma above_share (r q : F) : r <= 2%:R^-1 * q -> 0 <= q ->
  N^-1 + q * e (- q) / (2%:R * N ^+ 2) <= e q / (n%:R + e r + e q).
Proof.
move=> low q0; pose x := e (2%:R^-1 * q); have x1 : 1 + 2%:R^-1 * q <= x by exact: exp_tangent.
have zE : e q = x * x by rewrite -(expD laws) -mulrDl; congr e; field.
have o0 := exp_gt0 laws r; have ox : e r <= x by rewrite (ler_exp laws).
have h0 : 0 <= 2%:R^-1 * q by rewrite mulr_ge0 ?invr_ge0 ?ler0n.
have one : 1 <= x by apply: le_trans x1; rewrite ler_addl.
have x0 : 0 < x by exact: lt_le_trans ltr01 one.
rewrite (expN laws) zE; move: (e r) o0 ox => o o0 ox; move: x {zE} x1 one x0 ox => x x1 one x0 ox.
have n0 : 0 <= n%:R :> F by rewrite ler0n.
have N0 : 0 < N by rewrite add_gt0_ge0 ?ltr0n.
have s0 : 0 < n%:R + o + x * x by rewrite addr_gt0 ?mulr_gt0 // addrC add_gt0_ge0.
have z1 : 1 <= x * x by rewrite -[1]mulr1 ler_pmul.
have jump : 2%:R^-1 * q <= x * x - x.
  apply: (@le_trans _ _ (x - 1)); first by rewrite ler_subr_addl.
  rewrite -subr_ge0 [leRHS](_ : _ = (x - 1) ^+ 2) ?sqr_ge0 //; ring.
have gap : 2%:R^-1 * q <= N * (x * x) - (n%:R + o + x * x).
  rewrite -subr_ge0 [leRHS](_ : _ = n%:R * (x * x - 1) + (x - o) + (x * x - x - 2%:R^-1 * q)); last by rewrite /N; field.
  by rewrite addr_ge0 ?subr_ge0 // addr_ge0 ?subr_ge0 // mulr_ge0 ?subr_ge0.
have less : n%:R + o + x * x <= N * (x * x) by rewrite -subr_ge0 (le_trans h0).
rewrite -ler_subr_addl [leRHS](_ : _ = (N * (x * x) - (n%:R + o + x * x)) / (N * (n%:R + o + x * x))); last first.
  by field; rewrite !lt0r_neq0.
rewrite [leLHS](_ : _ = (2%:R^-1 * q) / (N * (N * (x * x)))); last by field; rewrite !lt0r_neq0.
apply: ler_pmul => //; first by rewrite invr_ge0 !mulr_ge0 ?(ltW N0) ?(ltW x0).
by rewrite ler_pinv ?inE ?unitfE ?lt0r_neq0 ?mulr_gt0 //= ler_pmul2l.
Qed.
End Two.

Section Far.
Variables (F : realFieldType) (e : F -> F) (n d v : nat) (tau R : F).
Hypotheses (laws : is_exp e) (tau0 : 0 < tau) (R0 : 0 < R).
Variables (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)) (y u : 'M[F]_(1, d)).
Let N : F := 2%:R + n%:R.
Let e0 := unit_row F (n + 2) 0.
Let e1 := unit_row F (n + 2) 1.
Let c := total (y *m W *m u^T).
Let s := total (y *m W *m y^T).
Definition attended (X : 'M[F]_(n + 2, d)) := softmax e (tau *: (X *m W *m X^T)) *m X *m M.

Lemma unit_softmax m k (S : 'M[F]_(m, k)) (i : 'I_m) :
  unit_row F m i *m softmax e S = softmax e (unit_row F m i *m S).
Proof. by rewrite !unit_row_mul; apply/matrixP => a j; rewrite !mxE; under [in RHS]eq_bigr do rewrite mxE. Qed.
Lemma unit_gram m (i j : 'I_m) : unit_row F m i *m (unit_row F m j)^T = (i == j)%:R%:M.
Proof. by rewrite unit_row_mul; apply/matrixP => a b; rewrite !mxE !ord1 eqxx mulr1n. Qed.
Lemma row11 k (a : 'M[F]_(1, 1)) (x : 'M[F]_(1, k)) : a *m x = total a *: x.
Proof. by rewrite total11 {1}[a]mx11_scalar mul_scalar_mx. Qed.
Lemma attended_row (X : 'M[F]_(n + 2, d)) :
  e0 *m attended X = softmax e (tau *: (e0 *m X *m W *m X^T)) *m X *m M.
Proof.
by rewrite /attended !mulmxA (unit_softmax _ (Ordinal (first_lt n))) mul_scale_r !mulmxA.
Qed.
Let A := (c * R^-1) *: (e0^T *m y) + R *: (e1^T *m u).
Let B := R *: (e1^T *m u).
Lemma gram00 : e0 *m e0^T = 1%:M. Proof. exact: (unit_gram (Ordinal (first_lt n)) (Ordinal (first_lt n))). Qed.
Lemma gram01 : e0 *m e1^T = 0.
Proof. by rewrite (unit_gram (Ordinal (first_lt n)) (Ordinal (second_lt n))) /= raddf0. Qed.
Lemma first_near : e0 *m A = (c * R^-1) *: y.
Proof. by rewrite /A mulmxDr !mul_scale_r !mulmxA gram00 gram01 mul1mx mul0mx scaler0 addr0. Qed.
Lemma first_far : e0 *m B = 0.
Proof. by rewrite /B mul_scale_r mulmxA gram01 mul0mx scaler0. Qed.
Lemma scores_near : tau *: (e0 *m A *m W *m A^T) = (tau * c ^+ 2 * s / R ^+ 2) *: e0 + (tau * c ^+ 2) *: e1.
Proof.
rewrite first_near /A tr_add !tr_scale !trmx_mul !trmxK !mulmxDr !mul_scale_l !mul_scale_r !mulmxA !row11 -/c -/s.
rewrite !scalerDr !scalerA; by congr (_ *: _ + _ *: _); field; exact: lt0r_neq0.
Qed.
Let p := softmax e ((tau * c ^+ 2 * s / R ^+ 2) *: e0 + (tau * c ^+ 2) *: e1).
Let o := total (p *m e0^T).
Let g := total (p *m e1^T) - N^-1.
Lemma near_read : e0 *m attended A = (o * (c * R^-1)) *: (y *m M) + (R * (g + N^-1)) *: (u *m M).
Proof.
rewrite attended_row scores_near -/p /A !mulmxDr !mulmxDl !mul_scale_r !mulmxA !row11 !mul_scale_l !scalerA -/o.
by rewrite subrK mulrC.
Qed.
Lemma far_read : e0 *m attended B = (R * N^-1) *: (u *m M).
Proof.
have flat : tau *: (e0 *m B *m W *m B^T) = 0 *: e0 + 0 *: e1 by rewrite first_far !mul0mx scaler0 !scale0r addr0.
rewrite attended_row flat /B mul_scale_r mulmxA mul_scale_l row11 mul_scale_l scalerA (read_second n laws).
by rewrite (exp0 laws) /N -addrA addrC mul1r.
Qed.
Lemma rows_apart : e0 *m (attended A - attended B) = (o * (c * R^-1)) *: (y *m M) + (R * g) *: (u *m M).
Proof. by rewrite mulmxBr near_read far_read mulrDr scalerDl addrA addrK. Qed.
Lemma first_shorter k (Z : 'M[F]_(n + 2, k)) : length2 (e0 *m Z) <= total (hadamard Z Z).
Proof.
rewrite (unit_row_mul (Ordinal (first_lt n))) /length2 /total big_ord1 (bigD1 (Ordinal (first_lt n))) //=.
rewrite [X in X <= _](_ : _ = \sum_j hadamard Z Z (Ordinal (first_lt n)) j); last first.
  by apply: eq_bigr => j _; rewrite !mxE.
by rewrite ler_addl sumr_ge0 // => i _; rewrite sumr_ge0 // => j _; rewrite mxE -expr2 sqr_ge0.
Qed.
Lemma two_squares k a b (x z : 'M[F]_(1, k)) :
  b ^+ 2 * length2 z <= 2%:R * length2 (a *: x + b *: z) + 2%:R * a ^+ 2 * length2 x.
Proof.
rewrite !length2E -subr_ge0 !mulr_sumr -big_split -sumrB sumr_ge0 //= => j _; rewrite !mxE.
by rewrite [leRHS](_ : _ = (2%:R * a * x 0 j + b * z 0 j) ^+ 2) ?sqr_ge0 //; ering.
Qed.
Let least := tau * c ^+ 2 * e (- (tau * c ^+ 2)) / (2%:R * N ^+ 2).
Lemma least_ge0 : 0 <= least.
Proof.
have N0 : 0 <= N by rewrite addr_ge0 ?ler0n.
have C0 : 0 <= tau * c ^+ 2 by rewrite mulr_ge0 ?sqr_ge0 ?ltW.
apply: divr_ge0; last by rewrite mulr_ge0 ?exprn_ge0 ?ler0n.
by apply: mulr_ge0 => //; exact: ltW (exp_gt0 laws _).
Qed.
Lemma least_gt0 : c != 0 -> 0 < least.
Proof.
move=> c0; have N0 : 0 < N by rewrite add_gt0_ge0 ?ltr0n ?ler0n.
have C0 : 0 < tau * c ^+ 2 by rewrite mulr_gt0 // exprn_even_gt0.
apply: divr_gt0; last by rewrite mulr_gt0 ?exprn_gt0 ?ltr0n.
by apply: mulr_gt0 => //; exact: exp_gt0.
Qed.
Lemma least_gap : 1 + s ^+ 2 <= R -> least <= g.
Proof.
move=> away; have C0 : 0 <= tau * c ^+ 2 by rewrite mulr_ge0 ?sqr_ge0 ?ltW.
have R1 : 1 <= R by apply: le_trans away; rewrite ler_addl sqr_ge0.
have wide : 2%:R * s <= R ^+ 2.
  have : R <= R ^+ 2 by rewrite expr2 ler_pmull.
  apply: le_trans; apply: le_trans away; rewrite -subr_ge0 [leRHS](_ : _ = (s - 1) ^+ 2) ?sqr_ge0 //; ring.
rewrite /g /p (read_second n laws) ler_subr_addl; apply: (above_share n laws) => //.
rewrite ler_pdivr_mulr ?exprn_gt0 // [leRHS](_ : _ = tau * c ^+ 2 * (2%:R^-1 * R ^+ 2)); last by ring.
by rewrite ler_wpmul2l // ler_pdivl_mull ?ltr0n.
Qed.
Lemma own_le1 : o ^+ 2 <= 1.
Proof.
rewrite /o /p (read_first n laws); move: (_ / R ^+ 2) => r; move: (tau * _) => q.
have n0 : 0 <= n%:R :> F by rewrite ler0n.
have r0 := exp_gt0 laws r; have q0 := exp_gt0 laws q.
have s0 : 0 < n%:R + e r + e q by rewrite addr_gt0 // addrC add_gt0_ge0.
rewrite expr_le1 ?divr_ge0 ?(ltW r0) ?(ltW s0) // ler_pdivr_mulr // mul1r.
by rewrite addrAC ler_addr addr_ge0 // ltW.
Qed.
Lemma far_row_apart : 1 + s ^+ 2 <= R -> R ^+ 2 * least ^+ 2 * length2 (u *m M) <=
  2%:R * length2 (e0 *m (attended A - attended B)) + 2%:R * c ^+ 2 * (R ^+ 2)^-1 * length2 (y *m M).
Proof.
move=> away; have less := least_gap away; have l0 := least_ge0.
apply: (@le_trans _ _ ((R * g) ^+ 2 * length2 (u *m M))).
  have a0 : 0 <= R * least by rewrite mulr_ge0 ?(ltW R0).
  have ab : R * least <= R * g by rewrite ler_wpmul2l ?(ltW R0).
  by rewrite -exprMn ler_wpmul2r ?length2_ge0 // ler_sqr ?nnegrE // (le_trans a0 ab).
apply: le_trans (two_squares (o * (c * R^-1)) (R * g) (y *m M) (u *m M)) _.
rewrite -rows_apart ler_add2l ler_wpmul2r ?length2_ge0 // -mulrA ler_wpmul2l ?ler0n //.
rewrite [leLHS](_ : _ = o ^+ 2 * (c ^+ 2 / R ^+ 2)); last by field; exact: lt0r_neq0.
by rewrite -[leRHS]mul1r ler_wpmul2r ?own_le1 // divr_ge0 ?sqr_ge0.
Qed.
Lemma far_apart : 1 + s ^+ 2 <= R -> R ^+ 2 * least ^+ 2 * length2 (u *m M) <=
  2%:R * total (hadamard (attended A - attended B) (attended A - attended B)) +
  2%:R * c ^+ 2 * (R ^+ 2)^-1 * length2 (y *m M).
Proof. by move/far_row_apart/le_trans; apply; rewrite ler_add2r ler_wpmul2l ?ler0n ?first_shorter. Qed.
End Far.
