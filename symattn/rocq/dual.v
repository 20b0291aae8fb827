(* Derivatives by their laws: a dual number is a value with its derivative, and sums, products, exp, log and 1/x carry
   the derivative along as the sum, product and chain rules say.  Trusted: the definitions. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Record dual (R : comRingType) : Type := Dual { value : R; slope : R }.

Section Structure.
Variable R : comRingType.
Local Notation D := (dual R).
Definition to_pair (x : D) : R * R := (value x, slope x).
Definition of_pair (p : R * R) : D := Dual p.1 p.2.
Lemma to_pairK : cancel to_pair of_pair. Proof. by case. Qed.
Definition dual_eqMixin := CanEqMixin to_pairK.
Canonical dual_eqType := EqType D dual_eqMixin.
Definition dual_choiceMixin := CanChoiceMixin to_pairK.
Canonical dual_choiceType := ChoiceType D dual_choiceMixin.

Definition dual_zero : D := Dual 0 0.
Definition dual_opp (x : D) : D := Dual (- value x) (- slope x).
Definition dual_add (x y : D) : D := Dual (value x + value y) (slope x + slope y).
Definition dual_one : D := Dual 1 0.
Definition dual_mul (x y : D) : D := Dual (value x * value y) (slope x * value y + value x * slope y).

Lemma dual_eq (x y : D) : value x = value y -> slope x = slope y -> x = y.
Proof. by case: x y => a b [c d] /= -> ->. Qed.
Lemma dual_addA : associative dual_add. Proof. by move=> x y z; apply: dual_eq; rewrite /= addrA. Qed.
Lemma dual_addC : commutative dual_add. Proof. by move=> x y; apply: dual_eq; rewrite /= addrC. Qed.
Lemma dual_add0 : left_id dual_zero dual_add. Proof. by move=> x; apply: dual_eq; rewrite /= add0r. Qed.
Lemma dual_addN : left_inverse dual_zero dual_opp dual_add. Proof. by move=> x; apply: dual_eq; rewrite /= addNr. Qed.
Definition dual_zmodMixin := ZmodMixin dual_addA dual_addC dual_add0 dual_addN.
Canonical dual_zmodType := ZmodType D dual_zmodMixin.

Lemma dual_mulA : associative dual_mul.
Proof. by move=> x y z; apply: dual_eq => /=; ring. Qed.
Lemma dual_mulC : commutative dual_mul.
Proof. by move=> x y; apply: dual_eq => /=; ring. Qed.
Lemma dual_mul1 : left_id dual_one dual_mul.
Proof. by move=> x; apply: dual_eq => /=; ring. Qed.
Lemma dual_mulD : left_distributive dual_mul +%R.
Proof. by move=> x y z; apply: dual_eq => /=; ring. Qed.
Lemma dual_nonzero : dual_one != 0.
Proof. by apply/eqP => /(congr1 (@value R)) /= /eqP; rewrite oner_eq0. Qed.
Definition dual_ringMixin := ComRingMixin dual_mulA dual_mulC dual_mul1 dual_mulD dual_nonzero.
Canonical dual_ringType := RingType D dual_ringMixin.
Canonical dual_comRingType := ComRingType D dual_mulC.

(* a constant has slope 0 *)
Definition lift (a : R) : D := Dual a 0.
Definition lift_mx m n (A : 'M[R]_(m, n)) : 'M[D]_(m, n) := \matrix_(i, j) lift (A i j).
(* A with slope 1 in one entry *)
Definition towards m n (A : 'M[R]_(m, n)) i j : 'M[D]_(m, n) :=
  \matrix_(a, b) Dual (A a b) ((a == i) && (b == j))%:R.
Definition gradient m n (f : 'M[D]_(m, n) -> D) (A : 'M[R]_(m, n)) : 'M[R]_(m, n) :=
  \matrix_(i, j) slope (f (towards A i j)).
Definition jacobian m n (f : 'M[D]_(1, n) -> 'M[D]_(1, m)) (x : 'M[R]_(1, n)) : 'M[R]_(m, n) :=
  \matrix_(i, j) slope (f (towards x 0 j) 0 i).
Definition partial (f : D -> D) (t : R) : R := slope (f (Dual t 1)).
Definition dual_cos (c s : R -> R) (x : D) : D := Dual (c (value x)) (- (s (value x) * slope x)).
Definition dual_sin (c s : R -> R) (x : D) : D := Dual (s (value x)) (c (value x) * slope x).
Definition dual_exp (e : R -> R) (x : D) : D := Dual (e (value x)) (e (value x) * slope x).
End Structure.

Section Division.
Variable F : fieldType.
Local Notation D := (dual F).
Definition dual_inv (x : D) : D := Dual (value x)^-1 (- slope x * (value x)^-1 * (value x)^-1).
Definition dual_log (l : F -> F) (x : D) : D := Dual (l (value x)) (slope x * (value x)^-1).
Definition dual_softmax (e : F -> F) m n (S : 'M[D]_(m, n)) : 'M[D]_(m, n) := softmax_with (dual_exp e) dual_inv S.
(* a mask has no letter that moves *)
Definition dual_masked_softmax (e : F -> F) m n (M : 'M[F]_(m, n)) (S : 'M[D]_(m, n)) : 'M[D]_(m, n) :=
  \matrix_(i, j) (lift (M i j) * dual_exp e (S i j) * dual_inv (\sum_l lift (M i l) * dual_exp e (S i l))).
Definition dual_reciprocal m n (A : 'M[D]_(m, n)) : 'M[D]_(m, n) := map_mx dual_inv A.
End Division.
