(* Laws of the definitions over an ordered field: squares, forms, ranks of Gram matrices.  Names of MathComp that later
   versions change are used here only. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring lemmas.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Ordered.
Variable F : realFieldType.

Lemma add_gt0_ge0 (x y : F) : 0 < x -> 0 <= y -> 0 < x + y.
Proof. by move=> x0 y0; rewrite ltr_paddr. Qed.
Lemma sum_gt0 n (f : 'I_n -> F) : (0 < n)%N -> (forall i, 0 < f i) -> 0 < \sum_i f i.
Proof.
by case: n f => // n f _ f0; rewrite big_ord_recl add_gt0_ge0 // sumr_ge0 // => i _; rewrite ltW.
Qed.
Lemma gram_ge0 n (x : 'M[F]_(1, n)) : 0 <= total (x *m x^T).
Proof. by rewrite total11 mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0. Qed.
Lemma square_total_ge0 m n (A : 'M[F]_(m, n)) : 0 <= total (hadamard A A).
Proof. by rewrite /total sumr_ge0 // => i _; rewrite sumr_ge0 // => j _; rewrite mxE -expr2 sqr_ge0. Qed.
Lemma square_total_eq0 m n (A : 'M[F]_(m, n)) : total (hadamard A A) = 0 -> A = 0.
Proof.
have ge0 i j : 0 <= hadamard A A i j by rewrite mxE -expr2 sqr_ge0.
move/eqP; rewrite psumr_eq0 => [/allP Z|i _]; last by rewrite sumr_ge0.
apply/matrixP => i j; have := Z i (mem_index_enum i); rewrite psumr_eq0 // => /allP/(_ j (mem_index_enum j)).
by rewrite !mxE mulf_eq0 orbb => /eqP.
Qed.
Lemma gram_psd m k (A : 'M[F]_(m, k)) : psd (A *m A^T).
Proof.
split=> [|x]; first by rewrite trmx_mul trmxK.
have -> : x *m (A *m A^T) *m x^T = (x *m A) *m (x *m A)^T by rewrite trmx_mul !mulmxA.
exact: gram_ge0.
Qed.
Lemma psdZ n (a : F) (A : 'M[F]_(n, n)) : 0 <= a -> psd A -> psd (a *: A).
Proof.
move=> a0 [sy po]; split=> [|x]; first by rewrite tr_scale sy.
by rewrite mul_scale_r mul_scale_l totalZ mulr_ge0.
Qed.
Lemma psdD n (A B : 'M[F]_(n, n)) : psd A -> psd B -> psd (A + B).
Proof.
move=> [sA pA] [sB pB]; split=> [|x]; first by rewrite tr_add sA sB.
by rewrite mulmxDr mulmxDl totalD addr_ge0.
Qed.
(* the root of (a - b)^2 >= 0 and of Cauchy and Schwarz *)
Lemma gram_two n (x y : 'M[F]_(1, n)) : 2%:R * total (x *m y^T) <= total (x *m x^T) + total (y *m y^T).
Proof.
have := gram_ge0 (x - y); rewrite tr_sub mulmxBl !mulmxBr !totalB (gram_tr x y).
set a := total (x *m x^T); set b := total (x *m y^T); set c := total (y *m y^T) => H; rewrite -subr_ge0.
by rewrite (_ : a + c - 2%:R * b = a - b - (b - c)) //; ring.
Qed.
Lemma gram_schwarz n (x y : 'M[F]_(1, n)) : total (x *m y^T) ^+ 2 <= total (x *m x^T) * total (y *m y^T).
Proof.
have [y0 | y0] := eqVneq (total (y *m y^T)) 0.
  have y_zero : y = 0.
    apply/matrixP => i j; rewrite (ord1 i); move: y0; rewrite total11 mxE => /eqP.
    rewrite psumr_eq0 => [/allP/(_ j (mem_index_enum j))|l _]; last by rewrite mxE -expr2 sqr_ge0.
    by rewrite !mxE mulf_eq0 orbb => /eqP.
  by rewrite y_zero trmx0 !mulmx0 total0 mulr0 expr0n.
have yp : 0 < total (y *m y^T) by rewrite lt_def y0 gram_ge0.
pose a := total (x *m x^T); pose b := total (x *m y^T); pose c := total (y *m y^T).
have := gram_ge0 (c *: x - b *: y).
rewrite tr_sub !tr_scale mulmxBl !mulmxBr !mul_scale_r !mul_scale_l !totalB !totalZ (gram_tr x y) -/a -/b -/c.
have -> : c * (c * a) - b * (c * b) - (c * (b * b) - b * (b * c)) = c * (a * c - b ^+ 2) by ring.
by rewrite (pmulr_rge0 _ yp) subr_ge0.
Qed.
(* each entry of a product is a row times a column *)
Lemma product_norm m n p (A : 'M[F]_(m, n)) (B : 'M[F]_(n, p)) :
  total (hadamard (A *m B) (A *m B)) <= total (hadamard A A) * total (hadamard B B).
Proof.
rewrite -[total (hadamard B B)]totalT /total mulr_suml; apply: ler_sum => i _.
rewrite mulr_sumr; apply: ler_sum => j _.
have := gram_schwarz (row i A) (row j B^T).
rewrite !total11 !mxE expr2; congr (_ * _ <= _ * _); apply: eq_bigr => l _; by rewrite !mxE.
Qed.
End Ordered.
