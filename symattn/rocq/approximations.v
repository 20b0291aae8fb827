(* How far a form that a projection keeps is from one with a given singular value decomposition. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Level.
Variables (F : realFieldType) (d k r : nat) (U V : 'M[F]_(d, k)) (U' V' : 'M[F]_(d, r)).
Variables (s g : 'M[F]_(1, k)) (t h : 'M[F]_(1, r)) (b : F).
Hypotheses (UU : U^T *m U = 1%:M) (VV : V^T *m V = 1%:M) (UU' : U'^T *m U' = 1%:M) (VV' : V'^T *m V' = 1%:M).
Hypotheses (apart : U^T *m U' = 0) (apart' : V^T *m V' = 0).
Hypothesis above : hadamard s s = b ^+ 2 *: ones F 1 k + hadamard g g.
Hypothesis below : hadamard h h + hadamard t t = b ^+ 2 *: ones F 1 r.
Let W := U *m diag_row s *m V^T + U' *m diag_row t *m V'^T.
Variables (P A : 'M[F]_d).
Hypotheses (PT : P^T = P) (PP : P *m P = P) (PA : P *m A = A) (trP : \tr P <= k%:R).
Let square m n (B : 'M[F]_(m, n)) := total (hadamard B B).

Lemma distance_gap : square (W - A) = square t + (
  square (P *m W - A) + square (P *m U' *m diag_row h) + square ((U - P *m U) *m diag_row g) +
  b ^+ 2 * square (P - U *m U^T *m P - U' *m U'^T *m P) + b ^+ 2 * (k%:R - \tr P)).
Proof.
rewrite {}/square.
have tapart : U'^T *m U = 0 by rewrite -[LHS]trmxK trmx_mul trmxK apart trmx0.
have tapart' : V'^T *m V = 0 by rewrite -[LHS]trmxK trmx_mul trmxK apart' trmx0.
have AP : A^T *m P = A^T by rewrite -[in LHS]PT -trmx_mul PA.
pose S := diag_row s; pose T := diag_row t; pose G := diag_row g; pose D := diag_row h.
have SS : S *m S = b ^+ 2 *: 1%:M + G *m G by rewrite !diag_rowM above diag_rowD diag_row_level.
have TT : T *m T = b ^+ 2 *: 1%:M - D *m D.
  by rewrite !diag_rowM -diag_row_level -below diag_rowD addrC addrA addNr add0r.
have WW : W *m W^T = U *m (S *m S) *m U^T + U' *m (T *m T) *m U'^T.
  rewrite /W tr_add !trmx_mul !trmxK !tr_diag_row !(mulmxDl, mulmxDr) !mulmxA.
  by rewrite -!(mulmxA _ V^T) -!(mulmxA _ V'^T) VV VV' apart' tapart' !(mulmx1, mulmx0, mul0mx, addr0, add0r).
clearbody W.
have -> : total (hadamard (W - A) (W - A)) =
    total (hadamard (P *m W - A) (P *m W - A)) + \tr (W *m W^T) - \tr (P *m (W *m W^T)).
  rewrite [\tr (W *m _)]mxtrace_mulC (mulmxA P W) [\tr (P *m W *m _)]mxtrace_mulC !total_gram -linearD -linearB /=.
  congr (\tr _); rewrite !tr_sub !trmx_mul PT !(mulmxBl, mulmxBr) -!mulmxA PA (mulmxA P P) PP (mulmxA A^T P) AP.
  by mxring.
have -> : \tr (W *m W^T) = \tr (S *m S) + total (hadamard t t).
  rewrite WW linearD /= !(mxtrace_mulC (_ *m (_ *m _))) !mulmxA UU UU' !mul1mx; congr (_ + _).
  exact: trace_diag_row.
have -> : \tr (P *m (W *m W^T)) = \tr (P *m U *m (S *m S) *m U^T) + \tr (P *m U' *m (T *m T) *m U'^T).
  by rewrite WW mulmxDr linearD /= !mulmxA.
have PXP (X : 'M[F]_d) : \tr (P *m X *m P) = \tr (P *m X) by rewrite mxtrace_mulC mulmxA PP.
have -> : total (hadamard (P - U *m U^T *m P - U' *m U'^T *m P) (P - U *m U^T *m P - U' *m U'^T *m P)) =
    \tr P - \tr (P *m U *m U^T) - \tr (P *m U' *m U'^T).
  rewrite -[in \tr P]PP -!(mulmxA P) -(PXP (U *m _)) -(PXP (U' *m _)) total_gram -!linearB /=; congr (\tr _).
  mxnorm; rewrite PT -!(mulmxA _ U^T U) -!(mulmxA _ U'^T U') -!(mulmxA _ U^T U') -!(mulmxA _ U'^T U).
  by rewrite UU UU' apart tapart !(mulmx1, mulmx0, mul0mx); mxring.
have -> : total (hadamard ((U - P *m U) *m G) ((U - P *m U) *m G)) =
    \tr (G *m G) - \tr (P *m U *m (G *m G) *m U^T).
  have -> : \tr (P *m U *m (G *m G) *m U^T) = \tr (G *m U^T *m P *m U *m G).
    by rewrite mulmxA (mxtrace_mulC _ U^T) mulmxA mxtrace_mulC !mulmxA.
  rewrite total_gram -linearB /= trmx_mul tr_diag_row; congr (\tr _); mxnorm.
  by rewrite PT -!(mulmxA _ P P) PP -!(mulmxA _ U^T U) UU !mulmx1; mxring.
have -> : total (hadamard (P *m U' *m D) (P *m U' *m D)) = \tr (P *m U' *m (D *m D) *m U'^T).
  by rewrite total_hadamard !trmx_mul tr_diag_row PT !mulmxA mxtrace_mulC !mulmxA PP.
have -> : \tr (S *m S) = b ^+ 2 * k%:R + \tr (G *m G) by rewrite SS linearD linearZ /= mxtrace1.
have -> : \tr (P *m U *m (S *m S) *m U^T) = b ^+ 2 * \tr (P *m U *m U^T) + \tr (P *m U *m (G *m G) *m U^T).
  by rewrite SS mulmxDr !mulmxDl mul_scale_r mulmx1 !mul_scale_l linearD linearZ.
have -> : \tr (P *m U' *m (T *m T) *m U'^T) = b ^+ 2 * \tr (P *m U' *m U'^T) - \tr (P *m U' *m (D *m D) *m U'^T).
  by rewrite TT mulmxBr !mulmxBl mul_scale_r mulmx1 !mul_scale_l linearB linearZ.
move: (\tr P) (\tr (G *m G)) (\tr (P *m U *m U^T)) (\tr (P *m U' *m U'^T)) (total _) => x1 x2 x3 x4 x8.
move: (\tr (P *m U' *m (D *m D) *m U'^T)) (\tr (P *m U *m (G *m G) *m U^T)) (total _) => x5 x6 x7.
by ring.
Qed.
Let part m n (B : 'M[F]_(m, n)) : 0 <= square B. Proof. exact: square_total_ge0. Qed.
Let lack : 0 <= b ^+ 2 * (k%:R - \tr P). Proof. by rewrite mulr_ge0 ?sqr_ge0 ?subr_ge0. Qed.
Lemma distance_least : square t <= square (W - A).
Proof. by rewrite distance_gap ler_addl; do !apply: addr_ge0 => //; apply: mulr_ge0 (sqr_ge0 _) (part _). Qed.
(* nothing is in excess: P keeps U, which leaves it no other trace, and A is what P sees of W *)
Lemma distance_unique : positive g -> square (W - A) = square t -> A = U *m diag_row s *m V^T.
Proof.
move=> pos; rewrite distance_gap => /eqP; rewrite -subr_eq0 addrAC subrr add0r.
rewrite paddr_eq0 //; last by do !apply: addr_ge0 => //; apply: mulr_ge0 (sqr_ge0 _) (part _).
rewrite paddr_eq0; [|by do !apply: addr_ge0|exact: mulr_ge0 (sqr_ge0 _) (part _)].
rewrite paddr_eq0 ?addr_ge0 // paddr_eq0 //.
case/andP=> /andP[/andP[/andP[/eqP/square_total_eq0 seen _] /eqP/square_total_eq0 stays] _] _.
have PU : P *m U = U.
  apply/matrixP => i j; apply/eqP; rewrite eq_sym -subr_eq0.
  by have /matrixP/(_ i j)/eqP := stays; rewrite mul_mx_diag_row !mxE mulf_eq0 (gt_eqF (pos _ _)) orbF.
have UP : U^T *m P = U^T by rewrite -[in LHS]PT -trmx_mul PU.
have PE : P = U *m U^T.
  apply/eqP; rewrite -subr_eq0; apply/eqP/square_total_eq0/eqP; rewrite eq_le part andbT.
  have -> : total (hadamard (P - U *m U^T) (P - U *m U^T)) = \tr P - k%:R.
    rewrite -(mxtrace1 F k) -UU -mxtrace_mulC total_gram -linearB; congr (\tr _).
    by mxnorm; rewrite PT PP -!mulmxA UP !mulmxA PU -!(mulmxA _ U^T U) UU !mulmx1; mxring.
  by rewrite subr_le0.
move/eqP: seen; rewrite subr_eq0 => /eqP <-.
by rewrite PE /W mulmxDr !mulmxA -(mulmxA _ U^T U) -(mulmxA _ U^T U') UU apart mulmx1 mulmx0 !mul0mx addr0.
Qed.
End Level.
