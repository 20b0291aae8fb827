pose this (i : 'I_n) : 'I_(n + 1) := cast_ord (addnC 1%N n) (rshift 1 i).
pose before (i : 'I_n) : 'I_(n + 1) := lshift 1 i.
pose t (a : 'I_(n + 1)) : RR := 4%:R ^- a.
pose f (a b : 'I_(n + 1)) : RR := (b.+1 == a)%:R.
pose A : 'M[RR]_(n, n + 1) := \matrix_(i, j) (j == before i)%:R.
pose X : 'M_(n + 1) := \matrix_(a, b) (t a * ((a == b)%:R + f a b)).
have AE i j : A i j = (j == before i)%:R by rewrite mxE.
have t_gt0 a : 0 < t a by rewrite invr_gt0 exprn_gt0 ?ltr0n.
have step (a b : 'I_(n + 1)) : a = b.+1 :> nat -> 4%:R * t a = t b.
  by move=> E; rewrite /t E exprS invfM mulrA mulfV ?mul1r ?pnatr_eq0.
have f_before a b : f a b = 0 \/ f a b = 1 /\ 4%:R * t a <= t b.
  by rewrite /f; case: eqP => [E | _]; [right; rewrite (step _ b) | left].
exists A, (\matrix_(a, _) (a : nat)%:R), X; split; first by apply/matrixP => i j; rewrite !mxE -natrM mulnb andbb.
split.
  apply/matrixP => i j; rewrite !mxE -[RHS](sum_at (before i) (fun=> 1)).
  by apply: eq_bigr => l _; rewrite AE mulr1.
split.
  apply/matrixP => i l; rewrite mxE; under eq_bigr do rewrite AE.
  by rewrite sum_at !mxE (inj_eq (@lshift_inj _ _)).
split.
  apply/matrixP => i j; rewrite later_rows (resizeE _ (i' := this i) (j' := j)) // mxE [RHS]mxE onesE mxE.
  by under eq_bigr do rewrite AE; rewrite sum_at mxE /= add1n -addn1 natrD.
have grows i : 4%:R * t (this i) <= t (before i) by rewrite (step _ (before i)).
have f_this i b : f (this i) b = (b == before i)%:R by rewrite /f eqSS.
apply: (tree_prefers t_gt0 grows f_before f_this AE (X := X)) => [a b | ]; first by rewrite mxE.
move=> i j; rewrite -mulmxA later_rows mxE; apply: eq_bigr => b _.
by rewrite (resizeE _ (i' := this i) (j' := b)) // [in RHS]mulrC [X^T _ _]mxE mulrC.
