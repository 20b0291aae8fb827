(* Where masked attention is Lipschitz: a token that sees itself and one other reads as if there were no others. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax means norms lengths moments far lipschitz.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Mean.
Variables (F : realFieldType) (e : F -> F) (m d v : nat) (tau : F).
Variables (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)) (K : 'M[F]_(m, m)).
Local Notation f X := (masked_softmax e K (tau *: (X *m W *m X^T)) *m X *m M).
Local Notation even := (masked_softmax e K 0).
Lemma masked_mean (X : 'M[F]_(m, d)) : total (hadamard W W) * total (hadamard M M) = 0 -> f X = even *m X *m M.
Proof. by case/nothing_or => ->; rewrite ?mulmx0 ?mul0mx ?scaler0. Qed.
Lemma masked_mean_short (X Y : 'M[F]_(m, d)) : total (hadamard W W) * total (hadamard M M) = 0 ->
  total (hadamard (f X - f Y) (f X - f Y)) <=
  total (hadamard even even) * total (hadamard M M) * total (hadamard (X - Y) (X - Y)).
Proof.
move=> none; rewrite !masked_mean // -mulmxBl -mulmxBr; apply: le_trans (product_norm _ _) _.
by rewrite mulrAC ler_wpmul2r ?square_total_ge0 ?product_norm.
Qed.
End Mean.

Section Two.
Variables (F : realFieldType) (e : F -> F) (n d v : nat) (tau : F).
Variables (W : 'M[F]_(d, d)) (M : 'M[F]_(d, v)) (K : 'M[F]_(n + 2, n + 2)).
Let e0 := unit_row F (n + 2) 0.
Let e1 := unit_row F (n + 2) 1.
Let u0 := unit_row F (0 + 2) 0.
Let u1 := unit_row F (0 + 2) 1.
Hypothesis two : e1 *m K = e0 + e1.
Local Notation f X := (masked_softmax e K (tau *: (X *m W *m X^T)) *m X *m M).
(* two tokens, the one that reads second *)
Definition places : 'M[F]_(n + 2, 0 + 2) := e1^T *m u0 + e0^T *m u1.
Let i0 : 'I_(n + 2) := Ordinal (first_lt n).
Let i1 : 'I_(n + 2) := Ordinal (second_lt n).
Let j0 : 'I_(0 + 2) := Ordinal (first_lt 0).
Let j1 : 'I_(0 + 2) := Ordinal (second_lt 0).
Lemma places_second : e1 *m places = u0.
Proof.
by rewrite /places mulmxDr !mulmxA (unit_gram F i1 i1) (unit_gram F i1 i0) /= mul1mx raddf0 mul0mx addr0.
Qed.
Lemma sum_two (g : 'I_(n + 2) -> F) : \sum_j K i1 j * g j = g i0 + g i1.
Proof.
have row j : K i1 j = e0 0 j + e1 0 j.
  by have /matrixP/(_ 0 j) := two; rewrite (unit_row_mul i1) !mxE => <-.
under eq_bigr do rewrite row mulrDl.
by rewrite big_split /= (pick_first i0 g) (pick_first i1 g).
Qed.
Hypotheses (laws : is_exp e) (tau0 : 0 < tau).
Local Notation g := (@attended F e 0 d v tau W M).
Lemma unit_at (i j : 'I_(n + 2)) (h : 'I_(n + 2) -> F) : unit_row F (n + 2) i 0 j * h j = unit_row F (n + 2) i 0 j * h i.
Proof. by rewrite mxE; have [/val_inj ->|_] := eqVneq (j : nat) i; rewrite ?mul0r. Qed.
Lemma sum2 (h : 'I_(0 + 2) -> F) : \sum_j h j = h j0 + h j1.
Proof. by rewrite !big_ord_recl big_ord0 addr0; congr (h _ + h _); apply/val_inj. Qed.
Lemma places0 i : places i j0 = e1 0 i.
Proof. by rewrite /places mxE !mxE !big_ord1 !mxE /= mulr1 mulr0 addr0. Qed.
Lemma places1 i : places i j1 = e0 0 i.
Proof. by rewrite /places mxE !mxE !big_ord1 !mxE /= mulr1 mulr0 add0r. Qed.
Lemma places_gram : places^T *m places = 1%:M.
Proof.
have one (i : 'I_(0 + 2)) : i = j0 \/ i = j1.
  by case: i => [[|[|i]] lt] //; [left | right]; apply/val_inj.
apply/matrixP => i j; rewrite mxE; under eq_bigr do rewrite entry_tr.
case: (one i) => ->; case: (one j) => ->; under eq_bigr do rewrite ?places0 ?places1.
- by rewrite (pick_first i1 (fun l => e1 0 l)) !mxE.
- by rewrite (pick_first i1 (fun l => e0 0 l)) !mxE.
- by rewrite (pick_first i0 (fun l => e1 0 l)) !mxE.
by rewrite (pick_first i0 (fun l => e0 0 l)) !mxE.
Qed.
Lemma second_reads (S : 'M[F]_(n + 2, n + 2)) :
  e1 *m masked_softmax e K S = softmax e (e1 *m S *m places) *m places^T.
Proof.
have at0 : (e1 *m S *m places) 0 j0 = S i1 i1.
  by rewrite mxE; under eq_bigr do rewrite places0 mulrC; rewrite (pick_first i1 (fun j => _ 0 j)) (unit_row_mul i1) mxE.
have at1 : (e1 *m S *m places) 0 j1 = S i1 i0.
  by rewrite mxE; under eq_bigr do rewrite places1 mulrC; rewrite (pick_first i0 (fun j => _ 0 j)) (unit_row_mul i1) mxE.
apply/matrixP => a j; rewrite (ord1 a) (unit_row_mul i1) [LHS]mxE [LHS]mxE sum_two [RHS]mxE sum2 !softmaxE /norm !sum2.
rewrite at0 at1 !entry_tr places0 places1.
have -> : K i1 j = e0 0 j + e1 0 j.
  by have /matrixP/(_ 0 j) := two; rewrite (unit_row_mul i1) !mxE => <-.
rewrite [in LHS]mulrDl (unit_at i0 j (fun j => e (S i1 j))) (unit_at i1 j (fun j => e (S i1 j))).
rewrite [e (S i1 i1) + _]addrC mulrDl addrC; congr (_ + _); rewrite [RHS]mulrAC; congr (_ / _); exact: mulrC.
Qed.
Lemma reads_two (A : 'M[F]_(0 + 2, d)) : e1 *m f (places *m A) = u0 *m g A.
Proof.
rewrite (@attended_row F e 0 d v tau W M A) !mulmxA second_reads trmx_mul !mul_scale_r !mul_scale_l !mulmxA.
rewrite places_second -[_ *m places^T *m places]mulmxA places_gram mulmx1.
by rewrite -[X in softmax e (tau *: X)]mulmxA places_gram mulmx1.
Qed.
Lemma second_shorter k (Z : 'M[F]_(n + 2, k)) : length2 (e1 *m Z) <= total (hadamard Z Z).
Proof.
rewrite (unit_row_mul i1) /length2 /total big_ord1 (bigD1 i1) //=.
rewrite [X in X <= _](_ : _ = \sum_j hadamard Z Z i1 j); last by apply: eq_bigr => j _; rewrite !mxE.
by rewrite ler_addl sumr_ge0 // => i _; rewrite sumr_ge0 // => j _; rewrite mxE -expr2 sqr_ge0.
Qed.
Lemma two_shorter (A B : 'M[F]_(0 + 2, d)) : length2 (u0 *m (g A - g B)) <=
  total (hadamard (f (places *m A) - f (places *m B)) (f (places *m A) - f (places *m B))).
Proof. by rewrite mulmxBr -!reads_two -mulmxBr second_shorter. Qed.
Lemma places_length (D : 'M[F]_(0 + 2, d)) : total (hadamard (places *m D) (places *m D)) = total (hadamard D D).
Proof.
rewrite !total_hadamard trmx_mul mxtrace_mulC mulmxA -[_ *m places^T *m places]mulmxA places_gram mulmx1.
exact: mxtrace_mulC.
Qed.
Lemma never_masked_lipschitz L : (forall X Y : 'M[F]_(n + 2, d),
    total (hadamard (f X - f Y) (f X - f Y)) <= L * total (hadamard (X - Y) (X - Y))) ->
  total (hadamard W W) * total (hadamard M M) = 0.
Proof.
move=> lip; apply: (@never_row_lipschitz F e 0 d v tau laws tau0 W M L) => A B.
by apply: le_trans (two_shorter A B) _; apply: le_trans (lip _ _) _; rewrite -mulmxBr places_length.
Qed.
Variable R : F.
Hypothesis R0 : 0 < R.
Variables y u : 'M[F]_(1, d).
Let c := total (y *m W *m u^T).
Let s := total (y *m W *m y^T).
Let A := (c * R^-1) *: (e1^T *m y) + R *: (e0^T *m u).
Let B := R *: (e0^T *m u).
Lemma masked_far_apart : 1 + s ^+ 2 <= R ->
  R ^+ 2 * (8%:R^-1 * (tau * c ^+ 2) * e (- (tau * c ^+ 2))) ^+ 2 * length2 (u *m M) <=
  2%:R * total (hadamard (f A - f B) (f A - f B)) + 2%:R * c ^+ 2 * (R ^+ 2)^-1 * length2 (y *m M).
Proof.
move=> away; have := @far_row_apart F e 0 d v tau R laws tau0 R0 W M y u away; rewrite -/c -/u0 -/u1.
set A2 := (_ + R *: _); set B2 := R *: _.
have P0 : places *m u0^T = e1^T.
  by rewrite /places mulmxDl -!mulmxA (unit_gram F j0 j0) (unit_gram F j1 j0) /= mulmx1 raddf0 mulmx0 addr0.
have P1 : places *m u1^T = e0^T.
  by rewrite /places mulmxDl -!mulmxA (unit_gram F j0 j1) (unit_gram F j1 j1) /= mulmx1 raddf0 mulmx0 add0r.
have BE : B = places *m B2 by rewrite /B2 mul_scale_r mulmxA P1.
have AE : A = places *m A2 by rewrite /A2 mulmxDr mul_scale_r mulmxA P0 -BE.
rewrite AE BE => H; apply: le_trans (le_trans _ H) _; last by rewrite ler_add2r ler_wpmul2l ?ler0n ?two_shorter.
have E : 8%:R^-1 * (tau * c ^+ 2) * e (- (tau * c ^+ 2)) =
    tau * c ^+ 2 * e (- (tau * c ^+ 2)) / (2%:R * (2%:R + 0%:R) ^+ 2).
  have -> : 2%:R * (2%:R + 0%:R) ^+ 2 = 8%:R :> F by rewrite addr0 expr2 -!natrM.
  by rewrite -mulrA mulrC.
by rewrite E.
Qed.
End Two.
