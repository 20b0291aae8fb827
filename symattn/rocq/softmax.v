(* Laws of softmax, from the laws of the exponential and the two of the logarithm alone. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas ordered.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* what a row reads: its weighted sum, and its normaliser *)
Definition read (F : realFieldType) (e : F -> F) m n v (S : 'M[F]_(m, n)) (V : 'M[F]_(n, v)) i j : F :=
  \sum_l e (S i l) * V l j.
Definition norm (F : realFieldType) (e : F -> F) m n (S : 'M[F]_(m, n)) i : F := \sum_l e (S i l).

Section Exp.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Implicit Types m n v : nat.

Lemma expD x y : e (x + y) = e x * e y. Proof. by case: laws. Qed.
Lemma exp_gt0 x : 0 < e x. Proof. by case: laws. Qed.
Lemma exp_neq0 x : e x != 0. Proof. by rewrite lt0r_neq0 ?exp_gt0. Qed.
Lemma exp0 : e 0 = 1. Proof. by apply: (mulfI (exp_neq0 0)); rewrite -expD addr0 mulr1. Qed.
Lemma expN x : e (- x) = (e x)^-1.
Proof. by apply: (mulfI (exp_neq0 x)); rewrite -expD subrr exp0 mulfV ?exp_neq0. Qed.
Lemma exp_tangent x : 1 + x <= e x. Proof. by case: laws. Qed.
Lemma exp_from x y : e y * (1 + (x - y)) <= e x.
Proof. by rewrite -[in leRHS](subrK y x) expD mulrC ler_pmul2r ?exp_gt0 ?exp_tangent. Qed.
Lemma exp_rises x y : x < y -> e x < e y.
Proof.
move=> xy; rewrite (lt_le_trans _ (exp_from y x)) // mulrDr mulr1 ltr_addl mulr_gt0 ?exp_gt0 ?subr_gt0 //.
Qed.
Lemma ler_exp : {mono e : x y / x <= y}. Proof. exact: (le_mono exp_rises). Qed.
Lemma ltr_exp : {mono e : x y / x < y}. Proof. exact: (leW_mono ler_exp). Qed.
Lemma expB x y : e (x - y) = e x / e y. Proof. by rewrite expD expN. Qed.
Lemma exp_step a b c : e (a - c) * e (b - a) = e (b - c).
Proof. by rewrite -expD addrC addrA subrK. Qed.

Lemma norm_gt0 m n (S : 'M[F]_(m, n)) i : (0 < n)%N -> 0 < norm e S i.
Proof. by move=> n0; apply: sum_gt0 => // l; apply: exp_gt0. Qed.
Lemma norm_neq0 m n (S : 'M[F]_(m, n)) i : (0 < n)%N -> norm e S i != 0.
Proof. by move=> n0; rewrite lt0r_neq0 ?norm_gt0. Qed.
Lemma softmaxE m n (S : 'M[F]_(m, n)) i j : softmax e S i j = e (S i j) / norm e S i.
Proof. by rewrite mxE. Qed.
Lemma softmax_gt0 m n (S : 'M[F]_(m, n)) i j : 0 < softmax e S i j.
Proof.
by rewrite softmaxE divr_gt0 ?exp_gt0 ?norm_gt0 //; case: n S j => [|n] S j; first by case: j.
Qed.
Lemma softmax_sum m n (S : 'M[F]_(m, n)) i : (0 < n)%N -> \sum_j softmax e S i j = 1.
Proof. by move=> n0; under eq_bigr do rewrite softmaxE; rewrite -mulr_suml mulfV ?norm_neq0. Qed.
Lemma softmax_ones m n (S : 'M[F]_(m, n)) : (0 < n)%N -> softmax e S *m ones F n 1 = ones F m 1.
Proof.
by move=> n0; rewrite -rowsumE; apply/matrixP => i j; rewrite !mxE softmax_sum.
Qed.
(* a token x, and others that are all B: their weights together are w *)
Lemma softmax_copies m d v (S : 'M[F]_(1, 1 + m)) (x B : 'M[F]_(1, d)) (V : 'M[F]_(d, v)) : (0 < m)%N ->
  exists w, 0 < w /\ softmax e S *m col_mx x (ones F m 1 *m B) *m V = (1 - w) *: (x *m V) + w *: (B *m V).
Proof.
move=> m0; exists (\sum_(l < m) softmax e S 0 (rshift 1 l)); split.
  by apply: sum_gt0 => // l; apply: softmax_gt0.
have -> : 1 - \sum_(l < m) softmax e S 0 (rshift 1 l) = softmax e S 0 (lshift m 0).
  by rewrite -(softmax_sum S 0 isT) big_split_ord big_ord1 addrK.
apply/matrixP => i j; rewrite (ord1 i) -mulmxA mul_col_mx mxE big_split_ord big_ord1 col_mxEu.
rewrite [RHS]mxE [X in _ = X + _]mxE [X in _ = _ + X]mxE; congr (_ + _); rewrite mulr_suml.
by apply: eq_bigr => l _; rewrite col_mxEd -mulmxA outer11 onesE mul1r.
Qed.
Lemma softmax_read m n v (S : 'M[F]_(m, n)) (V : 'M[F]_(n, v)) i j :
  (softmax e S *m V) i j = read e S V i j / norm e S i.
Proof. by rewrite mxE /read mulr_suml; apply: eq_bigr => l _; rewrite softmaxE mulrAC. Qed.
Lemma rowsum_exp m n (S : 'M[F]_(m, n)) i j : rowsum (map_mx e S) i j = norm e S i.
Proof. by rewrite mxE; apply: eq_bigr => l _; rewrite mxE. Qed.
Lemma exp_read m n v (S : 'M[F]_(m, n)) (V : 'M[F]_(n, v)) i j : (map_mx e S *m V) i j = read e S V i j.
Proof. by rewrite mxE; apply: eq_bigr => l _; rewrite mxE. Qed.

Lemma softmax_row_shift m n (S : 'M[F]_(m, n)) (c : 'M[F]_(m, 1)) : softmax e (c *m ones F 1 n + S) = softmax e S.
Proof.
have E i l : e ((c *m ones F 1 n + S) i l) = e (c i 0) * e (S i l).
  by rewrite -expD !mxE big_ord1 mxE mulr1.
apply/matrixP => i j; rewrite !softmaxE /norm; under eq_bigr do rewrite E.
by rewrite E -mulr_sumr -mulf_div divff ?mul1r ?exp_neq0.
Qed.
Lemma softmax_perm m n (P : 'M[F]_(m, m)) (R : 'M[F]_(n, n)) (S : 'M[F]_(m, n)) :
  is_perm_mx P -> is_perm_mx R -> softmax e (P *m S *m R^T) = P *m softmax e S *m R^T.
Proof.
case/is_perm_mxP=> s -> /is_perm_mxP[t ->]; apply/matrixP => i j.
rewrite softmaxE /norm; under eq_bigr do rewrite mul_permTE perm_mulE.
by rewrite !mul_permTE !perm_mulE softmaxE; congr (_ / _); rewrite /norm [RHS](reindex_inj (@perm_inj _ t)).
Qed.

Lemma read_row m n p v (A : 'M[F]_(m, n)) (B : 'M[F]_(m, p)) (U : 'M[F]_(n, v)) (V : 'M[F]_(p, v)) i j :
  read e (row_mx A B) (col_mx U V) i j = read e A U i j + read e B V i j.
Proof.
by rewrite /read big_split_ord; congr (_ + _); apply: eq_bigr => l _; rewrite ?row_mxEl ?col_mxEu ?row_mxEr ?col_mxEd.
Qed.
Lemma norm_row m n p (A : 'M[F]_(m, n)) (B : 'M[F]_(m, p)) i : norm e (row_mx A B) i = norm e A i + norm e B i.
Proof. by rewrite /norm big_split_ord; congr (_ + _); apply: eq_bigr => l _; rewrite ?row_mxEl ?row_mxEr. Qed.
Lemma read_concat H m n v (S : 'I_H -> 'M[F]_(m, n)) (V : 'I_H -> 'M[F]_(n, v)) i j :
  read e (concat_heads S) (stack_heads V) i j = \sum_h read e (S h) (V h) i j.
Proof.
by rewrite /read sum_join; apply: eq_bigr => h _; apply: eq_bigr => c _; rewrite !mxE head_join rest_join.
Qed.
Lemma norm_concat H m n (S : 'I_H -> 'M[F]_(m, n)) i : norm e (concat_heads S) i = \sum_h norm e (S h) i.
Proof. by rewrite /norm sum_join; apply: eq_bigr => h _; apply: eq_bigr => c _; rewrite !mxE head_join rest_join. Qed.
Lemma read_shift m n v (S : 'M[F]_(m, n)) (c : 'M[F]_(m, 1)) (V : 'M[F]_(n, v)) i j :
  read e (S - c *m ones F 1 n) V i j = e (- c i 0) * read e S V i j.
Proof.
by rewrite /read mulr_sumr; apply: eq_bigr => l _; rewrite mulrA -expD !mxE big_ord1 mxE mulr1 addrC.
Qed.
Lemma norm_shift m n (S : 'M[F]_(m, n)) (c : 'M[F]_(m, 1)) i :
  norm e (S - c *m ones F 1 n) i = e (- c i 0) * norm e S i.
Proof. by rewrite /norm mulr_sumr; apply: eq_bigr => l _; rewrite -expD !mxE big_ord1 mxE mulr1 addrC. Qed.
Lemma read1 m v (S : 'M[F]_(m, 1)) (V : 'M[F]_(1, v)) i j : read e S V i j = e (S i 0) * V 0 j.
Proof. by rewrite /read big_ord1. Qed.
Lemma norm1 m (S : 'M[F]_(m, 1)) i : norm e S i = e (S i 0).
Proof. by rewrite /norm big_ord1. Qed.
Lemma softmax_col m (S : 'M[F]_(m, 1)) : softmax e S = ones F m 1.
Proof. by apply/matrixP => i j; rewrite softmaxE norm1 mxE !ord1 mulfV ?exp_neq0. Qed.

Lemma exp_injective : injective e. Proof. by case: laws. Qed.
(* without a logarithm: equal weights differ by the shift that the first place shows *)
Lemma softmax_same m n (S R : 'M[F]_(m, n)) i j j0 :
  softmax e S = softmax e R -> S i j = R i j + (S i j0 - R i j0).
Proof.
have n0 : (0 < n)%N by case: n S R j j0 => // S R [].
move=> E; have EE l : e (S i l) * norm e R i = e (R i l) * norm e S i.
  have := congr1 (fun M : 'M[F]_(m, n) => M i l) E; rewrite !softmaxE => /eqP.
  by rewrite eqr_div ?norm_neq0 // => /eqP.
have : e (S i j + R i j0) = e (R i j + S i j0).
  rewrite !expD; apply: (mulIf (norm_neq0 R i n0)).
  by rewrite mulrAC EE -[RHS]mulrA EE mulrAC mulrA.
by move/exp_injective => E2; rewrite addrA -E2 addrK.
Qed.

(* the same weights are the same scores up to a shift of each row *)
Lemma softmax_ratio m n (S : 'M[F]_(m, n)) i j l :
  softmax e S i j / softmax e S i l = e (S i j - S i l).
Proof.
have n0 : (0 < n)%N by case: n S j l => // S [].
by rewrite !softmaxE -mulf_div expB divff ?mulr1 ?invr_neq0 // ?norm_neq0 // -{1}[_^-1]mulr1 mulf_div.
Qed.
End Exp.

Section Log.
Variables (F : realFieldType) (e l : F -> F).
Hypotheses (laws : is_exp e) (log_laws : is_log e l).

Lemma logK x : l (e x) = x. Proof. by case: log_laws. Qed.
Lemma expK x : 0 < x -> e (l x) = x. Proof. by case: log_laws => _; apply. Qed.
Lemma exp_inj : injective e. Proof. exact: (can_inj logK). Qed.
Lemma logM x y : 0 < x -> 0 < y -> l (x * y) = l x + l y.
Proof. by move=> x0 y0; apply: exp_inj; rewrite (expD laws) !expK ?mulr_gt0. Qed.
Lemma logV x : 0 < x -> l (x^-1) = - l x.
Proof. by move=> x0; apply: exp_inj; rewrite (expN laws) !expK ?invr_gt0. Qed.
Lemma log_div x y : 0 < x -> 0 < y -> l (x / y) = l x - l y.
Proof. by move=> x0 y0; rewrite logM ?invr_gt0 // logV. Qed.
Lemma log1 : l 1 = 0. Proof. by rewrite -(exp0 laws) logK. Qed.
Lemma log_softmax m n (S : 'M[F]_(m, n)) i j :
  (0 < n)%N -> l (softmax e S i j) = S i j - l (norm e S i).
Proof. by move=> n0; rewrite softmaxE log_div ?logK ?(exp_gt0 laws) ?(norm_gt0 laws). Qed.
Lemma softmax_eq m n (S R : 'M[F]_(m, n)) i j : (0 < n)%N ->
  softmax e S = softmax e R -> S i j = R i j + (l (norm e S i) - l (norm e R i)).
Proof.
move=> n0 /(congr1 (fun M : 'M[F]_(m, n) => l (M i j))); rewrite !log_softmax // => E.
by rewrite addrCA -E addrC subrK.
Qed.
End Log.

(* A row cut into blocks, each block with a shift of its own: what a block holds once it is rescaled. *)
Section Online.
Variables (F : realFieldType) (e : F -> F) (m : nat).
Hypothesis laws : is_exp e.
Implicit Types (mu nu M : 'M[F]_(m, 1)) (n v : nat).

Lemma add_entry n v (A B : 'M[F]_(n, v)) i j : (A + B) i j = A i j + B i j. Proof. by rewrite mxE. Qed.
Lemma rescale_to x y : e (x - y) * e (- x) = e (- y). Proof. by rewrite -(expD laws) addrAC subrr sub0r. Qed.
Lemma rescaleE n mu M (A : 'M[F]_(m, n)) i j : (diag_col (map_mx e (mu - M)) *m A) i j = e (mu i 0 - M i 0) * A i j.
Proof. by rewrite mul_diag_col !mxE. Qed.
Lemma rescale_norm n mu M (A : 'M[F]_(m, n)) i j :
  (diag_col (map_mx e (mu - M)) *m rowsum (map_mx e (A - mu *m ones F 1 n))) i j = e (- M i 0) * norm e A i.
Proof. by rewrite rescaleE rowsum_exp norm_shift // mulrA rescale_to. Qed.
Lemma rescale_read n v mu M (A : 'M[F]_(m, n)) (U : 'M[F]_(n, v)) i j :
  (diag_col (map_mx e (mu - M)) *m map_mx e (A - mu *m ones F 1 n) *m U) i j = e (- M i 0) * read e A U i j.
Proof. by rewrite -mulmxA rescaleE exp_read read_shift // mulrA rescale_to. Qed.
(* two blocks, already at the shift M, taken to the shift R *)
Lemma rescale_two x y a b : e (x - y) * (e (- x) * a + e (- x) * b) = e (- y) * (a + b).
Proof. by rewrite -mulrDr mulrA rescale_to. Qed.
Lemma divide_rows v (L : 'M[F]_(m, 1)) (A : 'M[F]_(m, v)) i j : (diag_col (reciprocal L) *m A) i j = A i j / L i 0.
Proof. by rewrite mul_diag_col mxE mulrC. Qed.
Lemma same_factor x a b : e x * a / (e x * b) = a / b.
Proof. by rewrite -mulf_div divff ?mul1r ?exp_neq0. Qed.
End Online.

(* scores of heads one below the other *)
Section Stacks.
Variables (F : realFieldType) (e : F -> F) (H m n : nat).
Lemma scale_stack a (A : 'I_H -> 'M[F]_(m, n)) : a *: stack_heads A = stack_heads (fun h => a *: A h).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma softmax_stack (S : 'I_H -> 'M[F]_(m, n)) : softmax e (stack_heads S) = stack_heads (fun h => softmax e (S h)).
Proof.
by apply/matrixP => i j; rewrite mxE [RHS]mxE !mxE; congr (_ / _); apply: eq_bigr => l _; rewrite mxE.
Qed.
End Stacks.

(* one key scores beta, a before it and b after it score 0 *)
Section OneKey.
Variables (F : realFieldType) (e : F -> F) (a b : nat) (beta : F).
Hypotheses (laws : is_exp e) (b_min : (0 < b)%N).
Let S : 'M[F]_(1, a + (1 + b)) := row_mx (zeros F 1 a) (row_mx (beta *: identity F 1) (zeros F 1 b)).
Let N := e beta + a%:R + b%:R.
Lemma one_key_gt0 : 0 < N.
Proof. by rewrite /N -addrA ltr_paddr ?(exp_gt0 laws) // -natrD ler0n. Qed.
Lemma one_key_read v (A : 'M[F]_(a, v)) (c : 'M[F]_(1, v)) (B : 'M[F]_(b, v)) i j :
  (softmax e S *m col_mx A (col_mx c B)) i j = (\sum_l A l j + (e beta * c 0 j + \sum_l B l j)) / N.
Proof.
have none n (C : 'M[F]_(n, v)) : read e (zeros F 1 n) C i j = \sum_l C l j.
  by apply: eq_bigr => l _; rewrite mxE (exp0 laws) mul1r.
have count n : norm e (zeros F 1 n) i = n%:R.
  by rewrite /norm; under eq_bigr do rewrite mxE (exp0 laws); rewrite sumr_const card_ord.
have one : (beta *: identity F 1) i 0 = beta by rewrite (ord1 i) !mxE mulr1.
rewrite softmax_read !norm_row !read_row !none !count read1 norm1 one; congr (_ / _).
by rewrite /N addrCA addrA.
Qed.
Lemma one_key_missed :
  1 - total (softmax e S *m col_mx (zeros F a 1) (col_mx (identity F 1) (zeros F b 1))) = (a%:R + b%:R) / N.
Proof.
rewrite total11 one_key_read !big1 ?add0r ?addr0 => [|l _|l _]; rewrite !mxE ?eqxx ?mulr1 //.
by rewrite -{1}(divff (lt0r_neq0 one_key_gt0)) -mulrBl /N -addrA addrAC subrr add0r.
Qed.
End OneKey.

(* shares of two sums, and the weight of the first keys *)
Section Mass.
Variables (F : realFieldType) (e : F -> F).
Hypothesis laws : is_exp e.
Lemma share_le (p q a b : F) : 0 < p + q -> 0 < a + b -> p * b <= a * q -> p / (p + q) <= a / (a + b).
Proof.
move=> pq ab H; rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr // !mulrDr [p * a]mulrC ler_add2l //.
Qed.
Lemma mass_first m n (s : 'M[F]_(1, m)) (t : 'M[F]_(1, n)) :
  total (softmax e (row_mx s t) *m col_mx 1%:M 0) = norm e s 0 / (norm e s 0 + norm e t 0).
Proof.
rewrite /total big_ord1; under eq_bigr => j _ do rewrite softmax_read norm_row read_row.
rewrite -mulr_suml; congr (_ / _); rewrite /norm; apply: eq_bigr => j _.
rewrite [read _ t _ _ _]big1 => [|l _]; last by rewrite mxE mulr0.
by rewrite addr0 /read (bigD1 j) //= mxE eqxx mulr1 big1 ?addr0 // => l /negPf ne; rewrite mxE ne mulr0.
Qed.
Lemma mass_ge m n (s : 'M[F]_(1, m)) (t : 'M[F]_(1, n)) c g : (0 < m)%N ->
  (forall j, c + g <= s 0 j) -> (forall j, t 0 j <= c) ->
  m%:R * e g / (m%:R * e g + n%:R) <= total (softmax e (row_mx s t) *m col_mx 1%:M 0).
Proof.
move=> m0 high low; rewrite mass_first; have A0 := norm_gt0 laws s 0 m0.
have B0 : 0 <= norm e t 0 by apply: sumr_ge0 => j _; rewrite ltW ?(exp_gt0 laws).
have M0 : 0 < m%:R * e g by rewrite mulr_gt0 ?ltr0n ?(exp_gt0 laws).
apply: share_le; rewrite ?ltr_paddr ?ler0n //.
have A1 : m%:R * (e c * e g) <= norm e s 0.
  by rewrite -(expD laws) mulr_natl -{1}[m]card_ord -sumr_const ler_sum // => j _; rewrite (ler_exp laws).
have B1 : norm e t 0 <= n%:R * e c.
  by rewrite mulr_natl -{2}[n]card_ord -sumr_const ler_sum // => j _; rewrite (ler_exp laws).
apply: (le_trans (ler_wpmul2l (ltW M0) B1)).
rewrite [X in X <= _](_ : _ = m%:R * (e c * e g) * n%:R); last by ring.
by rewrite ler_wpmul2r ?ler0n.
Qed.
End Mass.

(* the weight of keys that are marked: v is 1 where a key is, 0 where it is not, or between them *)
Section Marks.
Variables (F : realFieldType) (e : F -> F) (n : nat) (v : 'M[F]_(n, 1)).
Hypotheses (laws : is_exp e) (n_min : (0 < n)%N).
Let on (s : 'M[F]_(n, 1)) := \sum_l e (s l 0) * v l 0.
Let off (s : 'M[F]_(n, 1)) := \sum_l e (s l 0) * (1 - v l 0).
Lemma marked_mass (s : 'M[F]_(n, 1)) : total (softmax e s^T *m v) = on s / (on s + off s).
Proof.
rewrite total11 softmax_read /read /norm /on /off -big_split; congr (_ / _); apply: eq_bigr => l _ /=.
  by rewrite mxE.
by rewrite mxE -mulrDr addrC subrK mulr1.
Qed.
Lemma marked_mass_ge (s : 'M[F]_(n, 1)) p q : (forall l, 0 <= v l 0 <= 1) -> 0 <= p -> 0 < p + q ->
  p <= on s -> off s <= q -> p / (p + q) <= total (softmax e s^T *m v).
Proof.
move=> v01 p0 pq more less; rewrite marked_mass; apply: share_le => //.
  rewrite /on /off -big_split sum_gt0 // => l /=.
  by rewrite -mulrDr addrC subrK mulr1 exp_gt0.
have off0 : 0 <= off s.
  by apply: sumr_ge0 => l _; case/andP: (v01 l) => _ v1; rewrite mulr_ge0 ?subr_ge0 // ltW ?exp_gt0.
exact: ler_pmul.
Qed.
Lemma marked_mass_least (s : 'M[F]_(n, 1)) (c g : F) : is_mask v -> (forall l, v l 0 = 1 -> c + g <= s l 0) ->
  (forall l, v l 0 = 0 -> s l 0 <= c) ->
  total v * e g / (total v * e g + n%:R - total v) <= total (softmax e s^T *m v).
Proof.
move=> mask high low; have c0 := exp_gt0 laws c; have g0 := exp_gt0 laws g.
have mE : total v = \sum_l v l 0 by apply: eq_bigr => l _; rewrite big_ord1.
have rE : n%:R - total v = \sum_l (1 - v l 0) by rewrite sumrB sumr_const card_ord -mE.
rewrite -addrA rE mE; set m := \sum_l v l 0; set r := \sum_l (1 - v l 0).
have pos : 0 < m * e g + r.
  rewrite mulr_suml -big_split sum_gt0 // => l /=.
  by case: (mask l 0) => ->; rewrite ?mul0r ?mul1r ?subr0 ?subrr ?addr0 ?add0r ?ltr01.
rewrite -(mulr1 (_ / _)) -(divff (lt0r_neq0 c0)) mulf_div [in X in _ / X]mulrDl.
have m0 : 0 <= m by apply: sumr_ge0 => l _; case: (mask l 0) => ->; rewrite ?ler01.
apply: marked_mass_ge => [l||||]; first by case: (mask l 0) => ->; rewrite ?lexx ler01.
- by rewrite !mulr_ge0 // ltW.
- by rewrite -mulrDl mulr_gt0.
- rewrite -mulrA !mulr_suml ler_sum // => l _; rewrite [X in _ <= X]mulrC.
  by case: (mask l 0) => E; rewrite E ?mul0r // !mul1r mulrC -expD // ler_exp ?high.
rewrite mulr_suml ler_sum // => l _; rewrite mulrC.
by case: (mask l 0) => E; rewrite E ?subrr ?mul0r // subr0 !mul1r ler_exp ?low.
Qed.
End Marks.
