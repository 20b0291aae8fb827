(* Convexity from the tangents of the exponential alone: Jensen, Cauchy and Schwarz, Popoviciu, for weighted sums; and
   how far apart two rows of attention weights can be. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Weighted.
Variables (F : realFieldType) (n : nat).
Implicit Types (w f g r : 'I_n -> F) (a b : F).

Lemma total_row (A : 'M[F]_(1, n)) : total A = \sum_j A 0 j. Proof. by rewrite /total big_ord1. Qed.
Lemma total_dot (A B : 'M[F]_(1, n)) : total (hadamard A B) = \sum_j A 0 j * B 0 j.
Proof. by rewrite total_row; apply: eq_bigr => j _; rewrite mxE. Qed.
Lemma total_dot3 (A B C : 'M[F]_(1, n)) : total (hadamard A (hadamard B C)) = \sum_j A 0 j * (B 0 j * C 0 j).
Proof. by rewrite total_row; apply: eq_bigr => j _; rewrite !mxE. Qed.
Lemma sum_pairs f g : (\sum_i f i) * (\sum_j g j) = \sum_i \sum_j f i * g j.
Proof. by rewrite mulr_suml; apply: eq_bigr => i _; rewrite mulr_sumr. Qed.
Lemma sum_const a : \sum_(j < n) a = n%:R * a.
Proof. by rewrite sumr_const card_ord mulr_natl. Qed.

Lemma sum_schwarz w f g : (forall j, 0 <= w j) ->
  (\sum_j w j * (f j * g j)) ^+ 2 <= (\sum_j w j * (f j * f j)) * (\sum_j w j * (g j * g j)).
Proof.
move=> w0; rewrite -subr_ge0 -(pmulr_rge0 _ (ltr0Sn F 1)).
rewrite [X in 0 <= X](_ : _ = \sum_i \sum_j w i * w j * (f i * g j - f j * g i) ^+ 2); last first.
  have -> : 2%:R * ((\sum_j w j * (f j * f j)) * (\sum_j w j * (g j * g j)) - (\sum_j w j * (f j * g j)) ^+ 2) =
    (\sum_j w j * (f j * f j)) * (\sum_j w j * (g j * g j)) + (\sum_j w j * (g j * g j)) * (\sum_j w j * (f j * f j))
    - 2%:R * ((\sum_j w j * (f j * g j)) * (\sum_j w j * (f j * g j))) by ring.
  rewrite !sum_pairs mulr_sumr -big_split -sumrB /=; apply: eq_bigr => i _.
  rewrite mulr_sumr -big_split -sumrB /=; apply: eq_bigr => j _; ring.
by rewrite sumr_ge0 // => i _; rewrite sumr_ge0 // => j _; apply: mulr_ge0; [apply: mulr_ge0 | apply: sqr_ge0].
Qed.
Lemma sum_popoviciu w f a b : (forall j, 0 <= w j) -> \sum_j w j = 1 -> (forall j, a <= f j) -> (forall j, f j <= b) ->
  \sum_j w j * (f j * f j) - (\sum_j w j * f j) ^+ 2 <= 4%:R^-1 * (b - a) ^+ 2.
Proof.
move=> w0 w1 af fb; set m := \sum_j w j * f j.
have H : 0 <= \sum_j w j * ((f j - a) * (b - f j)).
  by rewrite sumr_ge0 // => j _; rewrite mulr_ge0 // mulr_ge0 ?subr_ge0.
rewrite -subr_ge0 [X in 0 <= X](_ : _ = \sum_j w j * ((f j - a) * (b - f j)) + (m - 2%:R^-1 * (a + b)) ^+ 2).
  by rewrite addr_ge0 ?sqr_ge0.
have -> : \sum_j w j * ((f j - a) * (b - f j)) = (a + b) * m - \sum_j w j * (f j * f j) - a * b * \sum_j w j.
  by rewrite /m !mulr_sumr -!sumrB; apply: eq_bigr => j _; ring.
by rewrite w1; field.
Qed.

(* weights a, b and numbers r within a factor e of each other: pair by pair, then Cauchy and Schwarz *)
Lemma sum_by_pairs (al be r : 'I_n -> F) (e : F) : (forall j, 0 <= al j) -> (forall j, 0 <= be j) ->
  (forall j, 0 <= r j) -> (forall j k, r j <= e * r k) -> 1 <= e ->
  (e + 1) * ((\sum_j al j * (r j * r j)) * (\sum_j be j) - (\sum_j al j) * (\sum_j be j * (r j * r j))) <=
  (e - 1) * (\sum_j al j * (r j * r j) + \sum_j be j * (r j * r j)) * (\sum_j al j + \sum_j be j).
Proof.
move=> a0 b0 r0 near e1; have e0 : 0 <= e - 1 by rewrite subr_ge0.
pose A := \sum_j al j * (r j * r j); pose B := \sum_j be j * (r j * r j).
pose a := \sum_j al j; pose b := \sum_j be j; pose U := \sum_j al j * r j; pose V := \sum_j be j * r j.
rewrite -/A -/B -/a -/b.
have pairs : 0 <= (e - 1) * (U * V) + e * (a * B) - A * b.
  rewrite (_ : _ - _ = \sum_i \sum_j al i * be j * ((r i + r j) * (e * r j - r i))); last first.
    rewrite /A /B /a /b /U /V !sum_pairs !mulr_sumr -big_split -sumrB; apply: eq_bigr => i _ /=.
    by rewrite !mulr_sumr -big_split -sumrB; apply: eq_bigr => j _ /=; ring.
  rewrite sumr_ge0 // => i _; rewrite sumr_ge0 // => j _.
  by apply: mulr_ge0; [apply: mulr_ge0 | apply: mulr_ge0; [apply: addr_ge0 | rewrite subr_ge0]].
have schwarz (w : 'I_n -> F) : (forall j, 0 <= w j) ->
    (\sum_j w j * r j) ^+ 2 <= (\sum_j w j) * \sum_j w j * (r j * r j).
  move=> w0; have := sum_schwarz r (fun=> 1) w0; rewrite [X in _ <= X]mulrC.
  by under eq_bigr do rewrite mulr1; under [X in _ <= X * _]eq_bigr do rewrite !mulr1.
have two : 0 <= a * A + b * B - 2%:R * (U * V).
  have -> : a * A + b * B - 2%:R * (U * V) = (a * A - U ^+ 2) + (b * B - V ^+ 2) + (U - V) ^+ 2 by ring.
  by apply: addr_ge0; [apply: addr_ge0; rewrite subr_ge0; apply: schwarz | apply: sqr_ge0].
rewrite -subr_ge0 [X in 0 <= X](_ : _ =
  2%:R * ((e - 1) * (U * V) + e * (a * B) - A * b) + (e - 1) * (a * A + b * B - 2%:R * (U * V))); last by ring.
by rewrite addr_ge0 // mulr_ge0 ?ler0n.
Qed.
End Weighted.

(* the covariance of weights is at most a half *)
Section Covariance.
Variables (F : realFieldType) (n : nat) (p : 'M[F]_(1, n)).
Hypotheses (p0 : forall j, 0 <= p 0 j) (p1 : \sum_j p 0 j = 1).
Implicit Types v : 'M[F]_(1, n).
Lemma covariance_half v : total (v *m (diag_row p - p^T *m p) *m v^T) <= 2%:R^-1 * total (hadamard v v).
Proof.
rewrite covariance_form // -(ler_pmul2l (ltr0Sn F 1)) mulrA mulfV ?pnatr_eq0 // mul1r -pairs_form //.
have pair i j : p 0 i * p 0 j * (v 0 i - v 0 j) ^+ 2 <=
    2%:R * (p 0 i * v 0 i ^+ 2) * p 0 j + p 0 i * (2%:R * (p 0 j * v 0 j ^+ 2))
    - (if j == i then 4%:R * p 0 i ^+ 2 * v 0 i ^+ 2 else 0).
  case: eqP => [-> | _]; rewrite -subr_ge0.
    by rewrite [X in 0 <= X](_ : _ = 0) //; ring.
  rewrite [X in 0 <= X](_ : _ = p 0 i * p 0 j * (v 0 i + v 0 j) ^+ 2); last by ring.
  by apply: mulr_ge0; [apply: mulr_ge0 | apply: sqr_ge0].
apply: le_trans (ler_sum _ (fun i _ => ler_sum _ (fun j _ => pair i j))) _.
have -> : \sum_i \sum_j (2%:R * (p 0 i * v 0 i ^+ 2) * p 0 j + p 0 i * (2%:R * (p 0 j * v 0 j ^+ 2))
    - (if j == i then 4%:R * p 0 i ^+ 2 * v 0 i ^+ 2 else 0)) =
    4%:R * (\sum_i p 0 i * v 0 i ^+ 2) - \sum_i 4%:R * p 0 i ^+ 2 * v 0 i ^+ 2.
  under eq_bigr do rewrite sumrB big_split /=.
  rewrite sumrB big_split /=; congr (_ - _); last first.
    by apply: eq_bigr => i _; rewrite -big_mkcond big_pred1_eq.
  have one : \sum_i \sum_j 2%:R * (p 0 i * v 0 i ^+ 2) * p 0 j = 2%:R * \sum_i p 0 i * v 0 i ^+ 2.
    by rewrite mulr_sumr; apply: eq_bigr => i _; rewrite -mulr_sumr p1 mulr1.
  have two : \sum_i \sum_j p 0 i * (2%:R * (p 0 j * v 0 j ^+ 2)) = 2%:R * \sum_i p 0 i * v 0 i ^+ 2.
    by under eq_bigr do rewrite -mulr_sumr; rewrite -mulr_suml p1 mul1r -mulr_sumr.
  by rewrite one two -mulrDl -natrD.
rewrite total_dot mulr_sumr -sumrB ler_sum // => j _; rewrite -subr_ge0.
rewrite [X in 0 <= X](_ : _ = (1 - 2%:R * p 0 j) ^+ 2 * v 0 j ^+ 2); last by ring.
by apply: mulr_ge0; apply: sqr_ge0.
Qed.
Lemma covariance_half_length v : total (hadamard (v *m (diag_row p - p^T *m p)) (v *m (diag_row p - p^T *m p))) <=
  4%:R^-1 * total (hadamard v v).
Proof.
have := covariance_half; have : forall u : 'M[F]_(1, n), 0 <= total (u *m (diag_row p - p^T *m p) *m u^T).
  by move=> u; rewrite covariance_form // sumr_ge0 // => j _; rewrite mulr_ge0 ?sqr_ge0.
have := covariance_tr p; move: (_ - _) => J JT above half.
have dot (x y : 'M[F]_(1, n)) : total (hadamard x y) = total (x *m y^T).
  by rewrite total_hadamard total11 /mxtrace big_ord1.
have := half v; have := half (v *m J); have := above (2%:R^-1 *: v - v *m J).
rewrite !dot tr_sub tr_scale trmx_mul JT mulmxBl mulmxBr !mulmxBl !mul_scale_r !mul_scale_l !totalB !totalZ !mulmxA.
set a := total (v *m J *m v^T); set b := total (v *m J *m J *m v^T).
set c := total (v *m J *m J *m J *m v^T); set d := total (v *m v^T) => H1 H2 H3.
rewrite -subr_ge0; have -> : 4%:R^-1 * d - b = 2%:R * (2%:R^-1 * (2%:R^-1 * a) - 2%:R^-1 * b - (2%:R^-1 * b - c))
  + 2%:R * (2%:R^-1 * b - c) + 2%:R^-1 * (2%:R^-1 * d - a) by field.
by rewrite !addr_ge0 // mulr_ge0 ?invr_ge0 ?ler0n // subr_ge0.
Qed.
Lemma covariance_cocoercive v : 2%:R * total (hadamard (v *m (diag_row p - p^T *m p)) (v *m (diag_row p - p^T *m p))) <=
  total (v *m (diag_row p - p^T *m p) *m v^T).
Proof.
have := covariance_half; have : forall u : 'M[F]_(1, n), 0 <= total (u *m (diag_row p - p^T *m p) *m u^T).
  by move=> u; rewrite covariance_form // sumr_ge0 // => j _; rewrite mulr_ge0 ?sqr_ge0.
have := covariance_tr p; move: (_ - _) => J JT above half.
have dot (x y : 'M[F]_(1, n)) : total (hadamard x y) = total (x *m y^T).
  by rewrite total_hadamard total11 /mxtrace big_ord1.
have := half (v *m J); have := above (v - 2%:R *: (v *m J)).
rewrite !dot tr_sub tr_scale trmx_mul JT mulmxBl mulmxBr !mulmxBl !mul_scale_r !mul_scale_l !totalB !totalZ !mulmxA.
set a := total (v *m J *m v^T); set b := total (v *m J *m J *m v^T).
set c := total (v *m J *m J *m J *m v^T) => H1 H2.
rewrite -subr_ge0; have -> : a - 2%:R * b = a - 2%:R * b - (2%:R * b - 2%:R * (2%:R * c)) + 4%:R * (2%:R^-1 * b - c).
  by field.
by apply: addr_ge0; [exact: H1 | rewrite mulr_ge0 ?ler0n // subr_ge0].
Qed.
End Covariance.

(* what printed hypotheses say of the entries *)
Section Entries.
Variables (F : realFieldType) (n : nat) (A : 'M[F]_(1, n)).
Lemma entries_ge0 : at_most (zeros F 1 n) A -> forall j, 0 <= A 0 j.
Proof. by move=> H j; have := H 0 j; rewrite /zeros mxE. Qed.
Lemma entries_le1 : at_most A (ones F 1 n) -> forall j, A 0 j <= 1.
Proof. by move=> H j; have := H 0 j; rewrite onesE. Qed.
Lemma entries_le a : at_most A (a *: ones F 1 n) -> forall j, A 0 j <= a.
Proof. by move=> H j; have := H 0 j; rewrite !mxE mulr1. Qed.
Lemma entries_ge a : at_most (a *: ones F 1 n) A -> forall j, a <= A 0 j.
Proof. by move=> H j; have := H 0 j; rewrite !mxE mulr1. Qed.
End Entries.

Section Exp.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.

Lemma exp_tangent_eq x : e x = 1 + x -> x = 0.
Proof.
move=> E; have half : x = 2%:R^-1 * x + 2%:R^-1 * x by field.
have T := exp_tangent laws (2%:R^-1 * x); move: E; rewrite {1}half (expD laws).
set y := e _ => E; have : (y - 1) ^+ 2 <= 0.
  have -> : (y - 1) ^+ 2 = y * y - 2%:R * y + 1 by ring.
  rewrite E; have -> : 1 + x - 2%:R * y + 1 = 2%:R * (1 + 2%:R^-1 * x - y) by field.
  by rewrite pmulr_rle0 ?ltr0n // subr_le0.
move=> sq; have /eqP : (y - 1) ^+ 2 = 0 by apply/eqP; rewrite eq_le sq sqr_ge0.
rewrite sqrf_eq0 subr_eq0 -(exp0 laws) => /eqP /(exp_injective laws) H.
by apply: (mulfI (x := 2%:R^-1)); rewrite ?invr_eq0 ?pnatr_eq0 // mulr0.
Qed.
Lemma softmax_total n (s : 'M[F]_(1, n)) : (0 < n)%N -> total (softmax e s) = 1.
Proof. by move=> n0; rewrite total_row softmax_sum. Qed.
Lemma softmax_dot n (w s : 'M[F]_(1, n)) : total (hadamard w (softmax e s)) = \sum_j w 0 j * (e (s 0 j) / norm e s 0).
Proof. by rewrite total_dot; apply: eq_bigr => j _; rewrite softmaxE. Qed.
Lemma differences_apart n (s t : 'M[F]_(1, n)) c :
  at_most ((s^T - t^T) *m ones F 1 n - ones F n 1 *m (s - t)) (c *: ones F n n) ->
  forall j k, s 0 j - t 0 j - (s 0 k - t 0 k) <= c.
Proof. by move=> H j k; have := H j k; do ![rewrite mxE | rewrite big_ord1]; rewrite !mulr1 mul1r. Qed.

Lemma sum_jensen n (w s : 'I_n -> F) : (forall j, 0 <= w j) -> \sum_j w j = 1 ->
  e (\sum_j w j * s j) <= \sum_j w j * e (s j).
Proof.
move=> w0 w1; set m := \sum_j w j * s j.
have -> : e m = \sum_j w j * (e m * (1 + (s j - m))).
  have -> : \sum_j w j * (e m * (1 + (s j - m))) = e m * (\sum_j w j + m - m * \sum_j w j).
    by rewrite /m [_ * \sum_j w j]mulr_sumr -big_split -sumrB mulr_sumr; apply: eq_bigr => j _ /=; ring.
  by rewrite w1 mulr1 addrK mulr1.
by rewrite ler_sum // => j _; rewrite ler_wpmul2l // exp_from.
Qed.
Lemma softmax_ge0 m n (S : 'M[F]_(m, n)) i j : 0 <= softmax e S i j.
Proof. by rewrite ltW // softmax_gt0. Qed.

(* the most that weights w between 0 and 1 can tell softmax s from softmax t *)
Lemma sum_tv n (w s t : 'I_n -> F) (h : F) : (0 < n)%N -> (forall j, 0 <= w j) -> (forall j, w j <= 1) ->
  (forall j k, s j - t j - (s k - t k) <= 2%:R * h) ->
  \sum_j w j * (e (s j) / (\sum_k e (s k)) - e (t j) / (\sum_k e (t k))) <= (e h - 1) / (e h + 1).
Proof.
move=> n0 w0 w1 apart; pose r j := e (2%:R^-1 * (s j - t j)); set S := \sum_k e (s k); set T := \sum_k e (t k).
have S0 : 0 < S by apply: sum_gt0 => // j; apply: exp_gt0.
have T0 : 0 < T by apply: sum_gt0 => // j; apply: exp_gt0.
have rr j : e (t j) * (r j * r j) = e (s j) by rewrite -!(expD laws); congr e; field.
have h0 : 0 <= h by have := apart (Ordinal n0) (Ordinal n0); rewrite subrr pmulr_rge0 // ltr0n.
have e1 : 1 <= e h by rewrite (le_trans _ (exp_tangent laws h)) // ler_addl.
have near j k : r j <= e h * r k.
  rewrite -(expD laws) (ler_exp laws) -subr_ge0.
  have -> : h + 2%:R^-1 * (s k - t k) - 2%:R^-1 * (s j - t j) = 2%:R^-1 * (2%:R * h - (s j - t j - (s k - t k))).
    by field.
  by rewrite mulr_ge0 ?invr_ge0 ?ler0n // subr_ge0.
have g0 j : 0 <= e (t j) by rewrite ltW // exp_gt0.
pose X := \sum_j w j * e (s j); pose Y := \sum_j w j * e (t j).
have bound : (e h + 1) * (X * (T - Y) - Y * (S - X)) <= (e h - 1) * (X + (S - X)) * (Y + (T - Y)).
  have -> : X = \sum_j w j * e (t j) * (r j * r j) by apply: eq_bigr => j _; rewrite -mulrA rr.
  have -> : S - \sum_j w j * e (t j) * (r j * r j) = \sum_j (1 - w j) * e (t j) * (r j * r j).
    by rewrite -sumrB; apply: eq_bigr => j _; rewrite -!mulrA rr; ring.
  have -> : T - Y = \sum_j (1 - w j) * e (t j) by rewrite -sumrB; apply: eq_bigr => j _; ring.
  by apply: sum_by_pairs => // j; first [by rewrite mulr_ge0 | by rewrite mulr_ge0 ?subr_ge0 | by rewrite ltW ?exp_gt0].
rewrite [X in X <= _](_ : _ = X / S - Y / T); last first.
  by rewrite !mulr_suml -sumrB; apply: eq_bigr => j _; ring.
have E0 : 0 < e h + 1 by rewrite addr_gt0 ?exp_gt0 ?ltr01.
rewrite ler_pdivl_mulr // -(ler_pmul2r (mulr_gt0 S0 T0)); apply: le_trans (le_trans bound _).
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite !lt0r_neq0.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End Exp.

Section Log.
Variables (F : realFieldType) (e l : F -> F).
Hypotheses (laws : is_exp e) (log_laws : is_log e l).

Lemma ler_log x y : 0 < x -> 0 < y -> (l x <= l y) = (x <= y).
Proof. by move=> x0 y0; rewrite -(ler_exp laws) !(expK log_laws). Qed.
Lemma log_tangent x : 0 < x -> l x <= x - 1.
Proof. by move=> x0; have := exp_tangent laws (l x); rewrite (expK log_laws) // ler_subr_addl. Qed.
Lemma lseE n (s : 'M[F]_(1, n)) : total (map_mx l (rowsum (map_mx e s))) = l (norm e s 0).
Proof. by rewrite total11 mxE rowsum_exp. Qed.
Lemma exp_lse n (s : 'M[F]_(1, n)) : (0 < n)%N -> e (l (norm e s 0)) = norm e s 0.
Proof. by move=> n0; rewrite (expK log_laws) // norm_gt0. Qed.
(* the tangents of log-sum-exp, and the entropy of its weights *)
Lemma lse_tangent n (s t : 'M[F]_(1, n)) : (0 < n)%N ->
  \sum_j softmax e s 0 j * (t 0 j - s 0 j) <= l (norm e t 0) - l (norm e s 0).
Proof.
move=> n0; rewrite -(ler_exp laws) (expB laws) !exp_lse //.
apply: le_trans (sum_jensen laws (fun j => t 0 j - s 0 j) (softmax_ge0 laws s 0) (softmax_sum laws s 0 n0)) _.
rewrite [X in _ <= X / _]/norm mulr_suml ler_sum // => j _; rewrite softmaxE (expB laws).
by rewrite mulrC mulrA divfK ?(exp_neq0 laws).
Qed.
Lemma entropyE n (s : 'M[F]_(1, n)) : (0 < n)%N ->
  - total (hadamard (softmax e s) (map_mx l (softmax e s))) = \sum_j softmax e s 0 j * (l (norm e s 0) - s 0 j).
Proof.
move=> n0; rewrite total_dot -sumrN; apply: eq_bigr => j _.
by rewrite [X in _ * X]mxE (log_softmax laws log_laws) // -mulrN opprB.
Qed.
Lemma entropy_mean n (s : 'M[F]_(1, n)) : (0 < n)%N ->
  \sum_j softmax e s 0 j * (l (norm e s 0) - s 0 j) = l (norm e s 0) - \sum_j softmax e s 0 j * s 0 j.
Proof.
move=> n0; under eq_bigr do rewrite mulrBr.
by rewrite sumrB -mulr_suml softmax_sum // mul1r.
Qed.
Lemma norm_ge n (s : 'M[F]_(1, n)) j : e (s 0 j) <= norm e s 0.
Proof. by rewrite /norm (bigD1 j) //= ler_addl sumr_ge0 // => k _; rewrite ltW ?exp_gt0. Qed.
Lemma lse_ge n (s : 'M[F]_(1, n)) j : (0 < n)%N -> s 0 j <= l (norm e s 0).
Proof. by move=> n0; rewrite -(ler_exp laws) exp_lse // norm_ge. Qed.
End Log.
