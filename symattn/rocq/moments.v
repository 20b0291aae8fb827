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
