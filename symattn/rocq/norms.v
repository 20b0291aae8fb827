(* Squared lengths: what centring does to them, scores of unit rows, and exponentials summed over a row. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions dual mxring lemmas ordered softmax slopes convexity means.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Ring.
Variable R : comRingType.
Lemma hadamard_ones m n (A : 'M[R]_(m, n)) : hadamard A (ones R m n) = A.
Proof. by apply/matrixP => i j; rewrite !mxE mulr1. Qed.
Lemma total_ones n : total (ones R 1 n) = n%:R.
Proof. by rewrite /total big_ord1; under eq_bigr do rewrite onesE; rewrite sumr_const card_ord. Qed.
Lemma mul_ones m n k (A : 'M[R]_(m, n)) : A *m ones R n k = rowsum A *m ones R 1 k.
Proof. by apply/matrixP => i j; rewrite outer11 onesE mulr1 !mxE; apply: eq_bigr => l _; rewrite onesE mulr1. Qed.
Lemma row_ones n k (x : 'M[R]_(1, n)) : x *m ones R n k = total x *: ones R 1 k.
Proof.
apply/matrixP => i j; rewrite (ord1 i) entry_scale onesE mulr1 mxE /total big_ord1.
by apply: eq_bigr => l _; rewrite onesE mulr1.
Qed.
End Ring.

Section Centre.
Variables (F : fieldType) (d : nat).
Hypothesis d0 : d%:R != 0 :> F.
Let C : 'M[F]_d := identity F d - d%:R^-1 *: ones F d d.
Lemma centre_row (x : 'M[F]_(1, d)) : x *m C = x - (total x * d%:R^-1) *: ones F 1 d.
Proof. by rewrite mulmxBr mulmx1 mul_scale_r row_ones scalerA mulrC. Qed.
Lemma total_centred (x : 'M[F]_(1, d)) : total (x *m C) = 0.
Proof. by rewrite centre_row totalB totalZ total_ones mulfVK ?subrr. Qed.
Lemma centre_twice (x : 'M[F]_(1, d)) : x *m C *m C = x *m C.
Proof. by rewrite [LHS]centre_row total_centred mul0r scale0r subr0. Qed.
Lemma square_of_centred (x : 'M[F]_(1, d)) : total (hadamard (x *m C) (x *m C)) * d%:R^-1 =
  total (hadamard x x) * d%:R^-1 - (total x * d%:R^-1) ^+ 2.
Proof.
rewrite centre_row hadamardBl !hadamardBr !hadamardZl !hadamardZr !totalB !totalZ [hadamard (ones F 1 d) x]hadamardC.
by rewrite !hadamard_ones total_ones; efield.
Qed.
End Centre.

Section Ordered.
Variable F : realFieldType.
Lemma rowsum_square_ge0 m n (A : 'M[F]_(m, n)) i j : 0 <= rowsum (hadamard A A) i j.
Proof. by rewrite mxE sumr_ge0 // => a _; rewrite mxE -expr2 sqr_ge0. Qed.
Lemma unit_score m k (q : 'M[F]_(1, k)) (B : 'M[F]_(m, k)) j : total (hadamard q q) = 1 ->
  rowsum (hadamard B B) j 0 = 1 -> - 1 <= (q *m B^T) 0 j /\ (q *m B^T) 0 j <= 1.
Proof.
move=> q1 B1; have two (u : 'M[F]_(1, k)) : total (hadamard u u) = 1 -> (u *m B^T) 0 j <= 1.
  move=> u1; have := rowsum_square_ge0 (B - ones F m 1 *m u) j 0; rewrite distance_from u1 B1.
  move=> H; rewrite -subr_ge0 -(pmulr_rge0 _ (ltr0Sn F 1)).
  by rewrite (_ : 2%:R * _ = 1 - 2%:R * (u *m B^T) 0 j + 1) //; ering.
split; last exact: two.
by have := two (- q); rewrite hadamardNl hadamardNr opprK mulNmx entry_opp ler_oppl; apply.
Qed.
Lemma rowsum_row k (x : 'M[F]_(1, k)) : rowsum x 0 0 = total x.
Proof. by rewrite mxE /total big_ord1. Qed.
Lemma total_exp (e : F -> F) n (s : 'M[F]_(1, n)) : total (map_mx e s) = norm e s 0.
Proof. by rewrite total_row; apply: eq_bigr => j _; rewrite mxE. Qed.
End Ordered.
