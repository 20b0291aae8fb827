(* Tokens on a tree: what each of them scores with the token before it, and with the others. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Ring.
Variable R : comRingType.
Lemma resizeE p q m n (A : 'M[R]_(m, n)) (i : 'I_p) (j : 'I_q) (i' : 'I_m) (j' : 'I_n) :
  i = i' :> nat -> j = j' :> nat -> resize p q A i j = A i' j'.
Proof. by rewrite mxE => -> ->; rewrite entryE. Qed.
Lemma later_rows n p (A : 'M[R]_(1 + n, p)) i j :
  (row_mx (zeros R n 1) (identity R n) *m A) i j = A (rshift 1 i) j.
Proof. by rewrite -[A in LHS]vsubmxK mul_row_col mul0mx mul1mx add0r mxE. Qed.
Lemma sum_at n (a : 'I_n) (g : 'I_n -> R) : \sum_b (b == a)%:R * g b = g a.
Proof. by rewrite (bigD1 a) //= eqxx mul1r big1 ?addr0 // => b /negPf ->; rewrite mul0r. Qed.
End Ring.

Section Real.
Variables (F : realFieldType) (n N : nat).

Lemma mask_picks (A : 'M[F]_(n, N)) : is_mask A -> rowsum A = ones F n 1 ->
  exists before : 'I_n -> 'I_N, forall i j, A i j = (j == before i)%:R.
Proof.
move=> mask one; suff pick : forall i, exists j, forall l, A i l = (l == j)%:R.
  by have [before beforeE] := fin_all_exists pick; exists before.
move=> i; have ge0 l : 0 <= A i l by case: (mask i l) => ->; rewrite ?ler01.
have sum1 : \sum_l A i l = 1 by have /matrixP/(_ i 0) := one; rewrite !mxE.
have [j Aj | none] := pickP (fun j => A i j == 1); last first.
  by move/eqP: sum1; rewrite big1 1?eq_sym ?oner_eq0 // => l _; case: (mask i l) (none l) => ->; rewrite ?eqxx.
exists j => l; case: eqP => [-> | /eqP ne]; first exact/eqP.
move/eqP: sum1; rewrite (bigD1 j) //= (eqP Aj) -[X in _ == X]addr0 (inj_eq (addrI _)) psumr_eq0 // => /allP zero.
by have := zero l (mem_index_enum _); rewrite ne => /eqP.
Qed.
Lemma margin_gt0 (A S : 'M[F]_(n, N)) (before : 'I_n -> 'I_N) : (forall i j, A i j = (j == before i)%:R) ->
  (forall i, 0 < S i (before i)) -> (forall i j, j != before i -> S i j < S i (before i)) ->
  positive (rowsum (hadamard A S) *m ones F 1 N - hadamard (ones F n N - A) S).
Proof.
move=> AE high higher i j; rewrite mxE outer11 onesE mulr1 mxE.
have -> : \sum_l hadamard A S i l = S i (before i) by rewrite -sum_at; apply: eq_bigr => l _; rewrite mxE AE.
by rewrite !mxE AE; case: eqP => [_ | /eqP ne]; rewrite ?subrr ?mul0r subr0 ?mul1r ?subr_gt0 ?higher.
Qed.

Variables (this before : 'I_n -> 'I_N) (t : 'I_N -> F) (f : 'I_N -> 'I_N -> F).
Hypotheses (t_gt0 : forall a, 0 < t a) (grows : forall i, 4%:R * t (this i) <= t (before i)).
Hypothesis f_before : forall a b, f a b = 0 \/ f a b = 1 /\ 4%:R * t a <= t b.
Hypothesis f_this : forall i b, f (this i) b = (b == before i)%:R.
Lemma tree_scores (X : 'M[F]_N) i j : (forall a b, X a b = t a * ((a == b)%:R + f a b)) ->
  \sum_b X (this i) b * X j b =
  t (this i) * (t j * ((j == before i)%:R + ((j == this i)%:R + f j (this i) + f j (before i)))).
Proof.
move=> XE; pose g b := t (this i) * X j b.
transitivity (\sum_b (b == this i)%:R * g b + \sum_b (b == before i)%:R * g b).
  rewrite -big_split; apply: eq_bigr => b _; rewrite /g [X (this i) b]XE f_this (eq_sym (this i)).
  by move: (_ == this i)%:R (_ == before i)%:R => x y /=; ring.
by rewrite !sum_at /g !XE; move: (j == this i)%:R (j == before i)%:R => x y; ring.
Qed.
Lemma f_ge0 a b : 0 <= f a b.
Proof. by case: (f_before a b) => [-> | [-> _]]; rewrite ?ler01. Qed.
Let score i j := t (this i) * (t j * ((j == before i)%:R + ((j == this i)%:R + f j (this i) + f j (before i)))).
Lemma score_before i : t (this i) * t (before i) <= score i (before i).
Proof. by rewrite /score eqxx !ler_pmul2l // -[X in X <= _]mulr1 ler_pmul2l // ler_addl !addr_ge0 ?f_ge0 ?ler0n. Qed.
Lemma score_other i j : j != before i -> score i j < t (this i) * t (before i).
Proof.
move=> /negPf ne; rewrite /score ne add0r ltr_pmul2l // !mulrDr.
have low x b : x = 0 \/ x = 1 /\ 4%:R * t j <= t b -> t b <= t (before i) -> 4%:R * (t j * x) <= t (before i).
  by case=> [-> _ | [-> le_b] ?]; rewrite ?mulr0 ?mulr1 ?(ltW (t_gt0 _)) // (le_trans le_b).
have t_this : t (this i) <= t (before i).
  by apply: le_trans (grows i); rewrite ler_pemull ?(ltW (t_gt0 _)) // ler1n.
have self : 4%:R * (t j * (j == this i)%:R) <= t (before i).
  apply: (low _ (before i)) => //; case: eqP => [-> | _]; [by right; rewrite grows | by left].
have one := low _ _ (f_before j (this i)) t_this; have two := low _ _ (f_before j (before i)) (lexx _).
rewrite -(ltr_pmul2l (x := 4%:R)) ?ltr0n // !mulrDr; apply: le_lt_trans (ler_add (ler_add self one) two) _.
rewrite [X in _ < X](_ : _ = t (before i) + t (before i) + t (before i) + t (before i)); last by ring.
by rewrite ltr_addl.
Qed.
Lemma tree_prefers (A S : 'M[F]_(n, N)) (X : 'M[F]_N) : (forall i j, A i j = (j == before i)%:R) ->
  (forall a b, X a b = t a * ((a == b)%:R + f a b)) -> (forall i j, S i j = \sum_b X (this i) b * X j b) ->
  positive (rowsum (hadamard A S) *m ones F 1 N - hadamard (ones F n N - A) S).
Proof.
move=> AE XE SE; apply: (margin_gt0 AE) => [i | i j ne]; rewrite !SE !(tree_scores _ _ XE).
  by apply: lt_le_trans (score_before i); rewrite mulr_gt0.
exact: lt_le_trans (score_other ne) (score_before i).
Qed.
End Real.
