(* Lengths: of means, of what a matrix of bounded norm makes, and of the difference of two means of the same values. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions dual mxring lemmas ordered softmax slopes convexity apart means norms.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Lengths.
Variable F : realFieldType.
Definition length2 d (x : 'M[F]_(1, d)) := total (hadamard x x).
Lemma length2E d (x : 'M[F]_(1, d)) : length2 x = \sum_a x 0 a ^+ 2.
Proof. by rewrite /length2 /total big_ord1; apply: eq_bigr => a _; rewrite mxE expr2. Qed.
Lemma length2_gram d (x : 'M[F]_(1, d)) : length2 x = total (x *m x^T).
Proof. by rewrite length2E total11 mxE; apply: eq_bigr => a _; rewrite mxE expr2. Qed.
Lemma length2_ge0 d (x : 'M[F]_(1, d)) : 0 <= length2 x. Proof. exact: square_total_ge0. Qed.
Lemma schwarz d (x y : 'M[F]_(1, d)) : (x *m y^T) 0 0 ^+ 2 <= length2 x * length2 y.
Proof. by have := gram_schwarz x y; rewrite -!length2_gram total11. Qed.
(* what a matrix whose norm is at most c makes of a row *)
Lemma longer d e c (A : 'M[F]_(d, e)) (z : 'M[F]_(1, d)) : psd (c ^+ 2 *: identity F d - A *m A^T) ->
  length2 (z *m A) <= c ^+ 2 * length2 z.
Proof.
case=> _ /(_ z); rewrite mulmxBr mulmxBl totalB subr_ge0 mul_scale_r mul_scale_l mulmx1 totalZ -length2_gram.
by rewrite [length2 (z *m A)]length2_gram trmx_mul !mulmxA.
Qed.
Lemma half_squares (a b c : F) : 0 < c -> 2%:R * (a * b) <= a ^+ 2 / c + c * b ^+ 2.
Proof.
move=> c0; rewrite -subr_ge0 (_ : _ - _ = (a - c * b) ^+ 2 / c) ?divr_ge0 ?sqr_ge0 ?ltW //.
by field; rewrite lt0r_neq0.
Qed.
Lemma row_length n d (C : 'M[F]_(n, d)) j : rowsum (hadamard C C) j 0 = length2 (row j C).
Proof. by rewrite length2E mxE; apply: eq_bigr => a _; rewrite !mxE expr2. Qed.
Lemma pair_distance n d (C : 'M[F]_(n, d)) c :
  at_most (rowsum (hadamard C C) *m ones F 1 n + (rowsum (hadamard C C) *m ones F 1 n)^T - 2%:R *: (C *m C^T))
    (c *: ones F n n) -> forall j k, length2 (row j C - row k C) <= c.
Proof.
move=> H j k; have := H j k; rewrite !entriesE !mulr1 !row_length; apply: le_trans; rewrite le_eqVlt; apply/orP; left.
apply/eqP; rewrite !length2E [(C *m _) j k]mxE mulr_sumr -big_split -sumrB; apply: eq_bigr => a _ /=.
by rewrite !mxE; ring.
Qed.
(* products with one vector differ by what the distance allows *)
Lemma along d (x g : 'M[F]_(1, d)) D2 c : 0 < c -> length2 x <= D2 ->
  (x *m g^T) 0 0 <= (D2 / c + c * length2 g) / 2%:R.
Proof.
move=> c0 xD; rewrite ler_pdivl_mulr ?ltr0n // mulrC; apply: (@le_trans _ _ (length2 x / c + c * length2 g)).
  rewrite !length2E mxE mulr_sumr mulr_suml mulr_sumr -big_split ler_sum //= => a _.
  by rewrite mxE half_squares.
by rewrite ler_add2r ler_wpmul2r ?invr_ge0 ?(ltW c0).
Qed.
Lemma mean_length n d (p : 'M[F]_(1, n)) (C : 'M[F]_(n, d)) : (forall j, 0 <= p 0 j) -> total p = 1 ->
  length2 (p *m C) <= \sum_j p 0 j * length2 (row j C).
Proof.
move=> p0 p1; have := spread_ge0 p0 (C - ones F n 1 *m 0).
rewrite (far_from_mean C 0 p1) => _.
have := spread_ge0 p0 (C - ones F n 1 *m p *m C); have := far_from_mean C 0 p1.
rewrite sub0r hadamardNl hadamardNr opprK -/(length2 _) mulmx0 subr0 => E S.
rewrite -(ler_add2l (total (p *m rowsum (hadamard (C - ones F n 1 *m p *m C) (C - ones F n 1 *m p *m C))))) -E.
rewrite (_ : total (p *m rowsum (hadamard C C)) = \sum_j p 0 j * length2 (row j C)) ?ler_addr //.
by rewrite total11 mxE; apply: eq_bigr => j _; rewrite row_length.
Qed.
End Lengths.

Section Outputs.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Let tanh h := (e h - 1) / (e h + 1).
Lemma tanh_gt0 h : 0 < h -> 0 < tanh h.
Proof.
move=> h0; apply: divr_gt0; last by rewrite addr_gt0 ?ltr01 ?(exp_gt0 laws).
by rewrite subr_gt0 (lt_le_trans _ (exp_tangent laws h)) // ltr_addl.
Qed.
(* two means of numbers that differ by at most c *)
Lemma outputs_differ n (s t : 'M[F]_(1, n)) h c (u : 'I_n -> F) : (0 < n)%N -> 0 < c ->
  (forall j k, u j - u k <= c) -> (forall j k, s 0 j - t 0 j - (s 0 k - t 0 k) <= 2%:R * h) ->
  \sum_j (softmax e s 0 j - softmax e t 0 j) * u j <= tanh h * c.
Proof.
move=> n0 c0 near apart; case: (@Order.TotalTheory.arg_minP _ F _ (Ordinal n0) predT u isT) => i _ least.
pose w j := (u j - u i) / c.
have w0 j : 0 <= w j by rewrite divr_ge0 ?subr_ge0 ?least // ltW.
have w1 j : w j <= 1 by rewrite ler_pdivr_mulr // mul1r.
have := sum_tv laws n0 w0 w1 apart; rewrite -(ler_pmul2r c0); apply: le_trans.
have p1 := softmax_sum laws s 0 n0; have q1 := softmax_sum laws t 0 n0.
have Z : \sum_j (softmax e s 0 j - softmax e t 0 j) * u i = 0 by rewrite -mulr_suml sumrB p1 q1 subrr mul0r.
rewrite -[leLHS]subr0 -[X in _ - X <= _]Z -sumrB mulr_suml ler_sum // => j _.
rewrite !softmaxE /w -/(norm e s 0) -/(norm e t 0) -mulrBr [leRHS](_ : _ = (e (s 0 j) / norm e s 0 -
  e (t 0 j) / norm e t 0) * (u j - u i)) //.
move: (e (s 0 j) / norm e s 0 - e (t 0 j) / norm e t 0) => z; field; exact: lt0r_neq0.
Qed.
Lemma output_lengths n v (s t : 'M[F]_(1, n)) h D (C : 'M[F]_(n, v)) : (0 < n)%N -> 0 < h -> 0 < D ->
  (forall j k, length2 (row j C - row k C) <= D ^+ 2) ->
  (forall j k, s 0 j - t 0 j - (s 0 k - t 0 k) <= 2%:R * h) ->
  length2 ((softmax e s - softmax e t) *m C) <= tanh h ^+ 2 * D ^+ 2.
Proof.
move=> n0 h0 D0 near apart; have k0 := tanh_gt0 h0; set k := tanh h in k0 *.
set g := _ *m C; pose c := (D ^+ 2 / k^-1 + k^-1 * length2 g) / 2%:R.
have c0 : 0 < c.
  rewrite divr_gt0 ?ltr0n // add_gt0_ge0 ?mulr_ge0 ?invr_ge0 ?length2_ge0 ?(ltW k0) //.
  by rewrite invrK mulr_gt0 ?exprn_gt0.
have pairs j l : (row j C *m g^T) 0 0 - (row l C *m g^T) 0 0 <= c.
  have := along g (_ : 0 < k^-1) (near j l); rewrite invr_gt0 => /(_ k0); apply: le_trans.
  by rewrite mulmxBl entry_add entry_opp.
have := outputs_differ n0 c0 pairs apart; rewrite -/k.
have -> : \sum_j (softmax e s 0 j - softmax e t 0 j) * (row j C *m g^T) 0 0 = length2 g.
  rewrite length2_gram total11 {1}/g -mulmxA mxE; apply: eq_bigr => j _; rewrite entry_add entry_opp; congr (_ * _).
  by rewrite !mxE; apply: eq_bigr => a _; rewrite mxE.
rewrite /c -subr_ge0 => H; rewrite -subr_ge0.
have -> : k ^+ 2 * D ^+ 2 - length2 g = 2%:R * (k * ((D ^+ 2 / k^-1 + k^-1 * length2 g) / 2%:R) - length2 g).
  by field; rewrite lt0r_neq0.
by rewrite mulr_ge0 ?ler0n.
Qed.
End Outputs.
