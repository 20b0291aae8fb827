(* Softmax under a mask: what rows, shifts of rows and hidden columns make of it. *)
From mathcomp Require Import all_ssreflect all_algebra.
From SymAttn Require Import definitions mxring lemmas softmax.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Masks.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Implicit Types m n v : nat.

Lemma masked_shift m n (M S : 'M[F]_(m, n)) (c : 'M[F]_(m, 1)) :
  masked_softmax e M (c *m ones F 1 n + S) = masked_softmax e M S.
Proof.
have E i l : M i l * e ((c *m ones F 1 n + S) i l) = e (c i 0) * (M i l * e (S i l)).
  by rewrite mulrCA -(expD laws) !mxE big_ord1 mxE mulr1.
apply/matrixP => i j; rewrite [LHS]mxE [RHS]mxE; under eq_bigr do rewrite E.
by rewrite E -mulr_sumr -mulf_div divff ?mul1r ?(exp_neq0 laws).
Qed.
Lemma masked_col m p n (L S : 'M[F]_(m, n)) (M T : 'M[F]_(p, n)) :
  masked_softmax e (col_mx L M) (col_mx S T) = col_mx (masked_softmax e L S) (masked_softmax e M T).
Proof.
apply/matrixP => i j; case: (split_ordP i) => l ->; rewrite [LHS]mxE.
  by rewrite !col_mxEu [RHS]mxE; congr (_ / _); apply: eq_bigr => h _; rewrite !col_mxEu.
by rewrite !col_mxEd [RHS]mxE; congr (_ / _); apply: eq_bigr => h _; rewrite !col_mxEd.
Qed.
Lemma masked_hidden m n p (L S : 'M[F]_(m, n)) (T : 'M[F]_(m, p)) :
  masked_softmax e (row_mx L 0) (row_mx S T) = row_mx (masked_softmax e L S) 0.
Proof.
have N i : \sum_l row_mx L (0 : 'M_(m, p)) i l * e (row_mx S T i l) = \sum_l L i l * e (S i l).
  rewrite big_split_ord /= [X in _ + X]big1 ?addr0 => [|l _]; last by rewrite row_mxEr mxE mul0r.
  by apply: eq_bigr => l _; rewrite !row_mxEl.
apply/matrixP => i j; rewrite mxE N; case: (split_ordP j) => l ->.
  by rewrite !row_mxEl [RHS]mxE.
by rewrite !row_mxEr !mxE !mul0r.
Qed.
Lemma masked_rows m n (M S : 'M[F]_(m, n)) (own : 'I_m -> 'I_n) :
  (forall i l, 0 <= M i l) -> (forall i, 0 < M i (own i)) -> rowsum (masked_softmax e M S) = ones F m 1.
Proof.
move=> ge0 gt0; apply/matrixP => i j; rewrite [LHS]mxE [RHS]mxE; under eq_bigr do rewrite mxE.
rewrite -mulr_suml divff // lt0r_neq0 // (bigD1 (own i)) //= ltr_paddr ?mulr_gt0 ?(exp_gt0 laws) //.
by apply: sumr_ge0 => l _; apply: mulr_ge0; [apply: ge0 | rewrite ltW ?(exp_gt0 laws)].
Qed.
(* tokens before a cut read what they would without those after it *)
Lemma causal_top a b d v tau (X : 'M[F]_(a, d)) (Y : 'M[F]_(b, d)) (W : 'M[F]_d) (V : 'M[F]_(d, v)) L B M :
  exists Z, masked_softmax e (col_mx (row_mx L (zeros F a b)) (row_mx B M))
    (tau *: (col_mx X Y *m W *m (col_mx X Y)^T)) *m col_mx X Y *m V =
  col_mx (masked_softmax e L (tau *: (X *m W *m X^T)) *m X *m V) Z.
Proof.
rewrite /zeros tr_col_mx !mul_col_mx !mul_mx_row scale_col_mx !scale_row_mx masked_col masked_hidden.
rewrite mul_col_mx mul_row_col mul0mx addr0 mul_col_mx.
by eexists.
Qed.
End Masks.

Section Orders.
Variable R : ringType.

(* a mask in which the first a tokens read none that come later *)
Lemma order_blocks a b : order_mx R (a + b) (a + b) 0 0 =
  col_mx (row_mx (order_mx R a a 0 0) (zeros R a b)) (row_mx (ones R b a) (order_mx R b b 0 0)).
Proof.
apply/matrixP => i j; case: (split_ordP i) => p ->; case: (split_ordP j) => q ->.
- by rewrite col_mxEu row_mxEl !mxE.
- by rewrite col_mxEu row_mxEr !mxE /= !addn0 leqNgt (leq_trans (ltn_ord p)) ?leq_addr.
- by rewrite col_mxEd row_mxEl !mxE /= !addn0 (leq_trans (ltnW (ltn_ord q))) ?leq_addr.
by rewrite col_mxEd row_mxEr !mxE /= !addn0 leq_add2l.
Qed.
Lemma shift_order n : (identity R n - shift_mx R n n 1) *m order_mx R n n 0 0 = identity R n.
Proof.
apply/matrixP => i j; rewrite mulmxBl mul1mx.
have E : (shift_mx R n n 1 *m order_mx R n n 0 0) i j = (j < i)%N%:R.
  rewrite mxE; case: i => [[|p] lt] /=.
    by rewrite big1 // => l _; rewrite !mxE /= addn1 mul0r.
  rewrite (bigD1 (Ordinal (ltnW lt))) //= big1 ?addr0 => [|l /negPf ne].
    by rewrite !mxE /= addn1 eqxx mul1r !addn0 ltnS.
  by rewrite !mxE /= addn1 eqSS eq_sym (_ : (_ == _) = false) ?mul0r.
rewrite [LHS]mxE [X in _ + X]mxE E [X in X - _]mxE [RHS]mxE !addn0 -val_eqE /=.
by case: (ltngtP j i) => _; rewrite ?subrr ?subr0.
Qed.
End Orders.
