(* One score apart from the others, or several that are equal: what each weighs, by the sums of the exponentials. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered softmax convexity.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* sums and products of what is known to be positive, and equations between fractions of such *)
Ltac above0 := repeat first [ assumption | exact: ltr01 | apply: addr_gt0 | apply: mulr_gt0 | rewrite invr_gt0
  | by rewrite ltr0n | (apply: exp_gt0; eassumption) ].
Ltac fraction := field; repeat (apply/andP; split); try (apply: lt0r_neq0; above0).

Section Apart.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Variables (m k : nat).
Implicit Types (A a : 'M[F]_(1, m)) (x b c g : F).
Hypothesis m0 : (0 < m)%N.

Lemma norm_single x : norm e (x *: identity F 1) 0 = e x.
Proof. by rewrite norm1 !mxE eqxx mulr1. Qed.
Lemma norm_level n x : norm e (x *: ones F 1 n) 0 = n%:R * e x.
Proof. by rewrite /norm -sum_const; apply: eq_bigr => j _; rewrite !mxE mulr1. Qed.
Lemma weight_last p (S : 'M[F]_(p, m)) (T : 'M[F]_(p, 1)) i j :
  (softmax e (row_mx S T) *m col_mx (zeros F m 1) (identity F 1)) i j = e (T i 0) / (norm e S i + norm e T i).
Proof.
rewrite softmax_read norm_row read_row read1 (ord1 j) /identity !mxE mulr1 /read big1 ?add0r // => l _.
by rewrite /zeros mxE mulr0.
Qed.
Lemma weight_first p q (S : 'M[F]_(p, q)) (T : 'M[F]_(p, m)) i j :
  (softmax e (row_mx S T) *m col_mx (identity F q) (zeros F m q)) i j = e (S i j) / (norm e S i + norm e T i).
Proof.
rewrite softmax_read norm_row read_row /read [X in _ + X]big1 => [|l _]; last by rewrite /zeros mxE mulr0.
rewrite (bigD1 j) //= big1 => [|l /negPf ne]; last by rewrite /identity !mxE ne mulr0.
by rewrite /identity !mxE eqxx mulr1 !addr0.
Qed.
Lemma top_weight A x : total (softmax e (row_mx A (x *: identity F 1)) *m col_mx (zeros F m 1) (identity F 1)) =
  e x / (norm e A 0 + e x).
Proof. by rewrite total11 weight_last norm_single !mxE eqxx mulr1. Qed.
Lemma other_weights A (B : 'M[F]_(1, 1)) :
  total (softmax e (row_mx A B) *m col_mx (identity F m) (zeros F 1 m)) = norm e A 0 / (norm e A 0 + norm e B 0).
Proof.
rewrite total_row mulr_suml; apply: eq_bigr => j _; rewrite softmax_read norm_row read_row read1 /read /zeros mxE.
rewrite mulr0 addr0 (bigD1 j) //= big1 => [|l /negPf ne]; last by rewrite /identity !mxE ne mulr0.
by rewrite /identity !mxE eqxx mulr1 addr0.
Qed.
Lemma over_top c a b : total (map_mx e (c *: (a - b *: ones F 1 m))) = norm e (c *: a) 0 / e (c * b).
Proof.
rewrite total_row mulr_suml; apply: eq_bigr => j _.
by rewrite -(expB laws) !mxE mulr1 mulrBr.
Qed.
Lemma below_top c a b g : 0 < c -> at_most (a + g *: ones F 1 m) (b *: ones F 1 m) ->
  norm e (c *: a) 0 * e (c * g) <= m%:R * e (c * b).
Proof.
move=> c0 H; rewrite /norm mulr_suml -sum_const ler_sum // => j _; rewrite -(expD laws) (ler_exp laws) !mxE -mulrDr.
by rewrite ler_pmul2l //; have := H 0 j; rewrite !mxE !mulr1.
Qed.
End Apart.
