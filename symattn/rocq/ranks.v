(* Ranks from below: what has a one-sided inverse, or makes the identity, has at least that rank. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas softmax.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Field.
Variable F : fieldType.
Lemma rank_ge m n k (L : 'M[F]_(k, m)) (A : 'M[F]_(m, n)) (R : 'M[F]_(n, k)) :
  L *m A *m R = 1%:M -> (k <= \rank A)%N.
Proof. by move=> E; rewrite -(mxrank1 F k) -E (leq_trans (mxrankM_maxl _ _)) // mxrankM_maxr. Qed.
Lemma rank_mxsub m n p q (f : 'I_p -> 'I_m) (g : 'I_q -> 'I_n) (A : 'M[F]_(m, n)) : (\rank (mxsub f g A) <= \rank A)%N.
Proof.
have -> : mxsub f g A = rowsub f 1%:M *m A *m colsub g 1%:M
  by rewrite mul_rowsub_mx mul1mx mulmx_colsub mulmx1; apply/matrixP => i j; rewrite !mxE.
by rewrite (leq_trans (mxrankM_maxl _ _)) // mxrankM_maxr.
Qed.
Lemma factor m n k (W : 'M[F]_(m, n)) :
  (\rank W <= k)%N -> exists (Q : 'M[F]_(m, k)) (K : 'M[F]_(n, k)), W = Q *m K^T.
Proof.
move=> rk; exists (col_base W *m pid_mx (\rank W)), (pid_mx (\rank W) *m row_base W)^T.
by rewrite trmxK mulmxA -(mulmxA (col_base W)) pid_mx_id // pid_mx_1 mulmx1 mulmx_base.
Qed.
(* fewer columns than rows: some row is taken to 0 *)
Lemma thin_kernel m n (A : 'M[F]_(m, n)) : (n < m)%N -> exists2 z : 'M[F]_(1, m), z != 0 & z *m A = 0.
Proof.
move=> lt; have /rowV0Pn[z zA z0] : kermx A != 0.
  by rewrite kermx_eq0; apply: contraL lt => /eqP free; rewrite -leqNgt -{1}free rank_leq_col.
by exists z => //; apply/sub_kermxP.
Qed.
Lemma rank_lt n (A : 'M[F]_n) (x : 'M[F]_(n, 1)) : x != 0 -> A *m x = 0 -> (\rank A < n)%N.
Proof.
move=> x0 E; rewrite ltn_neqAle rank_leq_row andbT; apply: contra x0 => /eqP full.
have uA : A \in unitmx by rewrite -row_free_unit /row_free full.
by rewrite -[x](mulKmx uA) E mulmx0.
Qed.

(* powers of distinct numbers: a row that they take to 0 is a polynomial with more roots than its degree *)
Lemma rank_powers n (x : 'I_n -> F) : injective x -> \rank (\matrix_(i < n, j < n) x i ^+ j) = n.
Proof.
move=> inj; rewrite -mxrank_tr; apply/eqP; rewrite -/(row_free _) -kermx_eq0; apply/rowV0P => v /sub_kermxP E.
rewrite -[v]rVpolyK [rVpoly v](roots_geq_poly_eq0 (rs := [seq x i | i <- enum 'I_n])) ?linear0 //; last first.
- by rewrite size_map size_enum_ord size_poly.
- by rewrite map_inj_uniq // enum_uniq.
apply/allP => _ /mapP[i _ ->]; rewrite rootE horner_poly.
have /matrixP/(_ 0 i) := E; rewrite !mxE => sum0; apply/eqP; apply: etrans sum0.
by apply: eq_bigr => j _; rewrite !mxE valK.
Qed.

(* full factorisations of one matrix differ by an invertible matrix, so skew matrices have even rank *)
Lemma factor_unique m n k (Q Q' : 'M[F]_(m, k)) (K K' : 'M[F]_(n, k)) :
  row_full Q -> row_full Q' -> row_full K -> row_full K' -> Q *m K^T = Q' *m K'^T ->
  exists2 M, M \in unitmx & Q' = Q *m M /\ K' = K *m (invmx M)^T.
Proof.
case/row_fullP=> L LQ /row_fullP[L' LQ'] /row_fullP[R RK] /row_fullP[R' RK'] E.
pose M := K^T *m R'^T; pose N := L' *m Q.
have QE : Q' = Q *m M by rewrite mulmxA E -mulmxA -trmx_mul RK' trmx1 mulmx1.
have KE : K'^T = N *m K^T by rewrite -mulmxA E mulmxA LQ' mul1mx.
have NM : N *m M = 1%:M by rewrite mulmxA -KE -trmx_mul RK' trmx1.
have [uN uM] := mulmx1_unit NM.
have NE : N = invmx M by rewrite -[RHS]mul1mx -NM mulmxK.
by exists M => //; split=> //; rewrite -NE -[LHS]trmxK KE trmx_mul trmxK.
Qed.
Lemma skew_unit_even r (M : 'M[F]_r) : (2%:R : F) != 0 -> M^T = - M -> M \in unitmx -> ~~ odd r.
Proof.
move=> n2 skM; rewrite unitmxE unitfE; apply: contra => odd_r.
have : \det M = - \det M by rewrite -{1}det_tr skM -scaleN1r detZ -signr_odd odd_r expr1 mulN1r.
by move/eqP; rewrite -addr_eq0 -mulr2n -mulr_natl mulf_eq0 (negPf n2) /=.
Qed.
Lemma skew_factor_even n r (C : 'M[F]_(n, r)) (B : 'M[F]_(r, n)) : (2%:R : F) != 0 ->
  row_full C -> row_full B^T -> (C *m B)^T = - (C *m B) -> ~~ odd r.
Proof.
move=> n2 fC fB skA.
have fNC : row_full (- C) by rewrite /row_full mxrank_opp.
have skE : C *m B^T^T = B^T *m (- C)^T by rewrite trmxK linearN mulmxN -trmx_mul skA opprK.
have [M uM [BE _]] := factor_unique fC fB fB fNC skE.
apply: (@skew_unit_even _ M) => //.
have [L LC] := row_fullP fC.
have CL : C^T *m L^T = 1%:M by rewrite -trmx_mul LC trmx1.
have BE' : B = M^T *m C^T by rewrite -[LHS]trmxK BE trmx_mul.
have := congr1 (fun X => L *m X *m L^T) skA.
rewrite BE' !trmx_mul !trmxK mulmxN mulNmx !mulmxA LC !mul1mx.
by rewrite -!(mulmxA _ C^T) CL !mulmx1 => E; rewrite {2}E opprK.
Qed.
Lemma skew_rank_is_even n (A : 'M[F]_n) : (2%:R : F) != 0 -> A^T = - A -> ~~ odd (\rank A).
Proof.
move=> n2 skA; apply: (@skew_factor_even _ _ (col_base A) (row_base A)) => //.
- exact: col_base_full.
- by rewrite /row_full mxrank_tr; apply: row_base_free.
by rewrite mulmx_base.
Qed.
End Field.

(* differences of the columns of a matrix to its last one *)
Section Differences.
Variables (F : fieldType) (m : nat).
Let D : 'M[F]_(m + 1, m) := col_mx 1%:M (- ones F 1 m).
Lemma ones_row : ones F 1 (m + 1) = row_mx (ones F 1 m) (ones F 1 1).
Proof. by apply/matrixP => i j; rewrite mxE; case: (split_ordP j) => l ->; rewrite ?row_mxEl ?row_mxEr mxE. Qed.
Lemma ones_differences : ones F 1 (m + 1) *m D = 0.
Proof.
rewrite ones_row mul_row_col mulmx1 mulmxN; apply/matrixP => i j; rewrite mxE [X in _ + X]mxE outer11 !mxE.
by rewrite mulr1 subrr.
Qed.
Lemma differencesE n (A : 'M[F]_(n, m + 1)) i j : (A *m D) i j = A i (lshift 1 j) - A i (rshift m 0).
Proof.
rewrite -{1}[A]hsubmxK mul_row_col mulmx1 mulmxN mxE [lsubmx A i j]mxE; congr (_ + _).
by rewrite mxE outer11 !mxE mulr1.
Qed.
Lemma onehot_differences (b : F) : b != 0 -> row_mx (b^-1 *: 1%:M) 0 *m (b *: 1%:M) *m D = 1%:M.
Proof. by move=> b0; rewrite -scalemxAr mulmx1 -scalemxAl mul_row_col mul0mx addr0 mulmx1 scalerA mulfV ?scale1r. Qed.
Lemma last_column n (C : 'M[F]_(n, m + 1)) : C *m ones F (m + 1) 1 = 0 -> (\rank C <= m)%N.
Proof.
rewrite -tr_ones ones_row tr_row_mx !tr_ones -{1}[C]hsubmxK mul_row_col.
have -> : ones F 1 1 = 1%:M by apply/matrixP => i j; rewrite !mxE !ord1.
rewrite mulmx1 => /eqP; rewrite addrC addr_eq0 => /eqP E.
by rewrite -[C]hsubmxK E -[X in row_mx X]mulmx1 -mulmxN -mul_mx_row mulmx_max_rank.
Qed.
End Differences.

(* each row of a softmax is the exponentials over a number that is not 0 *)
Section Softmax.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Lemma rank_softmax m n (S : 'M[F]_(m, n)) : \rank (softmax e S) = \rank (map_mx e S).
Proof.
case: n S => [|n] S; first by rewrite !thinmx0 !mxrank0.
pose N : 'M[F]_(m, 1) := \matrix_(i, _) norm e S i.
have rows : map_mx e S = diag_col N *m softmax e S.
  apply/matrixP => i j; rewrite mul_diag_col softmaxE mulrCA mxE [N i 0]mxE.
  by rewrite mulfV ?mulr1 ?(norm_neq0 laws).
have undo : diag_col (reciprocal N) *m diag_col N = 1%:M.
  apply/matrixP => i j; rewrite mul_diag_col !mxE; case: eqP => [->|]; last by rewrite mulr0.
  by rewrite mulVf ?(norm_neq0 laws).
apply/eqP; rewrite eqn_leq rows mxrankM_maxr andbT.
by rewrite -{1}[softmax e S]mul1mx -undo -mulmxA mxrankM_maxr.
Qed.
(* numbers 0, 1, ..., n - 1 as queries and as keys: the exponentials are the powers of n distinct numbers *)
Lemma rank_softmax_counting n (x : 'M[F]_(n, 1)) (y : 'M[F]_(1, n)) :
  (forall i, x i 0 = i%:R) -> (forall j, y 0 j = j%:R) -> \rank (softmax e (x *m y)) = n.
Proof.
move=> xE yE; rewrite rank_softmax -[RHS](@rank_powers _ n (fun i => e i%:R)).
  congr (\rank _); apply/matrixP => i j; rewrite mxE outer11 xE yE mxE.
  by elim: (j : nat) => [|l IH]; rewrite ?mulr0 ?(exp0 laws) // exprS -IH -(expD laws) mulrS mulrDr mulr1.
by move=> i j /(exp_injective laws)/eqP; rewrite eqr_nat => /eqP/val_inj.
Qed.
End Softmax.
