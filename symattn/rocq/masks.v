(* Softmax under a mask: what rows, shifts of rows and hidden columns make of it, and the token before under a causal
   one. *)
From mathcomp Require Import all_ssreflect all_algebra.
From SymAttn Require Import definitions mxring lemmas softmax trees.
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
(* what is seen scores the same, up to a number in each row, when the weights are the same *)
Lemma masked_same m n (M S T : 'M[F]_(m, n)) i j j0 : (forall l, 0 <= M i l) -> M i j = 1 -> M i j0 = 1 ->
  masked_softmax e M S = masked_softmax e M T -> S i j - S i j0 = T i j - T i j0.
Proof.
move=> ge0 one one0 same.
have pos (X : 'M[F]_(m, n)) : \sum_l M i l * e (X i l) != 0.
  rewrite lt0r_neq0 // (bigD1 j) //= one mul1r ltr_paddr ?(exp_gt0 laws) // sumr_ge0 // => l _.
  by rewrite mulr_ge0 // ltW ?(exp_gt0 laws).
have seen c : M i c = 1 -> e (S i c) * (\sum_l M i l * e (T i l)) = e (T i c) * (\sum_l M i l * e (S i l)).
  move=> c1; have := congr1 (fun X : 'M[F]_(m, n) => X i c) same; rewrite !mxE c1 !mul1r => /eqP.
  by rewrite eqr_div // => /eqP.
suff K : S i j + T i j0 = T i j + S i j0 by rewrite -[S i j](addrK (T i j0)) K addrAC addrK.
have [_ _ inj _] := laws; apply: inj; rewrite !(expD laws); apply: (mulIf (pos S)).
by rewrite -mulrA -(seen j0 one0) [RHS]mulrAC -(seen j one) -[RHS]mulrA; congr (_ * _); rewrite mulrC.
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

(* distances |i - j|: positions of both, less twice how many come no later than either *)
Section Distances.
Variable R : comRingType.
Definition distances_mx n : 'M[R]_n := let M := order_mx R n n 0 0 in
  rowsum M *m ones R 1 n + ones R n 1 *m (rowsum M)^T - 2%:R *: (M *m M^T).
(* one token and the next *)
Definition next_place n (i : 'I_n) : 'I_(n + 1) := cast_ord (addnC 1%N n) (rshift 1 i).
Definition steps_mx n : 'M[R]_(n, n + 1) := \matrix_(i, j) ((j == next_place i)%:R - (j == lshift 1 i)%:R).
Lemma steps_mul n p (X : 'M_(n + 1, p)) i j : (steps_mx n *m X) i j = X (next_place i) j - X (lshift 1 i) j.
Proof. by rewrite mxE; under eq_bigr do rewrite mxE mulrBl; rewrite sumrB !sum_at. Qed.
Lemma steps_ones n p : steps_mx n *m ones R (n + 1) p = 0.
Proof. by apply/matrixP => i j; rewrite steps_mul !mxE subrr. Qed.
Lemma steps_order n i j : (steps_mx n *m order_mx R (n + 1) (n + 1) 0 0) i j = (j == next_place i)%:R.
Proof.
rewrite steps_mul !mxE !addn0 -val_eqE /= add1n leq_eqVlt ltnS.
by case: eqP => [-> | _]; rewrite ?ltnn ?subr0 // subrr.
Qed.
Lemma steps_distances n : steps_mx n *m distances_mx (n + 1) *m (steps_mx n)^T = - (2%:R *: 1%:M).
Proof.
have turned : ones R 1 (n + 1) *m (steps_mx n)^T = 0 by rewrite -[LHS]trmxK trmx_mul trmxK tr_ones steps_ones trmx0.
rewrite /distances_mx mulmxBr mulmxDr !mulmxA steps_ones mul0mx addr0 mulmxBl -[X in X - _]mulmxA turned mulmx0 sub0r.
congr (- _); rewrite mul_scale_r mul_scale_l !mulmxA; congr (_ *: _).
rewrite -mulmxA -trmx_mul; apply/matrixP => i j; rewrite mxE.
under eq_bigr do rewrite [_^T _ _]mxE !steps_order.
by rewrite sum_at mxE -!val_eqE.
Qed.
Lemma distances_before n (i j : 'I_n) : (j <= i)%N ->
  distances_mx n i j = rowsum (order_mx R n n 0 0) i 0 - rowsum (order_mx R n n 0 0) j 0.
Proof.
move=> ji; have meet : (order_mx R n n 0 0 *m (order_mx R n n 0 0)^T) i j = rowsum (order_mx R n n 0 0) j 0.
  rewrite mxE [RHS]mxE; apply: eq_bigr => l _; rewrite !mxE !addn0 -natrM mulnb; congr (_%:R).
  by case: (leqP l j) => lj; rewrite ?andbF // andbT (leq_trans lj ji).
rewrite /distances_mx; move: meet; move: (order_mx R n n 0 0) => M meet.
rewrite [LHS]mxE [X in X + _]mxE [X in _ + X]mxE !outer11 !onesE mulr1 mul1r [_^T _ _]mxE.
rewrite [X in - X]mxE meet.
by rewrite mulr_natl mulr2n opprD addrA addrK.
Qed.
End Distances.

(* under a causal mask, with a score of beta for the token before and 0 for the others *)
Section Previous.
Variables (F : realFieldType) (e : F -> F) (beta : F) (m n : nat).
Hypotheses (laws : is_exp e) (enough : (m <= n)%N).
Implicit Types (i : 'I_m) (j : 'I_n).
Let S := shift_mx F m n 1.
Let M := order_mx F m n 0 0.
Let P := masked_softmax e M (beta *: S).
Lemma previous_seen i : rowsum M i 0 = i.+1%:R.
Proof.
have -> : i.+1%:R = \sum_(l < i.+1) 1 :> F by rewrite sumr_const card_ord.
rewrite mxE (big_ord_widen n (fun=> 1)) ?(leq_trans (ltn_ord i)) // [RHS]big_mkcond.
by apply: eq_bigr => j _; rewrite mxE !addn0 ltnS; case: ifP.
Qed.
Lemma previous_read i j (f : 'I_n -> F) : i = j.+1 :> nat -> \sum_l S i l * f l = f j.
Proof.
by move=> ij; rewrite -[RHS]sum_at; apply: eq_bigr => l _; rewrite mxE ij addn1 eqSS eq_sym.
Qed.
Lemma previous_exp i j : e ((beta *: S) i j) = 1 + S i j * (e beta - 1).
Proof.
rewrite !mxE; case: (_ == _); first by rewrite mulr1 mul1r addrCA subrr addr0.
by rewrite mulr0 mul0r addr0 (exp0 laws).
Qed.
Lemma previous_norm i j : i = j.+1 :> nat -> \sum_l M i l * e ((beta *: S) i l) = e beta + i%:R.
Proof.
move=> ij; under eq_bigr do rewrite previous_exp mulrDr mulr1 mulrCA.
rewrite big_split /= (previous_read (fun l => M i l * (e beta - 1)) ij) mxE !addn0 ij leqnSn mul1r.
have := previous_seen i; rewrite mxE => ->; rewrite ij -[j.+2]addn1 natrD addrAC.
by rewrite -addrA subrK addrC.
Qed.
Lemma previous_weight i j : i = j.+1 :> nat -> P i j = e beta / (e beta + i%:R).
Proof.
move=> ij; rewrite mxE (previous_norm ij) mxE !addn0 ij leqnSn mul1r previous_exp mxE ij addn1 eqxx mul1r.
by rewrite addrCA subrr addr0.
Qed.
Lemma previous_first i j : i = 0%N :> nat -> P i j = (j == 0%N :> nat)%:R.
Proof.
move=> i0; have E l : M i l * e ((beta *: S) i l) = (l == 0%N :> nat)%:R.
  by rewrite previous_exp !mxE !addn0 i0 addn1 mul0r addr0 mulr1 leqn0.
rewrite mxE; under eq_bigr do rewrite E; rewrite E.
have n0 : (0 < n)%N by rewrite (leq_trans _ enough) // -i0 ltn_ord.
rewrite (bigD1 (Ordinal n0)) //= big1 => [|l /negPf ne]; first by rewrite addr0 divr1.
by rewrite (_ : (_ == _) = false).
Qed.
Lemma previous_found i j : i = j.+1 :> nat -> rowsum (hadamard P S) i 0 = P i j.
Proof.
by move=> ij; rewrite mxE -(previous_read _ ij); apply: eq_bigr => l _; rewrite mxE mulrC.
Qed.
(* none leaks more than the last *)
Lemma previous_least i j : i = j.+1 :> nat -> 1 - m.-1%:R / (e beta + m.-1%:R) <= P i j.
Proof.
move=> ij; rewrite (previous_weight ij).
have pos k : 0 < e beta + k%:R by rewrite ltr_paddr ?ler0n ?(exp_gt0 laws).
rewrite -{1}(divff (lt0r_neq0 (pos m.-1))) -mulrBl addrK ler_pmul2l ?(exp_gt0 laws) //.
rewrite lef_pinv ?posrE // ler_add2l ler_nat -ltnS prednK ?ltn_ord //.
by rewrite (leq_ltn_trans _ (ltn_ord i)).
Qed.
Lemma previous_nonnegative i j : 0 <= P i j.
Proof.
have part l : 0 <= M i l * e ((beta *: S) i l).
  by apply: mulr_ge0; [rewrite mxE ler0n | rewrite ltW ?(exp_gt0 laws)].
by rewrite mxE divr_ge0 ?sumr_ge0.
Qed.
Lemma previous_total i j : i = j.+1 :> nat -> \sum_l P i l = 1.
Proof.
move=> ij; under eq_bigr do rewrite mxE; rewrite -mulr_suml (previous_norm ij) divff //.
by rewrite lt0r_neq0 // ltr_paddr ?ler0n ?(exp_gt0 laws).
Qed.
End Previous.
