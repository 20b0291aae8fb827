(* What a head gives the first token of y + u, y, ..., y, and what that tells of the head. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Heads.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.

Lemma softmax_col_mx m n p (A : 'M[F]_(m, p)) (B : 'M[F]_(n, p)) :
  softmax e (col_mx A B) = col_mx (softmax e A) (softmax e B).
Proof.
apply/matrixP => i j; rewrite softmaxE /norm; case: (split_ordP i) => l ->; rewrite ?col_mxEu ?col_mxEd softmaxE;
  congr (_ / _); by apply: eq_bigr => k _; rewrite ?col_mxEu ?col_mxEd.
Qed.

Variables (d m : nat) (m_min : (0 < m)%N).
Implicit Types (W M : 'M[F]_d) (y z u : 'M[F]_(1, d)).
Definition whole W M z (Y : 'M[F]_(m, d)) : 'M[F]_(1 + m, d) :=
  softmax e (col_mx z Y *m W *m (col_mx z Y)^T) *m col_mx z Y *m M.
(* how often the first token reads itself *)
Definition itself W y u : F :=
  let z := y + u in e ((z *m W *m z^T) 0 0) / (e ((z *m W *m z^T) 0 0) + m%:R * e ((z *m W *m y^T) 0 0)).

Lemma first_of_copies W M y u : usubmx (whole W M (y + u) (ones F m 1 *m y)) = (y + itself W y u *: u) *m M.
Proof.
rewrite /whole !mul_col_mx softmax_col_mx !mul_col_mx col_mxKu; congr (_ *m _).
rewrite tr_col_mx trmx_mul tr_ones mul_mx_row mulmxA.
set z := y + u; set A := z *m W *m z^T; set B := z *m W *m y^T.
have bE i l : e ((B *m ones F 1 m) i l) = e (B 0 0) by rewrite outer11 onesE mulr1 (ord1 i).
have NE : norm e (B *m ones F 1 m) 0 = m%:R * e (B 0 0).
  by rewrite /norm; under eq_bigr do rewrite bE; rewrite sumr_const card_ord mulr_natl.
apply/matrixP => i j; rewrite (ord1 i) softmax_read norm_row read_row read1 norm1 NE.
have -> : read e (B *m ones F 1 m) (ones F m 1 *m y) 0 j = m%:R * e (B 0 0) * y 0 j.
  rewrite /read; under eq_bigr do rewrite bE outer11 onesE mul1r.
  by rewrite sumr_const card_ord -mulrA mulr_natl.
have N0 : e (A 0 0) + m%:R * e (B 0 0) != 0.
  by rewrite lt0r_neq0 // addr_gt0 ?mulr_gt0 ?ltr0n ?(exp_gt0 laws).
rewrite [RHS]mxE [X in _ = _ + X]mxE /itself -/z -/A -/B.
have -> : z 0 j = y 0 j + u 0 j by rewrite mxE.
apply: (mulIf N0); rewrite mulfVK // mulrDl mulrAC [in RHS]mulrAC mulfVK //; ering.
Qed.

(* heads that agree on such tokens *)
Section Agree.
Variables W W' M M' : 'M[F]_d.
Hypothesis same : forall z (Y : 'M[F]_(m, d)), whole W M z Y = whole W' M' z Y.
Lemma agree_copies y u : (y + itself W y u *: u) *m M = (y + itself W' y u *: u) *m M'.
Proof. by rewrite -!first_of_copies same. Qed.
Lemma agree_values : M = M'.
Proof. by apply: row_eq => y; have := agree_copies y 0; rewrite !scaler0 addr0. Qed.
Variables (u : 'M[F]_(1, d)) (w : 'M[F]_(d, 1)).
Lemma agree_along (v : 'M[F]_(1, d)) z : total (v *m M *m w) = 1 -> total (z *m W *m v^T) = total (z *m W' *m v^T).
Proof.
move=> seen; pose y := z - v; have zE : y + v = z by rewrite subrK.
have : itself W y v = itself W' y v.
  have := agree_copies y v; rewrite -agree_values !mulmxDl => /addrI/(congr1 (fun A => total (A *m w))).
  by rewrite -!scalemxAl !totalZ seen !mulr1.
rewrite /itself zE; set a := (z *m W *m z^T) 0 0; set b := (z *m W *m y^T) 0 0.
set a' := (z *m W' *m z^T) 0 0; set b' := (z *m W' *m y^T) 0 0.
have N x t : e x + m%:R * e t != 0 by rewrite lt0r_neq0 // addr_gt0 ?mulr_gt0 ?ltr0n ?(exp_gt0 laws).
move/eqP; rewrite eqr_div // !mulrDr [e a' * e a]mulrC => /eqP/addrI; rewrite mulrCA [in RHS]mulrCA.
have m0 : m%:R != 0 :> F by rewrite pnatr_eq0 -lt0n.
move/(mulfI m0); rewrite -!(expD laws) => /(exp_injective laws) E.
have vE (V : 'M[F]_d) : total (z *m V *m v^T) = (z *m V *m z^T) 0 0 - (z *m V *m y^T) 0 0.
  have vz : v = z - y by rewrite /y subKr.
  by rewrite total11 [in LHS]vz tr_sub mulmxBr [LHS]mxE [X in _ + X]mxE.
rewrite !vE -/a -/b -/a' -/b'; apply/eqP; rewrite subr_eq addrAC eq_sym subr_eq E addrC //.
Qed.
Lemma agree_forms : total (u *m M *m w) = 1 -> W = W'.
Proof.
move=> seen; apply: form_eq => z v; pose s := v + (1 - total (v *m M *m w)) *: u.
have one : total (s *m M *m w) = 1.
  by rewrite !mulmxDl totalD -!scalemxAl totalZ seen mulr1 addrC subrK.
have := agree_along z one; rewrite tr_add tr_scale !mulmxDr !totalD -!scalemxAr !totalZ (agree_along z seen).
exact: addIr.
Qed.
End Agree.
End Heads.
