(* The chain rule for matrices of dual numbers: values and slopes of what the language builds, and gradients
   from them. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From SymAttn Require Import definitions dual mxring lemmas.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Ring.
Variable R : comRingType.
Local Notation D := (dual R).

Definition values m n (A : 'M[D]_(m, n)) : 'M[R]_(m, n) := map_mx (@value R) A.
Definition slopes m n (A : 'M[D]_(m, n)) : 'M[R]_(m, n) := map_mx (@slope R) A.
(* A moving in the direction of B *)
Definition moving m n (A B : 'M[R]_(m, n)) : 'M[D]_(m, n) := \matrix_(i, j) Dual (A i j) (B i j).

Lemma value_sum I (r : seq I) (P : pred I) (f : I -> D) :
  value (\sum_(i <- r | P i) f i) = \sum_(i <- r | P i) value (f i).
Proof. exact: (big_morph (@value R)). Qed.
Lemma slope_sum I (r : seq I) (P : pred I) (f : I -> D) :
  slope (\sum_(i <- r | P i) f i) = \sum_(i <- r | P i) slope (f i).
Proof. exact: (big_morph (@slope R)). Qed.

Lemma values_moving m n (A B : 'M[R]_(m, n)) : values (moving A B) = A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_moving m n (A B : 'M[R]_(m, n)) : slopes (moving A B) = B.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_lift m n (A : 'M[R]_(m, n)) : values (lift_mx A) = A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_lift m n (A : 'M[R]_(m, n)) : slopes (lift_mx A) = 0.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma lift_col m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(p, n)) : lift_mx (col_mx A B) = col_mx (lift_mx A) (lift_mx B).
Proof. by apply/matrixP => i j; rewrite !mxE; case: split => l; rewrite mxE. Qed.
Lemma lift_opp m n (A : 'M[R]_(m, n)) : - lift_mx A = lift_mx (- A).
Proof. by apply/matrixP => i j; rewrite !mxE; apply: dual_eq; rewrite //= oppr0. Qed.
Lemma values_add m n (A B : 'M[D]_(m, n)) : values (A + B) = values A + values B.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_add m n (A B : 'M[D]_(m, n)) : slopes (A + B) = slopes A + slopes B.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_tr m n (A : 'M[D]_(m, n)) : values A^T = (values A)^T.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_tr m n (A : 'M[D]_(m, n)) : slopes A^T = (slopes A)^T.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_mul m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(n, p)) : values (A *m B) = values A *m values B.
Proof. by apply/matrixP => i j; rewrite !mxE value_sum; apply: eq_bigr => l _; rewrite !mxE. Qed.
Lemma slopes_mul m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(n, p)) :
  slopes (A *m B) = slopes A *m values B + values A *m slopes B.
Proof.
by apply/matrixP => i j; rewrite !mxE slope_sum -big_split; apply: eq_bigr => l _; rewrite !mxE.
Qed.
Lemma values_scale m n a (A : 'M[D]_(m, n)) : values (a *: A) = value a *: values A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_scale m n a (A : 'M[D]_(m, n)) : slopes (a *: A) = slope a *: values A + value a *: slopes A.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_hadamard m n (A B : 'M[D]_(m, n)) : values (hadamard A B) = hadamard (values A) (values B).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_hadamard m n (A B : 'M[D]_(m, n)) :
  slopes (hadamard A B) = hadamard (slopes A) (values B) + hadamard (values A) (slopes B).
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_ones m n : values (ones _ m n) = ones R m n.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma slopes_ones m n : slopes (ones _ m n) = 0.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma values_row m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(m, p)) : values (row_mx A B) = row_mx (values A) (values B).
Proof. exact: map_row_mx. Qed.
Lemma slopes_row m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(m, p)) : slopes (row_mx A B) = row_mx (slopes A) (slopes B).
Proof. exact: map_row_mx. Qed.
Lemma values_col m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(p, n)) : values (col_mx A B) = col_mx (values A) (values B).
Proof. exact: map_col_mx. Qed.
Lemma slopes_col m n p (A : 'M[D]_(m, n)) (B : 'M[D]_(p, n)) : slopes (col_mx A B) = col_mx (slopes A) (slopes B).
Proof. exact: map_col_mx. Qed.
Lemma slope_add (x y : D) : slope (x + y) = slope x + slope y. Proof. by []. Qed.
Lemma slope_total m n (A : 'M[D]_(m, n)) : slope (total A) = total (slopes A).
Proof.
by rewrite /total slope_sum; apply: eq_bigr => i _; rewrite slope_sum; apply: eq_bigr => j _; rewrite mxE.
Qed.

(* inner products: what multiplies a direction goes to the other side *)
Lemma dot_mull m n p (G : 'M[R]_(m, p)) (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) :
  total (hadamard G (A *m B)) = total (hadamard (A^T *m G) B).
Proof. by rewrite !total_hadamard trmx_mul mulmxA mxtrace_mulC mulmxA. Qed.
Lemma dot_mulr m n p (G : 'M[R]_(m, p)) (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) :
  total (hadamard G (A *m B)) = total (hadamard (G *m B^T) A).
Proof. by rewrite !total_hadamard trmx_mul mulmxA. Qed.
Lemma dot_tr m n (G : 'M[R]_(m, n)) (A : 'M[R]_(n, m)) : total (hadamard G A^T) = total (hadamard G^T A).
Proof. by rewrite -totalT tr_hadamard trmxK. Qed.
Lemma dot_hadamard m n (G A B : 'M[R]_(m, n)) : total (hadamard G (hadamard A B)) = total (hadamard (hadamard A G) B).
Proof. by congr total; apply/matrixP => i j; rewrite !mxE; ring. Qed.
Lemma dot_delta m n (G : 'M[R]_(m, n)) i j : total (hadamard G (delta_mx i j)) = G i j.
Proof.
rewrite /total (bigD1 i) //= [X in _ + X]big1 => [|a /negPf ne].
  rewrite addr0 (bigD1 j) //= big1 ?addr0 => [|b /negPf ne]; rewrite !mxE eqxx ?eqxx ?ne ?mulr1 ?mulr0 //.
by rewrite big1 // => b _; rewrite !mxE ne mulr0.
Qed.

Lemma towards_moving m n (A : 'M[R]_(m, n)) i j : towards A i j = moving A (delta_mx i j).
Proof. by apply/matrixP => a b; rewrite !mxE. Qed.
Lemma gradient_eq m n (f : 'M[D]_(m, n) -> D) (A G : 'M[R]_(m, n)) :
  (forall B, slope (f (moving A B)) = total (hadamard G B)) -> gradient f A = G.
Proof. by move=> H; apply/matrixP => i j; rewrite mxE towards_moving H dot_delta. Qed.
End Ring.

Section Field.
Variable F : fieldType.
Lemma values_softmax (e : F -> F) m n (S : 'M[dual F]_(m, n)) : values (dual_softmax e S) = softmax e (values S).
Proof.
apply/matrixP => i j; rewrite !mxE /= value_sum; congr (_ / _).
by apply: eq_bigr => l _; rewrite mxE.
Qed.
Lemma rowsum_onesE (R : comRingType) m n p (A : 'M[R]_(m, n)) i j : (rowsum A *m ones R 1 p) i j = \sum_l A i l.
Proof. by rewrite outer11 onesE mulr1 mxE. Qed.
Lemma slopes_softmax (e : F -> F) m n (S : 'M[dual F]_(m, n)) :
  slopes (dual_softmax e S) = hadamard (softmax e (values S))
    (slopes S - rowsum (hadamard (softmax e (values S)) (slopes S)) *m ones F 1 n).
Proof.
have Z i : \sum_l e (values S i l) = value (\sum_l dual_exp e (S i l)).
  by rewrite value_sum; apply: eq_bigr => l _; rewrite mxE.
apply/matrixP => i j; rewrite [RHS]mxE mxE [X in _ * X]mxE [X in _ + X]mxE rowsum_onesE !mxE Z.
have -> : \sum_l hadamard (softmax e (values S)) (slopes S) i l =
    slope (\sum_l dual_exp e (S i l)) / value (\sum_l dual_exp e (S i l)).
  by rewrite slope_sum mulr_suml; apply: eq_bigr => l _; rewrite !mxE Z mulrAC.
by move: (\sum_l _) => z /=; rewrite mulrBr !mulNr mulrN !mulrA mulrAC [_ * slope z / _]mulrAC.
Qed.
(* the same under a mask, and in a row that it leaves empty, which is 0 *)
Lemma values_masked (e : F -> F) m n (M : 'M[F]_(m, n)) (S : 'M[dual F]_(m, n)) :
  values (dual_masked_softmax e M S) = masked_softmax e M (values S).
Proof.
apply/matrixP => i j; rewrite !mxE /= value_sum; congr (_ / _).
by apply: eq_bigr => l _; rewrite mxE.
Qed.
Lemma slopes_masked (e : F -> F) m n (M : 'M[F]_(m, n)) (S : 'M[dual F]_(m, n)) :
  slopes (dual_masked_softmax e M S) = hadamard (masked_softmax e M (values S))
    (slopes S - rowsum (hadamard (masked_softmax e M (values S)) (slopes S)) *m ones F 1 n).
Proof.
have Z i : \sum_l M i l * e (values S i l) = value (\sum_l lift (M i l) * dual_exp e (S i l)).
  by rewrite value_sum; apply: eq_bigr => l _; rewrite mxE.
apply/matrixP => i j; rewrite [RHS]mxE mxE [X in _ * X]mxE [X in _ + X]mxE rowsum_onesE !mxE Z.
have -> : \sum_l hadamard (masked_softmax e M (values S)) (slopes S) i l =
    slope (\sum_l lift (M i l) * dual_exp e (S i l)) / value (\sum_l lift (M i l) * dual_exp e (S i l)).
  rewrite slope_sum mulr_suml; apply: eq_bigr => l _; rewrite !mxE Z /= mul0r add0r.
  by rewrite -!mulrA [_^-1 * _]mulrC.
move: (\sum_l _) (S i j) => [z t] [x y] /=; rewrite mul0r add0r mulrBr -!mulrA [_^-1 * y]mulrC.
by rewrite !(mulNr, mulrN) !mulrA [_ * t / z]mulrAC.
Qed.
End Field.
(* rows that sum to 0 *)
Section Ranks.
Variables (F : fieldType) (m n : nat).
Lemma rank_ones0 (A : 'M[F]_(m, n)) : A *m ones F n 1 = 0 -> (\rank A <= n.-1)%N.
Proof.
case: n A => [|p] A H; first exact: rank_leq_col.
have o1 : (0 < \rank (ones F p.+1 1))%N.
  by rewrite lt0n mxrank_eq0; apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE oner_eq0.
by rewrite -ltnS (leq_trans _ (mulmx0_rank_max H)) // -addn1 leq_add2l.
Qed.
End Ranks.
Definition valuesE := (values_moving, values_lift, values_add, values_tr, values_mul, values_scale, values_hadamard,
  values_ones, values_row, values_col, values_softmax, values_masked).
Definition slopesE := (slope_add, slope_total, slopes_moving, slopes_lift, slopes_add, slopes_tr, slopes_mul,
  slopes_scale, slopes_hadamard, slopes_ones, slopes_row, slopes_col, slopes_softmax,
  slopes_masked).

Section Adjoints.
Variable R : comRingType.
Lemma value_lift (a : R) : value (lift a) = a. Proof. by []. Qed.
Lemma slope_lift (a : R) : slope (lift a) = 0. Proof. by []. Qed.
Lemma value_dual (a b : R) : value (Dual a b) = a. Proof. by []. Qed.
Lemma slope_dual (a b : R) : slope (Dual a b) = b. Proof. by []. Qed.
Lemma hadamard0 m n (A : 'M[R]_(m, n)) : hadamard A 0 = 0.
Proof. by apply/matrixP => i j; rewrite !mxE mulr0. Qed.
Lemma hadamard0l m n (A : 'M[R]_(m, n)) : hadamard 0 A = 0. Proof. by rewrite hadamardC hadamard0. Qed.
Lemma rowsum0 m n : rowsum (0 : 'M[R]_(m, n)) = 0.
Proof. by apply/matrixP => i j; rewrite !mxE big1 // => l _; rewrite mxE. Qed.
Lemma dot_add m n (G A B : 'M[R]_(m, n)) :
  total (hadamard G (A + B)) = total (hadamard G A) + total (hadamard G B).
Proof. by rewrite hadamardDr totalD. Qed.
Lemma dot_addl m n (G H A : 'M[R]_(m, n)) :
  total (hadamard G A) + total (hadamard H A) = total (hadamard (G + H) A).
Proof. by rewrite hadamardDl totalD. Qed.
Lemma dot_scale m n a (G A : 'M[R]_(m, n)) : total (hadamard G (a *: A)) = total (hadamard (a *: G) A).
Proof. by rewrite hadamardZl hadamardZr. Qed.
Lemma centredE m n (P A : 'M[R]_(m, n)) i j :
  hadamard P (A - rowsum (hadamard P A) *m ones R 1 n) i j = P i j * (A i j - \sum_l P i l * A i l).
Proof.
rewrite mxE; congr (_ * _); rewrite mxE; congr (_ + _); rewrite mxE rowsum_onesE; congr (- _).
by apply: eq_bigr => l _; rewrite mxE.
Qed.
Lemma centred_ones m n (P A : 'M[R]_(m, n)) : P *m ones R n 1 = ones R m 1 ->
  hadamard P (A - rowsum (hadamard P A) *m ones R 1 n) *m ones R n 1 = 0.
Proof.
move=> P1; rewrite -rowsumE; apply/matrixP => i j; rewrite !mxE.
have {}P1 : \sum_l P i l = 1 by have := congr1 (fun M : 'M_(_, _) => M i 0) P1; rewrite -rowsumE !mxE.
under eq_bigr do rewrite centredE mulrBr.
by rewrite sumrB -mulr_suml P1 mul1r subrr.
Qed.
Lemma dot_softmax m n (G P A : 'M[R]_(m, n)) :
  total (hadamard G (hadamard P (A - rowsum (hadamard P A) *m ones R 1 n))) =
  total (hadamard (hadamard P (G - rowsum (hadamard P G) *m ones R 1 n)) A).
Proof.
rewrite /total; apply: eq_bigr => i _; under eq_bigr do rewrite mxE centredE.
under [RHS]eq_bigr do rewrite mxE centredE mulrC.
have E (B C : 'M[R]_(m, n)) : \sum_j B i j * (P i j * (C i j - \sum_l P i l * C i l)) =
    \sum_j P i j * B i j * C i j - (\sum_j P i j * B i j) * (\sum_l P i l * C i l).
  by rewrite mulr_suml -sumrB; apply: eq_bigr => j _; ring.
by rewrite !E mulrC [X in X - _](eq_bigr (fun j => P i j * A i j * G i j)) // => j _; ring.
Qed.
End Adjoints.

(* the slope of a loss, with the constants gone *)
Ltac slopes := rewrite ?slopesE ?valuesE ?value_lift ?slope_lift ?value_dual ?slope_dual
  ?(mul0mx, mulmx0, add0r, addr0, scale0r, scaler0, subr0, oppr0, trmx0, hadamard0, hadamard0l, rowsum0, total0).
(* total (hadamard _ D) with the direction D alone on the right *)
Ltac adjoint D := repeat match goal with
  | |- context [total (hadamard ?G (?A + ?B))] => rewrite (dot_add G A B)
  | |- context [total (hadamard ?G (?a *: ?A))] => rewrite (dot_scale a G A)
  | |- context [total (hadamard ?G (?A^T))] => rewrite (dot_tr G A)
  | |- context [total (hadamard ?G (hadamard ?P (?A - rowsum (hadamard ?P ?A) *m _)))] => rewrite (dot_softmax G P A)
  | |- context [total (hadamard ?G (?A *m ?B))] =>
    match B with context [D] => rewrite (dot_mull G A B) | _ => rewrite (dot_mulr G A B) end
  end.
Ltac gradient D := apply: gradient_eq => D; slopes; adjoint D; rewrite ?dot_addl; mxnorm.

Lemma gradient_squares (R : comRingType) n k v (K : 'M[R]_(n, k)) (W : 'M[R]_(k, v)) (Y : 'M[R]_(n, v)) :
  gradient (fun W : 'M[dual R]_(k, v) =>
    total (hadamard (lift_mx K *m W - lift_mx Y) (lift_mx K *m W - lift_mx Y))) W = 2%:R *: (K^T *m (K *m W - Y)).
Proof.
apply: gradient_eq => D; rewrite lift_opp; slopes.
by rewrite totalD [hadamard (K *m D) _]hadamardC !dot_mull scaler_nat mulr2n dot_addl.
Qed.

(* attention differentiated by its queries and keys: the slope of the scores in the middle *)
Section Attention.
Variables (F : realFieldType) (e : F -> F) (n d k v : nat) (tau : F).
Variables (G : 'M[F]_(n, v)) (X : 'M[F]_(n, d)) (Q K : 'M[F]_(d, k)) (V : 'M[F]_(d, v)).
Definition score_slope : 'M[F]_(n, n) := let P := softmax e (tau *: (X *m Q *m K^T *m X^T)) in
  hadamard P (G *m V^T *m X^T - rowsum (hadamard P (G *m V^T *m X^T)) *m ones F 1 n).
Lemma gradient_query : gradient (fun Q : 'M[dual F]_(d, k) => total (hadamard (lift_mx G)
    (dual_softmax e (lift tau *: (lift_mx X *m Q *m (lift_mx K)^T *m (lift_mx X)^T)) *m lift_mx X *m lift_mx V))) Q =
  tau *: (X^T *m score_slope *m X *m K).
Proof. by rewrite /score_slope; gradient D. Qed.
Lemma gradient_key : gradient (fun K : 'M[dual F]_(d, k) => total (hadamard (lift_mx G)
    (dual_softmax e (lift tau *: (lift_mx X *m lift_mx Q *m K^T *m (lift_mx X)^T)) *m lift_mx X *m lift_mx V))) K =
  tau *: (X^T *m score_slope^T *m X *m Q).
Proof. by rewrite /score_slope; gradient D. Qed.
End Attention.

Section Softmax.
Variables (F : realFieldType) (e : F -> F) (n : nat) (s : 'M[F]_(1, n)).
Lemma jacobian_softmax : jacobian (fun s : 'M[dual F]_(1, n) => dual_softmax e s) s =
  diag_row (softmax e s) - (softmax e s)^T *m softmax e s.
Proof.
apply/matrixP => i j; rewrite mxE towards_moving.
transitivity (slopes (dual_softmax e (moving s (delta_mx 0 j))) 0 i); first by rewrite [RHS]mxE.
rewrite slopes_softmax centredE slopes_moving values_moving; move: (softmax e s) => p.
rewrite (bigD1 j) //= big1 ?addr0 => [|l /negPf ne]; last by rewrite mxE ne mulr0.
by rewrite !mxE big_ord1 !mxE !eqxx mulr1 mulrBr; case: (i == j); rewrite ?mulr1 ?mulr0.
Qed.
Lemma gradient_log_sum_exp (l : F -> F) : gradient (fun s : 'M[dual F]_(1, n) =>
  total (map_mx (dual_log l) (rowsum (map_mx (dual_exp e) s)))) s = softmax e s.
Proof.
apply/matrixP => i j; rewrite mxE total11 !mxE /= value_sum slope_sum (bigD1 j) //= big1 => [|a /negPf ne].
  rewrite addr0 !mxE /= (ord1 i) !eqxx mulr1; congr (_ / _).
  by apply: eq_bigr => a _; rewrite !mxE.
by rewrite !mxE /= ne andbF mulr0.
Qed.
End Softmax.
