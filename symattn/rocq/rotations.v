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

(* what commutes with a turn of all planes, where cosines differ and no sine is 0 *)
Section Commutant.
Variables (F : realFieldType) (p : nat) (c s : 'M[F]_(1, p)).
Hypothesis circle : hadamard c c + hadamard s s = ones F 1 p.
Lemma turn_still : turn (ones F 1 p) 0 = 1%:M.
Proof.
rewrite /turn -[ones F 1 p]scale1r diag_row_level scale1r (_ : diag_row 0 = 0); last by rewrite diag_rowE linear0.
by rewrite oppr0 [RHS]scalar_mx_block.
Qed.
Lemma turn_back : (turn c s)^T *m turn c s = 1%:M.
Proof. by apply: mulmx1C; apply: turn_rigid. Qed.
Lemma turn_and_back : turn c s + (turn c s)^T = block_mx (2%:R *: diag_row c) 0 0 (2%:R *: diag_row c).
Proof.
by rewrite turnT /turn diag_rowN opprK -!/(block_mx _ _ _ _) add_block_mx subrr addNr -!mulr2n -!scaler_nat.
Qed.
Lemma turn_no_back : turn c s - (turn c s)^T = block_mx 0 (2%:R *: diag_row s) (- (2%:R *: diag_row s)) 0.
Proof.
by rewrite turnT /turn diag_rowN opprK -!/(block_mx _ _ _ _) opp_block_mx add_block_mx opprK !subrr -opprD -!mulr2n -!scaler_nat.
Qed.
Lemma turn_commutant (A B C D : 'M[F]_p) :
  (forall i j, i != j -> c 0 i != c 0 j) -> (forall i, s 0 i != 0) ->
  block_mx A B C D *m turn c s = turn c s *m block_mx A B C D ->
  block_mx A B C D = turn (\row_i A i i) (\row_i B i i).
Proof.
move=> differ turns same; have two : 2%:R != 0 :> F by rewrite pnatr_eq0.
have back : block_mx A B C D *m (turn c s)^T = (turn c s)^T *m block_mx A B C D.
  rewrite -[LHS]mul1mx -turn_back -!mulmxA; congr (_ *m _); rewrite mulmxA -same -mulmxA turn_rigid //.
  by rewrite mulmx1.
have sum : block_mx A B C D *m (turn c s + (turn c s)^T) = (turn c s + (turn c s)^T) *m block_mx A B C D.
  by rewrite mulmxDr mulmxDl same back.
have gap : block_mx A B C D *m (turn c s - (turn c s)^T) = (turn c s - (turn c s)^T) *m block_mx A B C D.
  by rewrite mulmxBr mulmxBl same back.
move: sum gap; rewrite turn_and_back turn_no_back !mulmx_block !(mulmx0, mul0mx, addr0, add0r).
move=> /eq_block_mx [A1 B1 C1 D1] /eq_block_mx [B2 A2 _ _].
have alone (M : 'M[F]_p) : M *m (2%:R *: diag_row c) = 2%:R *: diag_row c *m M -> M = diag_row (\row_i M i i).
  move=> E; apply/matrixP => i j; rewrite [RHS]mxE; case: (i =P j) => [-> | /eqP ne]; first by rewrite mxE.
  have := congr1 (fun N : 'M[F]_p => N i j) E; rewrite /= -scalemxAr -scalemxAl [LHS]mxE [RHS]mxE.
  rewrite mul_mx_diag_row mul_diag_row => /(mulfI two) /eqP.
  by rewrite [X in _ == X]mulrC -subr_eq0 -mulrBr mulf_eq0 subr_eq0 [c 0 j == _]eq_sym (negPf (differ i j ne)) orbF => /eqP.
rewrite /turn -/(block_mx _ _ _ _); congr block_mx.
- exact: alone.
- exact: alone.
- rewrite (alone C C1); apply/matrixP => i j; rewrite [LHS]mxE [RHS]mxE [X in - X]mxE.
  case: (i =P j) => [-> | _]; last by rewrite oppr0.
  have := congr1 (fun N : 'M[F]_p => N j j) B2; rewrite /= mulmxN -scalemxAr -scalemxAl [LHS]mxE [X in - X]mxE [RHS]mxE.
  by rewrite mul_mx_diag_row mul_diag_row !mxE => E; apply: (mulfI (turns j)); apply: (mulfI two); rewrite -E; ering.
rewrite (alone D D1); apply/matrixP => i j; rewrite [LHS]mxE [RHS]mxE; case: (i =P j) => [-> | //].
have := congr1 (fun N : 'M[F]_p => N j j) A2; rewrite /= -scalemxAr -scalemxAl [LHS]mxE [RHS]mxE.
by rewrite mul_mx_diag_row mul_diag_row !mxE => E; apply: (mulfI (turns j)); apply: (mulfI two); rewrite -E; ering.
Qed.

(* and what stands between queries and keys so that no score changes *)
Lemma stretch_undone (a b r : 'M[F]_(1, p)) : hadamard r (hadamard a a + hadamard b b) = ones F 1 p ->
  turn a b *m (turn (hadamard r a) (hadamard r b))^T = 1%:M.
Proof.
move=> E; rewrite turnT turnM -turn_still; congr turn; last by apply/matrixP => i j; rewrite !mxE; ering.
by rewrite -E; apply/matrixP => i j; rewrite !mxE; ering.
Qed.
Lemma turns_commute (a b : 'M[F]_(1, p)) : turn a b *m turn c s = turn c s *m turn a b.
Proof. by rewrite !turnM; congr turn; apply/matrixP => i j; rewrite !mxE; ering. Qed.
Lemma turn_gauge (A B C D X Y Z W : 'M[F]_p) :
  (forall i j, i != j -> c 0 i != c 0 j) -> (forall i, s 0 i != 0) ->
  block_mx A B C D *m (block_mx X Y Z W)^T = 1%:M -> block_mx A B C D *m turn c s *m (block_mx X Y Z W)^T = turn c s ->
  exists a b r, [/\ block_mx A B C D = turn a b, block_mx X Y Z W = turn (hadamard r a) (hadamard r b) &
    hadamard r (hadamard a a + hadamard b b) = ones F 1 p].
Proof.
move=> differ turns still same; have back := mulmx1C still.
have form : block_mx A B C D = turn (\row_i A i i) (\row_i B i i).
  apply: (turn_commutant differ turns); by rewrite -[X in _ = X *m _]same -mulmxA back mulmx1.
move: still back; rewrite form; move: (\row_i A i i) (\row_i B i i) => a b still back.
have size i : a 0 i * a 0 i + b 0 i * b 0 i != 0.
  apply/eqP => none; have [] : a 0 i = 0 /\ b 0 i = 0.
    move/eqP: none; rewrite -!expr2 paddr_eq0 ?sqr_ge0 // !sqrf_eq0 => /andP [/eqP -> /eqP ->] //.
  move=> a0 b0; have := congr1 (fun M : 'M[F]_(p + p) => M (lshift p i) (lshift p i)) still.
  rewrite /turn -/(block_mx _ _ _ _) tr_block_mx mulmx_block /= block_mxEul mxE !mul_diag_row a0 b0 !mul0r addr0.
  by rewrite mxE eqxx => /esym/eqP; rewrite oner_eq0.
exists a, b, (\row_i (a 0 i * a 0 i + b 0 i * b 0 i)^-1).
have undone : hadamard (\row_i (a 0 i * a 0 i + b 0 i * b 0 i)^-1) (hadamard a a + hadamard b b) = ones F 1 p.
  by apply/matrixP => i j; rewrite (ord1 i) !mxE mulVf.
split=> //; apply: trmx_inj; rewrite -[LHS]mulmx1 -(stretch_undone undone) mulmxA back mul1mx //.
Qed.
(* what says that no two cosines are the same, and no sine 0 *)
Lemma differ_of (D : 'M[F]_p) :
  hadamard D (c^T *m ones F 1 p - ones F p 1 *m c) = ones F p 1 *m ones F 1 p - identity F p ->
  forall i j, i != j -> c 0 i != c 0 j.
Proof.
move=> apart i j ne; apply/eqP => same; have := congr1 (fun M : 'M[F]_(p, p) => M i j) apart.
have -> : c^T *m ones F 1 p - ones F p 1 *m c = \matrix_(i, j) (c 0 i - c 0 j).
  by apply/matrixP => k l; rewrite [LHS]mxE [X in _ + X]mxE !outer11 !mxE mulr1 mul1r.
rewrite /= [LHS]mxE [X in _ * X]mxE same subrr mulr0 [RHS]mxE [X in _ = _ + X]mxE outer11 !mxE (negPf ne) subr0 mulr1.
by move/esym/eqP; rewrite oner_eq0.
Qed.
Lemma turns_of (e : 'M[F]_(1, p)) : hadamard e s = ones F 1 p -> forall i, s 0 i != 0.
Proof.
move=> apart i; apply/eqP => none; have := congr1 (fun M : 'M[F]_(1, p) => M 0 i) apart.
by rewrite /= !mxE none mulr0 => /esym/eqP; rewrite oner_eq0.
Qed.
(* rows that see no difference between a block before the turn and behind it *)
Lemma law_commutes (A B C D : 'M[F]_p) :
  (forall q1 q2 k1 k2 : 'M[F]_(1, p),
    row_mx (q1 *m A + q2 *m C) (q1 *m B + q2 *m D) *m turn c s *m (row_mx k1 k2)^T =
    row_mx q1 q2 *m turn c s *m (row_mx (k1 *m A^T + k2 *m B^T) (k1 *m C^T + k2 *m D^T))^T) <->
  block_mx A B C D *m turn c s = turn c s *m block_mx A B C D.
Proof.
have key (k1 k2 : 'M[F]_(1, p)) : row_mx (k1 *m A^T + k2 *m B^T) (k1 *m C^T + k2 *m D^T) = row_mx k1 k2 *m (block_mx A B C D)^T.
  by rewrite tr_block_mx mul_row_block.
split=> [same | same q1 q2 k1 k2].
  apply: form_eq => x y; congr total; have := same (lsubmx x) (rsubmx x) (lsubmx y) (rsubmx y).
  by rewrite key -mul_row_block !hsubmxK trmx_mul trmxK !mulmxA.
by rewrite key -mul_row_block trmx_mul trmxK mulmxA -!(mulmxA (row_mx q1 q2)) same.
Qed.
End Commutant.
