(* Rotations of planes: [[c, s], [-s, c]] with diagonal blocks, one plane for each place of the rows c and s. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rotations.
Variables (R : comRingType) (p : nat).
Implicit Types (c s g r : 'M[R]_(1, p)).
Definition turn c s : 'M[R]_(p + p) := col_mx (row_mx (diag_row c) (diag_row s)) (row_mx (- diag_row s) (diag_row c)).

Lemma mul_diag n (A : 'M[R]_(n, p)) c : A *m diag_row c = hadamard A (ones R n 1 *m c).
Proof. by apply/matrixP => i j; rewrite mul_mx_diag_row mxE outer11 onesE mul1r. Qed.
Lemma row_diag c g : c *m diag_row g = hadamard c g.
Proof. by apply/matrixP => i j; rewrite mul_mx_diag_row !mxE (ord1 i). Qed.
Lemma turn_row n (A B : 'M[R]_(n, p)) c s : row_mx A B *m turn c s =
  row_mx (A *m diag_row c - B *m diag_row s) (B *m diag_row c + A *m diag_row s).
Proof. by rewrite mul_row_col !mul_mx_row add_row_mx !mulmxN (addrC (A *m diag_row s)). Qed.
Lemma turnM c s g r :
  turn c s *m turn g r = turn (hadamard c g - hadamard s r) (hadamard s g + hadamard c r).
Proof.
rewrite /turn mulmx_block !(mulmxN, mulNmx, diag_rowM, diag_rowD, diag_rowN) opprD.
by congr (col_mx (row_mx _ _) (row_mx _ _)); rewrite addrC.
Qed.
Lemma turnT c s : (turn c s)^T = turn c (- s).
Proof. by rewrite /turn tr_block_mx tr_opp !tr_diag_row diag_rowN opprK. Qed.
Lemma circleE c s : hadamard c c + hadamard s s = ones R 1 p -> forall j, c 0 j * c 0 j + s 0 j * s 0 j = 1.
Proof. by move=> E j; have /matrixP/(_ 0 j) := E; rewrite !mxE. Qed.
Lemma turn_rigid c s : hadamard c c + hadamard s s = ones R 1 p -> turn c s *m (turn c s)^T = 1%:M.
Proof.
move=> E; rewrite turnT turnM !hadamardNr opprK E (hadamardC c s) subrr /turn.
rewrite -[ones R 1 p]scale1r diag_row_level scale1r (_ : diag_row 0 = 0); last by rewrite diag_rowE linear0.
by rewrite oppr0 [RHS]scalar_mx_block.
Qed.
Lemma pair_total c s g r : total (row_mx c s *m (row_mx g r)^T) = \sum_j (c 0 j * g 0 j + s 0 j * r 0 j).
Proof.
rewrite total11 tr_row_mx mul_row_col 3!mxE -big_split; apply: eq_bigr => j _; by rewrite !mxE.
Qed.
Lemma length_gram m n (A : 'M[R]_(m, n)) : total (hadamard A A) = \tr (A *m A^T).
Proof. exact: total_hadamard. Qed.
End Rotations.
