(* Sums over samples of rows, by their second moments. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Moments.
Variables (R : comRingType) (H J k : nat).
Variables (q : 'I_H -> 'M[R]_(1, k)) (x : 'I_J -> 'M[R]_(1, k)).

Lemma total_square (A : 'M[R]_(1, 1)) : total (A *m A^T) = total A ^+ 2.
Proof. by rewrite !total11 mxE big_ord1 mxE expr2. Qed.
Lemma own_moment c : \sum_i (q i)^T *m q i = c *: identity R k -> \sum_i total (q i *m (q i)^T) = k%:R * c.
Proof.
move=> E; transitivity (\tr (\sum_i (q i)^T *m q i)); last by rewrite E /identity mxtraceZ mxtrace1 mulrC.
by rewrite raddf_sum; apply: eq_bigr => i _ /=; rewrite mxtrace_mulC total11 /mxtrace big_ord1.
Qed.
Lemma cross_moment c : \sum_j (x j)^T *m x j = c *: identity R k ->
  \sum_i \sum_j total (q i *m (x j)^T) ^+ 2 = c * \sum_i total (q i *m (q i)^T).
Proof.
move=> E; rewrite mulr_sumr; apply: eq_bigr => i _.
have one j : total (q i *m (x j)^T) ^+ 2 = total (q i *m ((x j)^T *m x j) *m (q i)^T).
  by rewrite -total_square trmx_mul trmxK !mulmxA.
by under eq_bigr do rewrite one; rewrite -total_sum -mulmx_suml -mulmx_sumr E /identity mul_scale_r mul_scale_l mulmx1
  totalZ.
Qed.
End Moments.

Section Init.
Variables (R : comRingType) (d k : nat).
Lemma dot_entry (x : 'M[R]_(1, d)) (z : 'M[R]_(1, k)) (A : 'M[R]_(d, k)) :
  total (hadamard A (x^T *m z)) = \sum_i \sum_j x 0 i * A i j * z 0 j.
Proof.
rewrite /total; apply: eq_bigr => i _; apply: eq_bigr => j _.
by rewrite !mxE big_ord1 mxE mulrA [A i j * _]mulrC.
Qed.
Lemma outer_square (x : 'M[R]_(1, d)) (z : 'M[R]_(1, k)) :
  total (hadamard (x^T *m z) (x^T *m z)) = total (hadamard x x) * total (hadamard z z).
Proof.
rewrite dot_entry /total !big_ord1 mulr_suml; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _.
by rewrite outer11 !mxE; ering.
Qed.
(* a family whose mean of <A, G> A is c G, tried at one G *)
Lemma family_moment N (A : 'I_N -> 'M[R]_(d, k)) c (G : 'M[R]_(d, k)) :
  (forall G, \sum_i total (hadamard (A i) G) *: A i = c *: G) ->
  \sum_i total (hadamard (A i) G) ^+ 2 = c * total (hadamard G G).
Proof.
move=> /(_ G) E; rewrite -totalZ -hadamardZl -E.
rewrite (big_morph (fun M => total (hadamard M G)) (id1 := 0) (op1 := +%R)).
- by apply: eq_bigr => i _; rewrite hadamardZl totalZ expr2.
- by move=> A1 A2; rewrite hadamardDl totalD.
by rewrite (_ : hadamard 0 G = 0) ?total0 //; apply/matrixP => i j; rewrite !mxE mul0r.
Qed.
End Init.

Lemma init_moment (R : comRingType) H J d k (Q : 'I_H -> 'M[R]_(d, k)) (K : 'I_J -> 'M[R]_(d, k)) p q
  (x y : 'M[R]_(1, d)) :
  (forall G, \sum_i total (hadamard (Q i) G) *: Q i = p *: G) ->
  (forall G, \sum_j total (hadamard (K j) G) *: K j = q *: G) ->
  \sum_i \sum_j total (x *m Q i *m (K j)^T *m y^T) ^+ 2 =
  k%:R * p * q * total (hadamard x x) * total (hadamard y y).
Proof.
move=> HQ HK; rewrite exchange_big /=.
have score i j : total (x *m Q i *m (K j)^T *m y^T) = total (hadamard (Q i) (x^T *m (y *m K j))).
  rewrite -mulmxA -trmx_mul dot_entry total11 mxE; under eq_bigr do rewrite mxE mulr_suml.
  rewrite exchange_big; apply: eq_bigr => a _; apply: eq_bigr => b _; by rewrite mxE.
have one j : \sum_i total (x *m Q i *m (K j)^T *m y^T) ^+ 2 =
    p * total (hadamard x x) * total (hadamard (y *m K j) (y *m K j)).
  by under eq_bigr do rewrite score; rewrite (family_moment _ HQ) outer_square mulrA.
under eq_bigr do rewrite one; rewrite -mulr_sumr.
have unit_square (l : 'I_k) : total (hadamard (delta_mx 0 l : 'M[R]_(1, k)) (delta_mx 0 l)) = 1.
  rewrite /total big_ord1 (bigD1 l) //= big1 ?addr0 => [|m /negPf ne]; rewrite !mxE ?eqxx ?mulr1 //=.
  by rewrite ne mulr0.
have -> : \sum_j total (hadamard (y *m K j) (y *m K j)) = k%:R * q * total (hadamard y y).
  transitivity (\sum_(l < k) \sum_j total (hadamard (K j) (y^T *m (delta_mx 0 l : 'M[R]_(1, k)))) ^+ 2).
    rewrite [RHS]exchange_big /=; apply: eq_bigr => j _; rewrite [LHS]/total big_ord1; apply: eq_bigr => l _.
    rewrite dot_entry [LHS]mxE -expr2; congr (_ ^+ 2); rewrite mxE exchange_big /= (bigD1 l) //= [X in _ + X]big1 ?addr0.
      by apply: eq_bigr => a _; rewrite !mxE !eqxx mulr1.
    by move=> m /negPf ne; apply: big1 => a _; rewrite mxE ne andbF mulr0.
  under eq_bigr do rewrite (family_moment _ HK) outer_square unit_square mulr1.
  by rewrite sumr_const card_ord -mulrA mulr_natl.
by ring.
Qed.
