(* What printed statements are made of.  Every definition here is trusted: read it; each has a twin in numbers in the
   tests.  Nothing in this file is proved but what a definition needs to be one. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* Head h, place c: place h k + c of H k.  Back: quotient and rest. *)
Lemma join_lt H k (h : 'I_H) (c : 'I_k) : (h * k + c < H * k)%N.
Proof. by rewrite (leq_trans (n := h.+1 * k)) ?leq_mul2r ?ltn_ord ?orbT // mulSn addnC ltn_add2r. Qed.
Definition join H k (h : 'I_H) (c : 'I_k) : 'I_(H * k) := Ordinal (join_lt h c).
Lemma head_lt H k (j : 'I_(H * k)) : (j %/ k < H)%N.
Proof. by case: k j => [|k] j; [case: j => j; rewrite muln0 | rewrite ltn_divLR]. Qed.
Definition head_of H k (j : 'I_(H * k)) : 'I_H := Ordinal (head_lt j).
Lemma rest_lt H k (j : 'I_(H * k)) : (j %% k < k)%N.
Proof. by case: k j => [|k] j; [case: j => j; rewrite muln0 | rewrite ltn_mod]. Qed.
Definition rest_of H k (j : 'I_(H * k)) : 'I_k := Ordinal (rest_lt j).

Section Ring.
Variable R : ringType.
Definition total m n (A : 'M[R]_(m, n)) : R := \sum_i \sum_j A i j.
Definition rowsum m n (A : 'M[R]_(m, n)) : 'M[R]_(m, 1) := \matrix_(i, _) \sum_j A i j.
Definition hadamard m n (A B : 'M[R]_(m, n)) : 'M[R]_(m, n) := \matrix_(i, j) (A i j * B i j).
Definition ones m n : 'M[R]_(m, n) := \matrix_(_, _) 1.
Definition zeros m n : 'M[R]_(m, n) := 0.
Definition identity n : 'M[R]_(n, n) := 1%:M.
Definition unit_row d (i : nat) : 'M[R]_(1, d) := \matrix_(_, j) (j == i :> nat)%:R.
(* places are compared as numbers, after a is added to that of the column and b to that of the row *)
Definition order_mx n m (a b : nat) : 'M[R]_(n, m) := \matrix_(i, j) (j + a <= i + b)%N%:R.
Definition shift_mx n m (s : nat) : 'M[R]_(n, m) := \matrix_(i, j) (i == j + s :> nat)%N%:R.
Definition diag_row n (x : 'M[R]_(1, n)) : 'M[R]_(n, n) := \matrix_(i, j) (if i == j then x 0 i else 0).
Definition diag_col n (x : 'M[R]_(n, 1)) : 'M[R]_(n, n) := \matrix_(i, j) (if i == j then x i 0 else 0).
Definition entry m n (A : 'M[R]_(m, n)) (i j : nat) : R :=
  \sum_(a < m | a == i :> nat) \sum_(b < n | b == j :> nat) A a b.
(* the same entries under sizes that are equal but written in another way, such as k + (k + r) and 2 k + r *)
Definition resize p q m n (A : 'M[R]_(m, n)) : 'M[R]_(p, q) := \matrix_(i, j) entry A i j.
(* the member of that number, where there is one *)
Definition member N m n (X : 'I_N -> 'M[R]_(m, n)) (k : nat) : 'M[R]_(m, n) :=
  if insub k is Some i then X i else 0.
Definition concat_heads H m k (A : 'I_H -> 'M[R]_(m, k)) : 'M[R]_(m, H * k) :=
  \matrix_(i, j) A (head_of j) i (rest_of j).
Definition stack_heads H m k (A : 'I_H -> 'M[R]_(m, k)) : 'M[R]_(H * m, k) :=
  \matrix_(i, j) A (head_of i) (rest_of i) j.
Definition is_symmetric n (A : 'M[R]_(n, n)) : Prop := A^T = A.
Definition is_skew n (A : 'M[R]_(n, n)) : Prop := A^T = - A /\ forall i, A i i = 0.
Definition is_orthogonal n (A : 'M[R]_(n, n)) : Prop := A *m A^T = 1%:M.
Definition is_mask m n (A : 'M[R]_(m, n)) : Prop := forall i j, A i j = 0 \/ A i j = 1.
Definition is_bilinear d e (s : 'M[R]_(1, d) -> 'M[R]_(1, e) -> R) : Prop :=
  (forall a x y z, s (a *: x + y) z = a * s x z + s y z) /\ (forall a x y z, s z (a *: x + y) = a * s z x + s z y).
Definition matrix_of d e (s : 'M[R]_(1, d) -> 'M[R]_(1, e) -> R) : 'M[R]_(d, e) :=
  \matrix_(i, j) s (unit_row d i) (unit_row e j).
(* softmax for any exponential e and any way v to take 1/x *)
Definition softmax_with (e v : R -> R) m n (S : 'M[R]_(m, n)) : 'M[R]_(m, n) :=
  \matrix_(i, j) (e (S i j) * v (\sum_l e (S i l))).
End Ring.
Arguments is_bilinear {R d e} s.

Section Field.
Variable F : fieldType.
Definition reciprocal m n (A : 'M[F]_(m, n)) : 'M[F]_(m, n) := map_mx (@GRing.inv F) A.
Definition softmax (e : F -> F) m n (S : 'M[F]_(m, n)) : 'M[F]_(m, n) := softmax_with e (@GRing.inv F) S.
Definition masked_softmax (e : F -> F) m n (M S : 'M[F]_(m, n)) : 'M[F]_(m, n) :=
  \matrix_(i, j) (M i j * e (S i j) / \sum_l M i l * e (S i l)).
End Field.

Section Ordered.
Variable F : realFieldType.
(* all that is ever used of exp and log, and of cos and sin *)
Definition is_exp (e : F -> F) : Prop :=
  [/\ forall x y, e (x + y) = e x * e y, forall x, 0 < e x, injective e & forall x, 1 + x <= e x].
Definition is_log (e l : F -> F) : Prop := (forall x, l (e x) = x) /\ (forall x, 0 < x -> e (l x) = x).
Definition is_turn (c s : F -> F) : Prop :=
  [/\ forall x y, c (x + y) = c x * c y - s x * s y, forall x y, s (x + y) = s x * c y + c x * s y &
    forall x, c x * c x + s x * s x = 1].
Definition positive m n (A : 'M[F]_(m, n)) : Prop := forall i j, 0 < A i j.
Definition at_most m n (A B : 'M[F]_(m, n)) : Prop := forall i j, A i j <= B i j.
Definition psd n (A : 'M[F]_(n, n)) : Prop := A^T = A /\ forall x : 'M[F]_(1, n), 0 <= total (x *m A *m x^T).
End Ordered.
