(* Any number of layers: states that are made one of the other, and what rows of masked softmax depend on. *)
From mathcomp Require Import all_ssreflect all_algebra.
From SymAttn Require Import definitions mxring lemmas softmax.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Lemma layer_by_layer L (P : nat -> Prop) : P 0%N -> (forall l : 'I_L, P l -> P (l + 1)%N) -> P L.
Proof.
move=> start step; suff all k : (k <= L)%N -> P k by apply: all.
elim: k => [|k next] lt //; rewrite -addn1.
by have := step (Ordinal lt); apply; apply: next; apply: ltnW.
Qed.

Section Rings.
Variable R : comRingType.
Lemma stack_inj H m k (A B : 'I_H -> 'M[R]_(m, k)) : stack_heads A = stack_heads B -> forall h, A h = B h.
Proof.
move=> E h; apply/matrixP => i c; have := congr1 (fun M : 'M[R]_(H * m, k) => M (join h i) c) E.
by rewrite !mxE head_join rest_join.
Qed.
Lemma mul_mx_diag_col n d (x : 'M[R]_(n, 1)) (A : 'M[R]_(d, n)) i j : (A *m diag_col x) i j = A i j * x j 0.
Proof.
rewrite mxE (bigD1 j) //= big1 ?addr0 => [|l /negPf ne]; first by rewrite mxE eqxx.
by rewrite mxE ne mulr0.
Qed.
Lemma unit_pick n d (A : 'M[R]_(n, d)) (i : 'I_n) r j : (unit_row R n i *m A) r j = A i j.
Proof. by rewrite unit_rowE -rowE mxE. Qed.
Lemma last_rows m n d (A : 'M[R]_(m + n, d)) i j : (row_mx (zeros R n m) (identity R n) *m A) i j = A (rshift m i) j.
Proof. by rewrite -[A in LHS]vsubmxK mul_row_col mul0mx mul1mx add0r mxE. Qed.
Lemma first_places n q (i : 'I_n) c : row_mx (identity R n) (zeros R n q) i c = (c == i :> nat)%:R.
Proof.
case: (split_ordP c) => l ->; first by rewrite row_mxEl mxE eq_sym.
by rewrite row_mxEr mxE /= eqn_leq [(n + l <= i)%N]leqNgt (leq_trans (ltn_ord i)) ?leq_addr.
Qed.
Lemma second_places n q (i : 'I_n) c :
  row_mx (zeros R n 1) (row_mx (identity R n) (zeros R n q)) i c = (c == i.+1 :> nat)%:R.
Proof.
by case: (split_ordP c) => l ->; [rewrite row_mxEl mxE (ord1 l) | rewrite row_mxEr first_places /= add1n eqSS].
Qed.
(* rows from s on are the same *)
Lemma rows_from n d s (A B : 'M[R]_(n, d)) :
  diag_col (order_mx R n 1 s 0) *m A = diag_col (order_mx R n 1 s 0) *m B <->
  forall (i : 'I_n) j, (s <= i)%N -> A i j = B i j.
Proof.
split=> [E i j le | E].
  have := congr1 (fun M : 'M[R]_(n, d) => M i j) E; rewrite /= !mul_diag_col [order_mx _ _ _ _ _ _ _]mxE /=.
  by rewrite add0n addn0 le !mul1r.
apply/matrixP => i j; rewrite !mul_diag_col [order_mx _ _ _ _ _ _ _]mxE /= add0n addn0.
by case le: (s <= i)%N; rewrite ?mul0r // !mul1r E.
Qed.
Lemma window_in n w (i j : 'I_n) : (hadamard (order_mx R n n 0 0) (order_mx R n n 0 w)^T) i j = ((j <= i) && (i <= j + w))%N%:R.
Proof. by rewrite !mxE !addn0 -natrM mulnb. Qed.
End Rings.

Section Reads.
Variables (F : realFieldType) (e : F -> F).
Lemma masked_reads n m d (M S T : 'M[F]_(n, m)) (A B : 'M[F]_(m, d)) i j :
  (forall l, M i l = 0 \/ S i l = T i l /\ A l j = B l j) ->
  (masked_softmax e M S *m A) i j = (masked_softmax e M T *m B) i j.
Proof.
move=> same.
have E l : M i l * e (S i l) = M i l * e (T i l) by case: (same l) => [-> | [-> _]]; rewrite ?mul0r.
have N : \sum_l M i l * e (S i l) = \sum_l M i l * e (T i l) by apply: eq_bigr.
rewrite [LHS]mxE [RHS]mxE; apply: eq_bigr => l _; rewrite !mxE N E.
by case: (same l) => [-> | [_ ->]]; rewrite ?mul0r.
Qed.
Lemma form_rows n d tau (X Y : 'M[F]_(n, d)) (A : 'M[F]_d) i l :
  (forall c, X i c = Y i c) -> (forall c, X l c = Y l c) ->
  (tau *: (X *m A *m X^T)) i l = (tau *: (Y *m A *m Y^T)) i l.
Proof.
move=> Ei El; rewrite [LHS]mxE [RHS]mxE; congr (_ * _); rewrite [LHS]mxE [RHS]mxE; apply: eq_bigr => b _.
rewrite ![_^T _ _]mxE El [X in X * _]mxE [in RHS]mxE; congr (_ * _).
by apply: eq_bigr => a _; rewrite Ei.
Qed.
End Reads.
