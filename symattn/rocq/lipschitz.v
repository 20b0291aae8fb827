(* Where attention is Lipschitz: nowhere that some direction is both scored and read, and where it is a mean. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax slopes convexity apart means norms lengths moments
  far.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Nothing.
Variables (F : realFieldType) (d v : nat) (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)).
Lemma some_row k (A : 'M[F]_(d, k)) : A != 0 -> exists u : 'M[F]_(1, d), u *m A != 0.
Proof.
move=> A0; have [i Ai] : exists i, row i A != 0.
  apply/existsP; apply: contraT; rewrite negb_exists => /forallP none; case/eqP: A0.
  by apply/row_matrixP => i; rewrite row0; apply/eqP; have := none i; rewrite negbK.
by exists (delta_mx 0 i); rewrite -rowE.
Qed.
(* two subspaces that are not all do not cover the space *)
Lemma scored_and_read : total (hadamard W W) * total (hadamard M M) != 0 ->
  exists y u : 'M[F]_(1, d), total (y *m W *m u^T) != 0 /\ u *m M != 0.
Proof.
have long k (A : 'M[F]_(d, k)) : total (hadamard A A) != 0 -> A != 0.
  by apply: contra => /eqP ->; rewrite hadamard0l total0.
rewrite mulf_eq0 negb_or => /andP[/long W0 /long M0].
have [u uW uM] : exists2 u : 'M[F]_(1, d), u *m W^T != 0 & u *m M != 0.
  have [|a aW] := @some_row _ W^T; first by rewrite trmx_eq0.
  have [b bM] := some_row M0.
  have [aM|aM] := eqVneq (a *m M) 0; last by exists a.
  have [bW|bW] := eqVneq (b *m W^T) 0; last by exists b.
  by exists (a + b); rewrite mulmxDl ?bW ?aM ?addr0 ?add0r.
exists (u *m W^T), u; split=> //; apply: contra uW => /eqP E; apply/eqP/square_total_eq0.
by rewrite total_hadamard trace_mx11 -total11 -E !trmx_mul trmxK !mulmxA.
Qed.
Lemma nothing_or : total (hadamard W W) * total (hadamard M M) = 0 -> W = 0 \/ M = 0.
Proof. by move=> /eqP; rewrite mulf_eq0 => /orP[/eqP/square_total_eq0|/eqP/square_total_eq0]; [left|right]. Qed.
End Nothing.

Section Mean.
Variables (F : realFieldType) (e : F -> F) (m d v : nat) (tau : F).
Hypotheses (laws : is_exp e) (m0 : (0 < m)%N).
Variables (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)).
Lemma even_softmax k : softmax e (0 : 'M[F]_(k, m)) = m%:R^-1 *: ones F k m.
Proof.
apply/matrixP => i j; rewrite softmaxE /norm; under eq_bigr do rewrite mxE (exp0 laws).
by rewrite sumr_const card_ord !mxE (exp0 laws) mul1r mulr1.
Qed.
Lemma mean_read (X : 'M[F]_(m, d)) : total (hadamard W W) * total (hadamard M M) = 0 ->
  softmax e (tau *: (X *m W *m X^T)) *m X *m M = m%:R^-1 *: (ones F m m *m X *m M).
Proof.
case/nothing_or => ->; last by rewrite !mulmx0 scaler0.
by rewrite mulmx0 mul0mx scaler0 even_softmax !mul_scale_l.
Qed.
Lemma mean_shrinks k (D : 'M[F]_(m, k)) :
  total (hadamard (m%:R^-1 *: (ones F m m *m D)) (m%:R^-1 *: (ones F m m *m D))) <= total (hadamard D D).
Proof.
have M0 : m%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
rewrite -mul_scale_l -[leRHS]mul1r; apply: le_trans (product_norm _ _) _.
apply: ler_wpmul2r; first exact: square_total_ge0.
rewrite hadamardZl hadamardZr !totalZ /total; under eq_bigr do under eq_bigr do rewrite !mxE mulr1.
by under eq_bigr do rewrite sumr_const card_ord; rewrite sumr_const card_ord -[m%:R *+ m]mulr_natr mulKf // mulVf.
Qed.
Lemma mean_lipschitz (X Y : 'M[F]_(m, d)) : total (hadamard W W) * total (hadamard M M) = 0 ->
  total (hadamard (softmax e (tau *: (X *m W *m X^T)) *m X *m M - softmax e (tau *: (Y *m W *m Y^T)) *m Y *m M)
    (softmax e (tau *: (X *m W *m X^T)) *m X *m M - softmax e (tau *: (Y *m W *m Y^T)) *m Y *m M)) <=
  total (hadamard M M) * total (hadamard (X - Y) (X - Y)).
Proof.
move=> none; rewrite !mean_read // -scalerBr -mulmxBl -mulmxBr -mul_scale_l [leRHS]mulrC.
apply: le_trans (product_norm _ _) _; apply: ler_wpmul2r; first exact: square_total_ge0.
exact: mean_shrinks.
Qed.
End Mean.

Section Lipschitz.
Variables (F : realFieldType) (e : F -> F) (n d v : nat) (tau : F).
Hypotheses (laws : is_exp e) (tau0 : 0 < tau).
Variables (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)).
Local Notation f := (@attended F e n d v tau W M).
(* not even the first token is *)
Lemma never_row_lipschitz L : (forall X Y : 'M[F]_(n + 2, d),
    length2 (unit_row F (n + 2) 0 *m (f X - f Y)) <= L * total (hadamard (X - Y) (X - Y))) ->
  total (hadamard W W) * total (hadamard M M) = 0.
Proof.
move=> lip; apply/eqP; apply: contraT => /scored_and_read [y [u [c0 uM]]].
have m0 : 0 < length2 (u *m M).
  by rewrite lt_def length2_ge0 andbT; apply: contra uM => /eqP/square_total_eq0 ->.
set c := total _ in c0; pose s := total (y *m W *m y^T).
have := least_gt0 n laws tau0 c0; set least := _ / _ => l0.
pose top := 2%:R * c ^+ 2 * (`|L| * length2 y + length2 (y *m M)).
have top0 : 0 <= top.
  by apply: mulr_ge0; [rewrite mulr_ge0 ?ler0n ?sqr_ge0 | rewrite addr_ge0 ?mulr_ge0 ?length2_ge0].
pose level := least ^+ 2 * length2 (u *m M); have level0 : 0 < level by rewrite mulr_gt0 ?exprn_gt0.
pose R := 1 + s ^+ 2 + top / level.
have away : 1 + s ^+ 2 <= R by rewrite ler_addl divr_ge0 // ltW.
have R1 : 1 <= R by apply: le_trans away; rewrite ler_addl sqr_ge0.
have R0 : 0 < R by exact: lt_le_trans R1.
have := @far_row_apart F e n d v tau R laws tau0 R0 W M y u away; rewrite -/c -/least -mulrA -/level.
set A := (c * R^-1) *: _ + _; set B := R *: _ => H; have := lip A B.
have -> : A - B = (c * R^-1) *: ((unit_row F (n + 2) 0)^T *m y) by rewrite addrK.
have one : total (hadamard (unit_row F (n + 2) 0) (unit_row F (n + 2) 0)) = 1.
  by rewrite total_dot (pick_first (Ordinal (first_lt n))) mxE.
rewrite hadamardZl hadamardZr !totalZ outer_square one mul1r; set S := length2 _ in H * => close.
have far : R * level <= top.
  apply: (@le_trans _ _ (R ^+ 2 * level)); first by rewrite ler_pmul2r // expr2 ler_pmull.
  apply: le_trans H _; apply: (@le_trans _ _ (top / R ^+ 2)); last first.
    by rewrite ler_pdivr_mulr ?exprn_gt0 // ler_pemulr // exprn_ege1.
  rewrite /top mulrDr mulrDl ler_add //; last by rewrite mulrAC.
  rewrite -!mulrA ler_pmul2l ?ltr0n //; apply: le_trans close _.
  rewrite [leRHS](_ : _ = `|L| * (c / R * (c / R * length2 y))); last by field; exact: lt0r_neq0.
  apply: ler_wpmul2r (ler_norm L); rewrite mulrA -expr2; exact: mulr_ge0 (sqr_ge0 _) (length2_ge0 _).
move: far; rewrite /R mulrDl mulfVK ?lt0r_neq0 // -subr_ge0 opprD addrCA subrr addr0 oppr_ge0 leNgt.
by rewrite mulr_gt0 // ltr_paddr ?sqr_ge0 ?ltr01.
Qed.
Lemma never_lipschitz L : (forall X Y : 'M[F]_(n + 2, d),
    total (hadamard (f X - f Y) (f X - f Y)) <= L * total (hadamard (X - Y) (X - Y))) ->
  total (hadamard W W) * total (hadamard M M) = 0.
Proof. by move=> lip; apply: (@never_row_lipschitz L) => X Y; apply: le_trans (lip X Y); exact: first_shorter. Qed.
End Lipschitz.
