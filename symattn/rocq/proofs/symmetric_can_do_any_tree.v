have [before FE] := mask_picks F_mask given_1.
set C := row_mx _ _ in given_2 *.
pose this (i : 'I_n) : 'I_(n + 1) := cast_ord (addnC 1%N n) (rshift 1 i).
pose back (a : 'I_(n + 1)) : 'I_(1 + n) := cast_ord (addnC n 1%N) a.
pose f a b := (C^T *m F) (back a) b.
have f_this i b : f (this i) b = (b == before i)%:R.
  rewrite /f -[_ *m _]trmxK trmx_mul trmxK mxE.
  have -> : back (this i) = rshift 1 i by apply: val_inj.
  rewrite mxE (bigD1 i) //= big1 => [|l /negPf ne].
    by rewrite addr0 mxE FE row_mxEr mxE eqxx mulr1.
  by rewrite row_mxEr [1%:M _ _]mxE ne mulr0.
have back_split a : (exists i, a = this i) \/ back a = lshift n 0.
  case: (split_ordP (back a)) => [i aE | i aE]; [right | left]; first by rewrite aE (ord1 i).
  exists i; apply: val_inj; rewrite /this -aE. by [].
have grows i : 4%:R * t 0 (this i) <= t 0 (before i).
  have := given_2 i 0; rewrite mxE later_rows (resizeE _ (i' := this i) (j' := 0)) // mxE.
  rewrite [X in _ <= X -> _]mxE; under eq_bigr do rewrite FE mxE.
  by rewrite sum_at.
have f_before a b : f a b = 0 \/ f a b = 1 /\ 4%:R * t 0 a <= t 0 b.
  case: (back_split a) => [[i ->] | aE]; first by rewrite f_this; case: eqP => [-> | _]; [right | left].
  by left; rewrite /f aE mxE big1 // => l _; rewrite mxE row_mxEl mxE mul0r.
pose X : 'M_(n + 1) := \matrix_(a, b) (t 0 a * ((a == b)%:R + f a b)).
apply: (tree_prefers (t_positive 0) grows f_before f_this FE (X := X)) => [a b | i j]; first by rewrite mxE.
have one_at (a b : 'I_(n + 1)) : (if a == b then t 0 a else 0) = (b == a)%:R * t 0 a.
  by rewrite eq_sym; case: eqP => _; rewrite ?mul1r ?mul0r.
have last c : resize (1 + n) (n + 1) (diag_row t)^T c j = (c == back j)%:R * t 0 j.
  by rewrite (resizeE _ (i' := cast_ord (addnC 1%N n) c) (j' := j)) // !mxE one_at.
have first a : resize (1 + n) (n + 1) (diag_row t) (rshift 1 i) a = (a == this i)%:R * t 0 (this i).
  by rewrite (resizeE _ (i' := this i) (j' := a)) // mxE one_at.
have mid a b : resize (n + 1) (n + 1) (resize _ _ (identity RR (1 + n)) + C^T *m F) a b = (a == b)%:R + f a b.
  by rewrite (resizeE _ (i' := back a) (j' := b)) // mxE (resizeE _ (i' := back a) (j' := back b)) // mxE.
have turned b : (resize (n + 1) (1 + n) (identity RR (n + 1)) + F^T *m C) b (back j) = (j == b)%:R + f j b.
  rewrite mxE (resizeE _ (i' := b) (j' := j)) // mxE eq_sym; congr (_ + _).
  by rewrite /f -[C^T *m F]trmxK trmx_mul trmxK [RHS]mxE.
rewrite mxE; under eq_bigr do rewrite last mulrCA.
rewrite sum_at [X in X * _]mxE mulr_suml; apply: eq_bigr => b _.
rewrite turned -mulmxA later_rows mxE; under eq_bigr do rewrite first mid -mulrA.
by rewrite sum_at [X _ _]mxE [X _ _]mxE -[LHS]mulrA [in LHS](mulrC _ (t 0 j)).
