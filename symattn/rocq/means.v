(* Means of values under weights that sum to 1: bounds, squared distances, and means as slopes of log-sum-exp. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions dual mxring lemmas ordered softmax slopes convexity.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* entries of what is built of matrices, and of nothing inside them *)
Section Entries.
Variables (R : comRingType) (m n : nat).
Implicit Types A B : 'M[R]_(m, n).
Lemma entry_add A B i j : (A + B) i j = A i j + B i j. Proof. by rewrite mxE. Qed.
Lemma entry_opp A i j : (- A) i j = - A i j. Proof. by rewrite mxE. Qed.
Lemma entry_scale a A i j : (a *: A) i j = a * A i j. Proof. by rewrite mxE. Qed.
Lemma entry_tr A i j : A^T i j = A j i. Proof. by rewrite mxE. Qed.
Lemma entry_hadamard A B i j : hadamard A B i j = A i j * B i j. Proof. by rewrite mxE. Qed.
Lemma entry_map (e : R -> R) A i j : map_mx e A i j = e (A i j). Proof. by rewrite mxE. Qed.
End Entries.
Lemma entry_number (R : comRingType) (a : R) i j : (a%:M : 'M_1) i j = a.
Proof. by rewrite !ord1 mxE eqxx. Qed.
Lemma entry_identity (R : comRingType) i j : identity R 1 i j = 1. Proof. exact: entry_number. Qed.
Lemma entry_zeros (R : comRingType) m n i j : zeros R m n i j = 0. Proof. by rewrite mxE. Qed.
Definition entriesE := (entry_add, entry_opp, entry_scale, entry_tr, entry_hadamard, entry_map, entry_number,
  entry_identity, entry_zeros, @outer11, @onesE).

Ltac efield := totals; entries; field.

Section Ring.
Variables (R : comRingType) (n v : nat) (w : 'M[R]_(1, n)) (C : 'M[R]_(n, v)).
Hypothesis w1 : total w = 1.
Lemma weights_ones : w *m ones R n 1 = 1%:M.
Proof.
apply/matrixP => i j; rewrite !ord1 [RHS]mxE eqxx mxE -w1 /total big_ord1.
by apply: eq_bigr => l _; rewrite onesE mulr1.
Qed.
Lemma mean_of_level c : total (w *m (c *: ones R n 1)) = c.
Proof. by rewrite mul_scale_r weights_ones totalZ total11 mxE eqxx mulr1. Qed.
Lemma less_level (u : 'M[R]_(1, v)) j a : (C - ones R n 1 *m u) j a = C j a - u 0 a.
Proof. by rewrite mxE [X in _ + X]mxE outer11 onesE mul1r. Qed.
Lemma square_distances (u : 'M[R]_(1, v)) :
  total (w *m rowsum (hadamard (C - ones R n 1 *m u) (C - ones R n 1 *m u))) =
  \sum_a \sum_j w 0 j * (C j a - u 0 a) ^+ 2.
Proof.
rewrite total11 mxE; under eq_bigr do rewrite mxE mulr_sumr.
rewrite exchange_big; apply: eq_bigr => a _; apply: eq_bigr => j _.
by rewrite mxE less_level.
Qed.
Lemma distance_from (u : 'M[R]_(1, v)) j i : rowsum (hadamard (C - ones R n 1 *m u) (C - ones R n 1 *m u)) j i =
  total (hadamard u u) - 2%:R * (u *m C^T) 0 j + rowsum (hadamard C C) j i.
Proof.
rewrite [LHS]mxE /total big_ord1 [(u *m _) 0 j]mxE [rowsum (hadamard C C) j i]mxE mulr_sumr -sumrB -big_split.
by apply: eq_bigr => a _ /=; rewrite mxE less_level !mxE; ering.
Qed.
(* the parallel axis theorem *)
Lemma square_distances_apart (u : 'M[R]_(1, v)) :
  total (w *m rowsum (hadamard (C - ones R n 1 *m u) (C - ones R n 1 *m u))) =
  total (w *m rowsum (hadamard (C - ones R n 1 *m w *m C) (C - ones R n 1 *m w *m C))) +
  total (hadamard (u - w *m C) (u - w *m C)).
Proof.
have s1 : \sum_j w 0 j = 1 by rewrite -w1 /total big_ord1.
rewrite -(mulmxA (ones R n 1)) !square_distances [X in _ + X]/total big_ord1 -big_split; apply: eq_bigr => a _ /=.
rewrite [X in _ + X]mxE [X in _ + X * X](_ : _ = u 0 a - \sum_j w 0 j * C j a); last by rewrite !mxE.
rewrite ![(w *m C) 0 a]mxE; set z := \sum_j w 0 j * C j a.
have -> : \sum_j w 0 j * (C j a - u 0 a) ^+ 2 =
    \sum_j w 0 j * (C j a - z) ^+ 2 + (2%:R * (z - u 0 a) * z - (z - u 0 a) * (z + u 0 a) * \sum_j w 0 j).
  by rewrite {3}/z !mulr_sumr -sumrB -big_split; apply: eq_bigr => j _ /=; ring.
by rewrite s1; congr (_ + _); ring.
Qed.
End Ring.

Section Ordered.
Variables (F : realFieldType) (n : nat) (w : 'M[F]_(1, n)).
Hypothesis w0 : forall j, 0 <= w 0 j.
Lemma mean_keeps_order (A B : 'M[F]_(n, 1)) : at_most A B -> total (w *m A) <= total (w *m B).
Proof. by move=> H; rewrite !total11 !mxE ler_sum // => j _; rewrite ler_wpmul2l. Qed.
Lemma far_from_mean v (C : 'M[F]_(n, v)) (u : 'M[F]_(1, v)) : total w = 1 ->
  total (w *m rowsum (hadamard (C - ones F n 1 *m u) (C - ones F n 1 *m u))) =
  total (w *m rowsum (hadamard (C - ones F n 1 *m w *m C) (C - ones F n 1 *m w *m C))) +
  total (hadamard (u - w *m C) (u - w *m C)).
Proof. by move=> w1; apply: square_distances_apart. Qed.
Lemma spread_ge0 v (A : 'M[F]_(n, v)) : 0 <= total (w *m rowsum (hadamard A A)).
Proof.
rewrite total11 mxE sumr_ge0 // => j _; rewrite mulr_ge0 // mxE sumr_ge0 // => a _.
by rewrite mxE -expr2 sqr_ge0.
Qed.
End Ordered.

Section Ordered.
Variables (F : realFieldType) (n v : nat) (w : 'M[F]_(1, n)) (C : 'M[F]_(n, v)) (u : 'M[F]_(1, v)).
Hypothesis w1 : total w = 1.
Let cost u := total (w *m rowsum (hadamard (C - ones F n 1 *m u) (C - ones F n 1 *m u))).
Lemma least_square_distance :
  let least := total (w *m rowsum (hadamard (C - ones F n 1 *m w *m C) (C - ones F n 1 *m w *m C))) in
  (least <= cost u) /\ (cost u = least <-> u = w *m C).
Proof.
move=> least; have E : cost u = least + total (hadamard (u - w *m C) (u - w *m C)) := far_from_mean C u w1.
split; first by rewrite E ler_addl square_total_ge0.
split=> [|->]; last by rewrite /cost mulmxA.
by rewrite E => /eqP; rewrite -subr_eq0 addrAC subrr add0r => /eqP/square_total_eq0/eqP; rewrite subr_eq0 => /eqP.
Qed.
End Ordered.

Section Slopes.
Variables (F : realFieldType) (e l : F -> F) (n : nat).
Lemma slope_lse (S : 'M[dual F]_(1, n)) : slope (total (map_mx (dual_log l) (rowsum (map_mx (dual_exp e) S)))) =
  total (hadamard (softmax e (values S)) (slopes S)).
Proof.
rewrite total11 !mxE /= value_sum slope_sum /total big_ord1 mulr_suml; apply: eq_bigr => j _.
rewrite !mxE /= mulrAC; congr (_ / _ * _).
by apply: eq_bigr => a _; rewrite !mxE.
Qed.
Lemma slope_over (x : dual F) (c : F) : slope (x * dual_inv (lift c)) = slope x / c.
Proof. by rewrite /= oppr0 !mul0r mulr0 addr0. Qed.
Lemma gradient_lse_query k (tau : F) (q : 'M[F]_(1, k)) (B : 'M[F]_(n, k)) : tau != 0 ->
  gradient (fun q : 'M[dual F]_(1, k) =>
    total (map_mx (dual_log l) (rowsum (map_mx (dual_exp e) (lift tau *: (q *m (lift_mx B)^T))))) *
    dual_inv (lift tau)) q = softmax e (tau *: (q *m B^T)) *m B.
Proof.
move=> t0; apply: gradient_eq => D; rewrite slope_over slope_lse; slopes.
by rewrite hadamardZr totalZ mulrAC mulfV // mul1r dot_mulr trmxK.
Qed.
Lemma slope_half (x : dual F) : slope (lift 2%:R^-1 * x) = 2%:R^-1 * slope x.
Proof. by rewrite /= mul0r add0r. Qed.
Lemma slope_sub (x y : dual F) : slope (x - y) = slope x - slope y. Proof. by []. Qed.
Lemma hopfield_gradient k (beta : F) (xi : 'M[F]_(1, k)) (X : 'M[F]_(n, k)) : 0 < beta ->
  gradient (fun xi : 'M[dual F]_(1, k) => lift 2%:R^-1 * total (hadamard xi xi) -
    total (map_mx (dual_log l) (rowsum (map_mx (dual_exp e) (lift beta *: (xi *m (lift_mx X)^T))))) *
    dual_inv (lift beta)) xi = xi - softmax e (beta *: (xi *m X^T)) *m X.
Proof.
move=> b0; apply: gradient_eq => D; rewrite slope_sub slope_half slope_over slope_lse; slopes.
rewrite totalD hadamardBl totalB hadamardZr totalZ mulrAC mulfV ?lt0r_neq0 // mul1r dot_mulr trmxK.
by congr (_ - _); rewrite [hadamard D xi]hadamardC; efield.
Qed.
End Slopes.

(* one key more, the last *)
Section OneMore.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Variables (m d : nat) (a : 'M[F]_(1, m)) (b : 'M[F]_(1, 1)).
Lemma weight_of_last i j : (softmax e (row_mx a b) *m col_mx (zeros F m 1) (identity F 1)) i j =
  (1 + \sum_l e (a 0 l - b 0 0))^-1.
Proof.
have b0 := exp_neq0 laws (b 0 0).
rewrite !ord1 softmax_read norm_row read_row read1 norm1 entry_identity mulr1 /read big1 => [|l _]; last first.
  by rewrite entry_zeros mulr0.
have -> : \sum_l e (a 0 l - b 0 0) = norm e a 0 / e (b 0 0).
  by rewrite mulr_suml; apply: eq_bigr => l _; rewrite (expB laws).
rewrite add0r; have -> : norm e a 0 + e (b 0 0) = (1 + norm e a 0 / e (b 0 0)) * e (b 0 0).
  by rewrite mulrDl mul1r divfK // addrC.
by rewrite invfM mulrCA mulfV ?mulr1.
Qed.
Lemma total_weight_of_last : total (softmax e (row_mx a b) *m col_mx (zeros F m 1) (identity F 1)) =
  (1 + \sum_l e (a 0 l - b 0 0))^-1.
Proof. by rewrite total11 weight_of_last. Qed.
(* how far the other values pull *)
Lemma pulled_away (Y : 'M[F]_(m, d)) (x : 'M[F]_(1, d)) : (0 < m)%N ->
  softmax e (row_mx a b) *m col_mx Y x - x =
  (norm e a 0 / (norm e a 0 + e (b 0 0))) *: (softmax e a *m Y - x).
Proof.
move=> m0; have N0 := norm_gt0 laws a 0 m0; have B0 := exp_gt0 laws (b 0 0).
apply/matrixP => i j; rewrite (ord1 i) !entriesE !softmax_read norm_row read_row read1 norm1.
by move: (norm e a 0) (e (b 0 0)) N0 B0 => N B N0 B0; efield; rewrite !lt0r_neq0 ?addr_gt0.
Qed.
Lemma weight_of_others c : (forall l, a 0 l + c <= b 0 0) ->
  norm e a 0 / (norm e a 0 + e (b 0 0)) <= m%:R / (e c + m%:R).
Proof.
move=> below; have B0 := exp_gt0 laws (b 0 0).
have N0 : 0 <= norm e a 0 by rewrite sumr_ge0 // => l _; rewrite ltW ?exp_gt0.
have C0 : 0 < e c + m%:R by rewrite add_gt0_ge0 ?(exp_gt0 laws) ?ler0n.
have some : norm e a 0 * e c <= m%:R * e (b 0 0).
  by rewrite mulr_suml -sum_const ler_sum // => l _; rewrite -(expD laws) (ler_exp laws).
rewrite ler_pdivr_mulr ?ltr_paddl // mulrAC ler_pdivl_mulr //.
by rewrite [_ * (_ + m%:R)]mulrDr [m%:R * _]mulrDr [m%:R * norm e a 0]mulrC addrC ler_add2l.
Qed.
End OneMore.

Section Near.
Variables (F : realFieldType) (m d : nat) (Y : 'M[F]_(m, d)) (x : 'M[F]_(1, d)) (R : F).
Lemma two_radii j : rowsum (hadamard Y Y) j 0 <= R ^+ 2 -> total (hadamard x x) <= R ^+ 2 ->
  rowsum (hadamard (Y - ones F m 1 *m x) (Y - ones F m 1 *m x)) j 0 <= 4%:R * R ^+ 2.
Proof.
move=> Yj xx; have : 0 <= rowsum (hadamard (Y - ones F m 1 *m (- x)) (Y - ones F m 1 *m (- x))) j 0.
  by rewrite mxE sumr_ge0 // => a _; rewrite mxE -expr2 sqr_ge0.
rewrite !distance_from hadamardNl hadamardNr opprK mulNmx entry_opp => H; rewrite -subr_ge0.
rewrite [X in 0 <= X](_ : _ = 2%:R * (R ^+ 2 - rowsum (hadamard Y Y) j 0) + 2%:R * (R ^+ 2 - total (hadamard x x)) +
  (total (hadamard x x) - 2%:R * - (x *m Y^T) 0 j + rowsum (hadamard Y Y) j 0)); last by ering.
by apply: addr_ge0 H; apply: addr_ge0; rewrite mulr_ge0 ?ler0n ?subr_ge0.
Qed.
End Near.
