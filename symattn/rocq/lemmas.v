(* Laws of the definitions, over any ring: totals, rows of units, blocks, heads. *)
From mathcomp Require Import all_ssreflect all_algebra all_fingroup.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions mxring.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Ring.
Variable R : comRingType.
Implicit Types (m n p d k : nat).

Lemma total11 (A : 'M[R]_(1, 1)) : total A = A 0 0.
Proof. by rewrite /total !big_ord1. Qed.
Lemma totalT m n (A : 'M[R]_(m, n)) : total A^T = total A.
Proof. by rewrite /total exchange_big; apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite mxE. Qed.
Lemma totalD m n (A B : 'M[R]_(m, n)) : total (A + B) = total A + total B.
Proof.
rewrite /total -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _.
by rewrite mxE.
Qed.
Lemma totalZ m n a (A : 'M[R]_(m, n)) : total (a *: A) = a * total A.
Proof.
by rewrite /total mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mxE.
Qed.
Lemma totalN m n (A : 'M[R]_(m, n)) : total (- A) = - total A.
Proof. by rewrite -scaleN1r totalZ mulN1r. Qed.
Lemma totalB m n (A B : 'M[R]_(m, n)) : total (A - B) = total A - total B.
Proof. by rewrite totalD totalN. Qed.
Lemma total0 m n : total (0 : 'M[R]_(m, n)) = 0.
Proof. by rewrite -(scale0r 0) totalZ mul0r. Qed.
Lemma total_sum m n I (r : seq I) (P : pred I) (f : I -> 'M[R]_(m, n)) :
  total (\sum_(i <- r | P i) f i) = \sum_(i <- r | P i) total (f i).
Proof. by apply: (big_morph (@total R m n)) => [A B|]; rewrite ?totalD ?total0. Qed.

Lemma hadamardC m n (A B : 'M[R]_(m, n)) : hadamard A B = hadamard B A.
Proof. by apply/matrixP => i j; rewrite !mxE mulrC. Qed.
Lemma hadamardDl m n (A B C : 'M[R]_(m, n)) : hadamard (A + B) C = hadamard A C + hadamard B C.
Proof. by apply/matrixP => i j; rewrite !mxE mulrDl. Qed.
Lemma hadamardDr m n (A B C : 'M[R]_(m, n)) : hadamard C (A + B) = hadamard C A + hadamard C B.
Proof. by apply/matrixP => i j; rewrite !mxE mulrDr. Qed.
Lemma hadamardNl m n (A B : 'M[R]_(m, n)) : hadamard (- A) B = - hadamard A B.
Proof. by apply/matrixP => i j; rewrite !mxE mulNr. Qed.
Lemma hadamardNr m n (A B : 'M[R]_(m, n)) : hadamard A (- B) = - hadamard A B.
Proof. by apply/matrixP => i j; rewrite !mxE mulrN. Qed.
Lemma hadamardBr m n (A B C : 'M[R]_(m, n)) : hadamard C (A - B) = hadamard C A - hadamard C B.
Proof. by rewrite hadamardDr hadamardNr. Qed.
Lemma hadamardBl m n (A B C : 'M[R]_(m, n)) : hadamard (A - B) C = hadamard A C - hadamard B C.
Proof. by rewrite hadamardDl hadamardNl. Qed.
Lemma hadamardZl m n a (A B : 'M[R]_(m, n)) : hadamard (a *: A) B = a *: hadamard A B.
Proof. by apply/matrixP => i j; rewrite !mxE mulrA. Qed.
Lemma hadamardZr m n a (A B : 'M[R]_(m, n)) : hadamard A (a *: B) = a *: hadamard A B.
Proof. by rewrite hadamardC hadamardZl hadamardC. Qed.
Lemma tr_hadamard m n (A B : 'M[R]_(m, n)) : (hadamard A B)^T = hadamard A^T B^T.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma hadamard_col m p n (A B : 'M[R]_(m, n)) (C D : 'M[R]_(p, n)) :
  hadamard (col_mx A C) (col_mx B D) = col_mx (hadamard A B) (hadamard C D).
Proof.
by apply/matrixP => i j; rewrite mxE; case: (split_ordP i) => l ->; rewrite ?col_mxEu ?col_mxEd mxE.
Qed.
Lemma hadamard_row m p n (A B : 'M[R]_(n, m)) (C D : 'M[R]_(n, p)) :
  hadamard (row_mx A C) (row_mx B D) = row_mx (hadamard A B) (hadamard C D).
Proof.
by apply/matrixP => i j; rewrite mxE; case: (split_ordP j) => l ->; rewrite ?row_mxEl ?row_mxEr mxE.
Qed.
Lemma total_hadamard m n (A B : 'M[R]_(m, n)) : total (hadamard A B) = \tr (A *m B^T).
Proof.
rewrite /total /mxtrace; apply: eq_bigr => i _; rewrite mxE; apply: eq_bigr => j _; by rewrite !mxE.
Qed.

Lemma unit_rowE d (i : 'I_d) : unit_row R d i = delta_mx 0 i.
Proof. by apply/matrixP => a b; rewrite !mxE ord1 eqxx. Qed.
Lemma unit_row_mul m n (i : 'I_m) (A : 'M[R]_(m, n)) : unit_row R m i *m A = row i A.
Proof. by rewrite unit_rowE -rowE. Qed.
Lemma form_delta d k (W : 'M[R]_(d, k)) i j :
  total ((delta_mx 0 i : 'M[R]_(1, d)) *m W *m (delta_mx 0 j : 'M[R]_(1, k))^T) = W i j.
Proof. by rewrite total11 -rowE trmx_delta -colE !mxE. Qed.
Lemma form_sum d k (x : 'M[R]_(1, d)) (W : 'M[R]_(d, k)) (y : 'M[R]_(1, k)) :
  total (x *m W *m y^T) = \sum_i \sum_j x 0 i * W i j * y 0 j.
Proof.
rewrite total11 !mxE exchange_big; apply: eq_bigr => j _.
by rewrite !mxE mulr_suml; apply: eq_bigr.
Qed.
Lemma form_tr d k (x : 'M[R]_(1, d)) (W : 'M[R]_(d, k)) (y : 'M[R]_(1, k)) :
  total (x *m W *m y^T) = total (y *m W^T *m x^T).
Proof. by rewrite -totalT !trmx_mul trmxK mulmxA. Qed.
Lemma form_hadamard d k (x : 'M[R]_(1, d)) (W : 'M[R]_(d, k)) (y : 'M[R]_(1, k)) :
  total (x *m W *m y^T) = total (hadamard W (x^T *m y)).
Proof.
rewrite form_sum /total; apply: eq_bigr => i _; apply: eq_bigr => j _.
by rewrite !mxE big_ord1 !mxE mulrAC [RHS]mulrC.
Qed.
Lemma total_delta d k (A : 'M[R]_(d, k)) i j : total (hadamard (delta_mx i j) A) = A i j.
Proof. 
rewrite /total (bigD1 i) //= (bigD1 j) //= !mxE !eqxx mul1r.
rewrite big1 => [|l /negPf ne]; last by rewrite !mxE ne andbF mul0r.
rewrite big1 => [|l /negPf ne]; first by rewrite !addr0.
by rewrite big1 // => h _; rewrite !mxE ne mul0r.
Qed.
Lemma gram_tr m n (x y : 'M[R]_(m, n)) : total (y *m x^T) = total (x *m y^T).
Proof. by rewrite -totalT trmx_mul trmxK. Qed.
Lemma form_eq d k (A B : 'M[R]_(d, k)) :
  (forall (x : 'M[R]_(1, d)) (y : 'M[R]_(1, k)), total (x *m A *m y^T) = total (x *m B *m y^T)) -> A = B.
Proof. by move=> H; apply/matrixP => i j; rewrite -!form_delta H. Qed.
Lemma row_eq m n (A B : 'M[R]_(m, n)) : (forall x : 'M[R]_(1, m), x *m A = x *m B) -> A = B.
Proof. by move=> H; apply/row_matrixP => i; rewrite !rowE H. Qed.

Lemma entryE m n (A : 'M[R]_(m, n)) (i : 'I_m) (j : 'I_n) : entry A i j = A i j.
Proof.
rewrite /entry (bigD1 i) //= [X in _ + X]big1 ?addr0; last by move=> a /andP[/eqP ai]; rewrite -val_eqE /= ai eqxx.
by rewrite (bigD1 j) //= [X in _ + X]big1 ?addr0 // => b /andP[/eqP bj]; rewrite -val_eqE /= bj eqxx.
Qed.
Lemma rowsumE m n (A : 'M[R]_(m, n)) : rowsum A = A *m ones R n 1.
Proof. by apply/matrixP => i j; rewrite !mxE; apply: eq_bigr => l _; rewrite mxE mulr1. Qed.
Lemma mul_diag_col m n (x : 'M[R]_(m, 1)) (A : 'M[R]_(m, n)) i j : (diag_col x *m A) i j = x i 0 * A i j.
Proof.
rewrite mxE (bigD1 i) //= mxE eqxx big1 ?addr0 // => l /negPf ne; by rewrite mxE eq_sym ne mul0r.
Qed.
Lemma mul_diag_row m n (x : 'M[R]_(1, m)) (A : 'M[R]_(m, n)) i j : (diag_row x *m A) i j = x 0 i * A i j.
Proof.
rewrite mxE (bigD1 i) //= mxE eqxx big1 ?addr0 // => l /negPf ne; by rewrite mxE eq_sym ne mul0r.
Qed.
Lemma mul_mx_diag_row m n (x : 'M[R]_(1, n)) (A : 'M[R]_(m, n)) i j : (A *m diag_row x) i j = A i j * x 0 j.
Proof.
rewrite mxE (bigD1 j) //= mxE eqxx big1 ?addr0 // => l /negPf ne; by rewrite mxE ne mulr0.
Qed.
Lemma diag_rowE n (x : 'M[R]_(1, n)) : diag_row x = diag_mx x.
Proof. by apply/matrixP => i j; rewrite !mxE; case: eqP. Qed.
Lemma tr_diag_row n (x : 'M[R]_(1, n)) : (diag_row x)^T = diag_row x.
Proof. by rewrite diag_rowE tr_diag_mx. Qed.
Lemma trace_diag_row n (x y : 'M[R]_(1, n)) : \tr (diag_row x *m diag_row y) = total (hadamard x y).
Proof.
by rewrite !diag_rowE mulmx_diag mxtrace_diag /total big_ord1; apply: eq_bigr => j _; rewrite !mxE.
Qed.
Lemma diag_rowD n (x y : 'M[R]_(1, n)) : diag_row (x + y) = diag_row x + diag_row y.
Proof. by rewrite !diag_rowE linearD. Qed.
Lemma diag_rowN n (x : 'M[R]_(1, n)) : diag_row (- x) = - diag_row x.
Proof. by rewrite !diag_rowE linearN. Qed.
Lemma diag_rowM n (x y : 'M[R]_(1, n)) : diag_row x *m diag_row y = diag_row (hadamard x y).
Proof. by rewrite !diag_rowE mulmx_diag; congr diag_mx; apply/matrixP => i j; rewrite !mxE (ord1 i). Qed.
Lemma diag_row_level n a : diag_row (a *: ones R 1 n) = a *: 1%:M.
Proof. by rewrite -diag_const_mx diag_rowE -linearZ; congr diag_mx; apply/matrixP => i j; rewrite !mxE. Qed.
Lemma total_gram m n (A B : 'M[R]_(m, n)) : total (hadamard A B) = \tr (A^T *m B).
Proof. by rewrite -totalT tr_hadamard total_hadamard trmxK. Qed.
(* Factors of U diag(s)^2 V^T exceed the least norms by three squares. *)
Lemma norms_gap d k (U V Q K : 'M[R]_(d, k)) (s : 'M[R]_(1, k)) :
  U^T *m U = 1%:M -> V^T *m V = 1%:M -> Q *m K^T = U *m diag_row s *m diag_row s *m V^T ->
  total (hadamard Q Q) + total (hadamard K K) - 2%:R * total (hadamard s s) =
  total (hadamard (U^T *m Q - V^T *m K) (U^T *m Q - V^T *m K)) +
  total (hadamard (Q - U *m U^T *m Q) (Q - U *m U^T *m Q)) +
  total (hadamard (K - V *m V^T *m K) (K - V *m V^T *m K)).
Proof.
move=> UU VV E.
have beside (A W : 'M[R]_(d, k)) : W^T *m W = 1%:M ->
    total (hadamard (A - W *m W^T *m A) (A - W *m W^T *m A)) =
      total (hadamard A A) - total (hadamard (W^T *m A) (W^T *m A)).
  move=> WW; rewrite !total_gram -linearB /=; congr (\tr _); mxnorm.
  by rewrite -!(mulmxA _ W^T W) WW mulmx1; mxring.
have cross : \tr (U^T *m Q *m (V^T *m K)^T) = total (hadamard s s).
  by rewrite trmx_mul trmxK mulmxA -(mulmxA U^T) E !mulmxA UU mul1mx -mulmxA VV mulmx1 trace_diag_row.
rewrite !beside // hadamardBl !hadamardBr !totalB.
rewrite [total (hadamard (V^T *m K) (U^T *m Q))](_ : _ = total (hadamard s s)).
  by rewrite [total (hadamard (U^T *m Q) (V^T *m K))]total_hadamard cross; ering.
by rewrite hadamardC total_hadamard.
Qed.
Lemma outer11 m n (x : 'M[R]_(m, 1)) (y : 'M[R]_(1, n)) i j : (x *m y) i j = x i 0 * y 0 j.
Proof. by rewrite mxE big_ord1. Qed.
Lemma onesE m n i j : ones R m n i j = 1. Proof. by rewrite mxE. Qed.

(* the covariance form of weights p *)
Definition mean n (p v : 'M[R]_(1, n)) : R := \sum_j p 0 j * v 0 j.
Lemma total_mean n (p v : 'M[R]_(1, n)) : total (hadamard p v) = mean p v.
Proof. by rewrite /total big_ord1; apply: eq_bigr => j _; rewrite mxE. Qed.
Lemma mul_mean n (p v : 'M[R]_(1, n)) i j : (p *m v^T) i j = mean p v.
Proof. by rewrite mxE; apply: eq_bigr => l _; rewrite !mxE !ord1. Qed.
Lemma covariance_mul n (p v : 'M[R]_(1, n)) i j :
  ((diag_row p - p^T *m p) *m v^T) i j = p 0 i * (v 0 i - mean p v).
Proof.
by rewrite mulmxBl mxE mul_diag_row [X in _ + X]mxE -mulmxA outer11 mul_mean !mxE mulrBr (ord1 j).
Qed.
Lemma covariance_tr n (p : 'M[R]_(1, n)) : (diag_row p - p^T *m p)^T = diag_row p - p^T *m p.
Proof.
rewrite tr_sub trmx_mul trmxK; congr (_ - _); apply/matrixP => i j; rewrite !mxE eq_sym.
by case: eqP => // ->.
Qed.
Lemma covariance_form n (p v : 'M[R]_(1, n)) : \sum_j p 0 j = 1 ->
  total (v *m (diag_row p - p^T *m p) *m v^T) = \sum_j p 0 j * (v 0 j - mean p v) ^+ 2.
Proof.
move=> p1; rewrite total11 -mulmxA mxE; under eq_bigr do rewrite covariance_mul.
have z : \sum_j p 0 j * (v 0 j - mean p v) = 0.
  under eq_bigr do rewrite mulrBr.
  by rewrite sumrB -mulr_suml p1 mul1r subrr.
rewrite -[RHS]addr0 -[X in _ + X](mulr0 (mean p v)) -[X in _ + _ * X]z.
by rewrite mulr_sumr -big_split; apply: eq_bigr => j _ /=; ring.
Qed.
Lemma pairs_form n (p v : 'M[R]_(1, n)) : \sum_j p 0 j = 1 ->
  \sum_i \sum_j p 0 i * p 0 j * (v 0 i - v 0 j) ^+ 2 = 2%:R * \sum_j p 0 j * (v 0 j - mean p v) ^+ 2.
Proof.
move=> p1; set m := mean p v.
have z : \sum_j p 0 j * (v 0 j - m) = 0.
  under eq_bigr do rewrite mulrBr.
  by rewrite sumrB -mulr_suml p1 mul1r subrr.
have -> : \sum_i \sum_j p 0 i * p 0 j * (v 0 i - v 0 j) ^+ 2 =
    \sum_i (p 0 i * (v 0 i - m) ^+ 2 * (\sum_j p 0 j) + p 0 i * (\sum_j p 0 j * (v 0 j - m) ^+ 2)
             - 2%:R * (p 0 i * (v 0 i - m)) * (\sum_j p 0 j * (v 0 j - m))).
  apply: eq_bigr => i _; rewrite !mulr_sumr -big_split -sumrB /=.
  apply: eq_bigr => j _; ring.
rewrite z p1; under eq_bigr do rewrite mulr0 subr0 mulr1.
by rewrite big_split -mulr_suml p1 mul1r mulr2n mulrDl mul1r.
Qed.

(* heads *)
Lemma head_join H k (h : 'I_H) (c : 'I_k) : head_of (join h c) = h.
Proof.
have k0 : (0 < k)%N by case: (k) c => // -[].
by apply: val_inj; rewrite /= divnMDl // divn_small ?addn0.
Qed.
Lemma rest_join H k (h : 'I_H) (c : 'I_k) : rest_of (join h c) = c.
Proof. by apply: val_inj; rewrite /= modnMDl modn_small. Qed.
Lemma join_of H k (j : 'I_(H * k)) : join (head_of j) (rest_of j) = j.
Proof. by apply: val_inj; rewrite /= -divn_eq. Qed.
Lemma sum_join (V : zmodType) H k (F : 'I_(H * k) -> V) : \sum_j F j = \sum_h \sum_c F (join h c).
Proof.
rewrite pair_big /= (reindex (fun p : 'I_H * 'I_k => join p.1 p.2)) //=.
exists (fun j => (head_of j, rest_of j)) => [[h c]|j] _ /=; by rewrite ?head_join ?rest_join ?join_of.
Qed.
Lemma concat_stack H m k n (A : 'I_H -> 'M[R]_(m, k)) (B : 'I_H -> 'M[R]_(k, n)) :
  concat_heads A *m stack_heads B = \sum_h A h *m B h.
Proof.
apply/matrixP => i j; rewrite mxE sum_join summxE; apply: eq_bigr => h _; rewrite mxE.
by apply: eq_bigr => c _; rewrite !mxE head_join rest_join.
Qed.
Lemma tr_concat H m k (A : 'I_H -> 'M[R]_(m, k)) : (concat_heads A)^T = stack_heads (fun h => (A h)^T).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma tr_stack H m k (A : 'I_H -> 'M[R]_(m, k)) : (stack_heads A)^T = concat_heads (fun h => (A h)^T).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma concat_inj H m k (A B : 'I_H -> 'M[R]_(m, k)) : concat_heads A = concat_heads B -> forall h, A h = B h.
Proof.
move=> E h; apply/matrixP => i c; have := congr1 (fun M : 'M[R]_(m, H * k) => M i (join h c)) E.
by rewrite !mxE head_join rest_join.
Qed.
Lemma concat_eq H m k (A B : 'I_H -> 'M[R]_(m, k)) : (forall h, A h = B h) -> concat_heads A = concat_heads B.
Proof. by move=> E; apply/matrixP => i j; rewrite !mxE E. Qed.
Lemma stack_eq H m k (A B : 'I_H -> 'M[R]_(m, k)) : (forall h, A h = B h) -> stack_heads A = stack_heads B.
Proof. by move=> E; apply/matrixP => i j; rewrite !mxE E. Qed.
Lemma stack_mul H m k n (A : 'I_H -> 'M[R]_(m, k)) (B : 'M[R]_(k, n)) :
  stack_heads A *m B = stack_heads (fun h => A h *m B).
Proof. by apply/matrixP => i j; rewrite !mxE; apply: eq_bigr => l _; rewrite mxE. Qed.
Lemma mul_concat H m k n (A : 'M[R]_(n, m)) (B : 'I_H -> 'M[R]_(m, k)) :
  A *m concat_heads B = concat_heads (fun h => A *m B h).
Proof. by apply/matrixP => i j; rewrite !mxE; apply: eq_bigr => l _; rewrite mxE. Qed.

(* permutations *)
Lemma perm_mulT n (P : 'M[R]_(n, n)) : is_perm_mx P -> P *m P^T = 1%:M.
Proof. by case/is_perm_mxP => s ->; rewrite tr_perm_mx -perm_mxM mulgV perm_mx1. Qed.
Lemma perm_Tmul n (P : 'M[R]_(n, n)) : is_perm_mx P -> P^T *m P = 1%:M.
Proof. by case/is_perm_mxP => s ->; rewrite tr_perm_mx -perm_mxM mulVg perm_mx1. Qed.
Lemma perm_mulE m n (s : 'S_m) (A : 'M[R]_(m, n)) i j : (perm_mx s *m A) i j = A (s i) j.
Proof. by rewrite -row_permE mxE. Qed.
Lemma mul_permTE m n (s : 'S_n) (A : 'M[R]_(m, n)) i j : (A *m (perm_mx s)^T) i j = A i (s j).
Proof. by rewrite -[A *m _]trmxK trmx_mul trmxK mxE perm_mulE mxE. Qed.
Lemma hadamard_perm m n (P : 'M[R]_(m, m)) (A B : 'M[R]_(m, n)) :
  is_perm_mx P -> hadamard (P *m A) (P *m B) = P *m hadamard A B.
Proof. by case/is_perm_mxP => s ->; apply/matrixP => i j; rewrite mxE !perm_mulE mxE. Qed.
(* determinants *)
Lemma det_thin m k (A : 'M[R]_(m, k)) (B : 'M[R]_(k, m)) : (k < m)%N -> \det (A *m B) = 0.
Proof.
move=> lt; move: A B; rewrite -(subnKC (ltnW lt)) => A B.
have -> : A *m B = row_mx A (0 : 'M_(_, m - k)) *m col_mx B (0 : 'M_(m - k, _)).
  by rewrite mul_row_col mul0mx addr0.
have pos : (0 < m - k)%N by rewrite subn_gt0.
rewrite det_mulmx [X in _ * X](_ : _ = 0) ?mulr0 // (expand_det_row _ (rshift k (Ordinal pos))).
by rewrite big1 // => j _; rewrite col_mxEd mxE mul0r.
Qed.
Lemma det_swap d k (a : R) (A : 'M[R]_(d, k)) (B : 'M[R]_(k, d)) :
  a ^+ k * \det (a *: 1%:M - A *m B) = a ^+ d * \det (a *: 1%:M - B *m A).
Proof.
pose M := block_mx (a *: 1%:M) A B 1%:M.
have right : M *m block_mx 1%:M 0 (- B) 1%:M = block_mx (a *: 1%:M - A *m B) A 0 1%:M.
  by rewrite mulmx_block !(mulmx1, mulmx0, mul1mx, mulmxN, add0r) subrr.
have left : block_mx 1%:M 0 (- B) (a *: 1%:M) *m M = block_mx (a *: 1%:M) A 0 (a *: 1%:M - B *m A).
  rewrite mulmx_block !(mulmx1, mul1mx, mul0mx, addr0, mulNmx, mul_scale_l, mul_scale_r).
  by rewrite ?scalerN addNr; congr (block_mx _ _ _ _); rewrite addrC.
have dR := congr1 determinant right; have dL := congr1 determinant left.
rewrite !det_mulmx det_lblock det_ublock !det1 !mulr1 in dR.
rewrite !det_mulmx det_lblock det_ublock !detZ !det1 !mulr1 mul1r in dL.
by rewrite -dR dL.
Qed.
End Ring.

Ltac blocks := rewrite /identity /zeros
  ?(tr_row_mx, tr_col_mx, mul_row_col, mul_mx_row, mul_col_mx, mul_col_row, scale_row_mx, scale_col_mx, opp_row_mx,
    opp_col_mx, add_row_mx, add_col_mx, mulmx0, mul0mx, mulmx1, mul1mx, addr0, add0r, trmx0, trmx1, tr_scalar_mx,
    mulmxN, mulNmx).

Section Units.
Variable R : comUnitRingType.
Hypothesis unit2 : (2%:R : R) \is a GRing.unit.
Lemma half_half : 2%:R^-1 + 2%:R^-1 = 1 :> R.
Proof. by rewrite -mulr2n -[LHS]mulr_natl mulrV. Qed.
Lemma two_half : 2%:R * 2%:R^-1 = 1 :> R.
Proof. by rewrite mulrV. Qed.
Lemma split_half m n (A B : 'M[R]_(m, n)) :
  2%:R^-1 *: (A + B) + 2%:R^-1 *: (A - B) = A.
Proof. by rewrite -scalerDr addrACA subrr addr0 scalerDr -scalerDl half_half scale1r. Qed.
End Units.
