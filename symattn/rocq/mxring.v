(* mxring: identities of matrices built with + - *m ^T *: and numbers.  Transposes go to the leaves, products are
   spread over sums, and what is left is compared entry by entry with the products as unknowns. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Lemma tr_add (R : ringType) m n (A B : 'M[R]_(m, n)) : (A + B)^T = A^T + B^T.
Proof. exact: linearD. Qed.
Lemma tr_sub (R : ringType) m n (A B : 'M[R]_(m, n)) : (A - B)^T = A^T - B^T.
Proof. exact: linearB. Qed.
Lemma tr_opp (R : ringType) m n (A : 'M[R]_(m, n)) : (- A)^T = - A^T.
Proof. exact: linearN. Qed.
Lemma tr_scale (R : ringType) m n a (A : 'M[R]_(m, n)) : (a *: A)^T = a *: A^T.
Proof. exact: linearZ. Qed.
Lemma tr_ones (R : ringType) m n : (ones R m n)^T = ones R n m.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma tr_zeros (R : ringType) m n : (zeros R m n)^T = zeros R n m.
Proof. exact: trmx0. Qed.
Lemma tr_identity (R : ringType) n : (identity R n)^T = identity R n.
Proof. exact: trmx1. Qed.
Lemma mul_scale_l (R : ringType) m n p a (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) : (a *: A) *m B = a *: (A *m B).
Proof. by rewrite scalemxAl. Qed.
Lemma mul_scale_r (R : comRingType) m n p a (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) : A *m (a *: B) = a *: (A *m B).
Proof. by rewrite scalemxAr. Qed.
Lemma one_exists (R : ringType) n : exists o : 'M[R]_n, o = 1%:M.
Proof. by exists 1%:M. Qed.
Lemma scalar_of_one (R : ringType) n (o : 'M[R]_n) : o = 1%:M -> forall a, a%:M = a *: o.
Proof. by move=> -> a; rewrite scalemx1. Qed.

Ltac mxnorm :=
  rewrite /identity /zeros
    ?(trmxK, trmx_mul, tr_sub, tr_add, tr_opp, tr_scale, trmx0, tr_scalar_mx, tr_ones,
      mulmxBl, mulmxBr, mulmxDl, mulmxDr, mulNmx, mulmxN, mul0mx, mulmx0,
      mul_scale_l, mul_scale_r, mul_scalar_mx, mul_mx_scalar, mulmxA).

Ltac mxatoms :=
  repeat match goal with
  | |- context [ @mulmx ?R ?m ?n ?p ?A ?B ] => let x := fresh "at_" in set x := (A *m B); clearbody x
  end;
  repeat match goal with
  | |- context [ @trmx ?R ?m ?n ?A ] => let x := fresh "at_" in set x := (A^T); clearbody x
  end;
  repeat match goal with
  | |- context [ @invmx ?R ?n ?A ] => let x := fresh "at_" in set x := (invmx A); clearbody x
  end;
  repeat match goal with
  | |- context [ @scalar_mx ?R ?n ?a ] =>
      let o := fresh "one_" in let E := fresh "E" in
      have [o E] := one_exists R n; rewrite !(scalar_of_one E); clear E
  end.

Ltac mxentries i j :=
  repeat match goal with
  | |- context [ @fun_of_matrix ?R ?m ?n ?A i j ] =>
      let x := fresh "e_" in set x := (@fun_of_matrix R m n A i j); clearbody x
  end.

Ltac mxring := intros; mxnorm; first [ reflexivity |
  mxatoms; let i := fresh "i" in let j := fresh "j" in apply/matrixP => i j; rewrite !mxE; mxentries i j; ring ].

(* Entries as unknowns: `ring` alone misses two that are the same up to the path of structures. *)
Ltac entries :=
  repeat match goal with
  | |- context [ @fun_of_matrix ?R ?m ?n ?A ?i ?j ] =>
      let x := fresh "e_" in set x := (@fun_of_matrix R m n A i j); clearbody x
  end.
Ltac totals :=
  repeat match goal with
  | |- context [ @total ?R ?m ?n ?A ] => let x := fresh "t_" in set x := (@total R m n A); clearbody x
  end.
Ltac ering := totals; entries; ring.
