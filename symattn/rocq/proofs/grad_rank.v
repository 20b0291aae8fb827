have S n (n0 : (0 < n)%N) G X : score_slope ex tau G X Q K V *m ones RR n 1 = 0 by rewrite centred_ones ?softmax_ones.
have S1 G X : score_slope ex tau G X Q K V = 0 :> 'M_(1, 1).
  rewrite -[LHS]mulmx1 -[RHS](S 1%N (ltn0Sn _) G X); congr (_ *m _).
  by apply/matrixP => i j; rewrite !mxE !ord1.
have R (A B : 'M[RR]_(d, k)) : A = B -> (\rank B <= m)%N -> (\rank A <= m)%N by move->.
have L G X : (\rank (score_slope ex tau G X Q K V : 'M_(m + 1, m + 1)) <= m)%N.
  by rewrite (leq_trans (rank_ones0 (S _ _ _ _))) ?addn1.
rewrite -!lift_col; split.
  apply: R (gradient_query _ _ _ _ _ _ _) _.
  by rewrite (leq_trans (mxrank_scale _ _)) // (leq_trans (mxrankM_maxl _ _)) // (leq_trans (mxrankM_maxl _ _)) //
    (leq_trans (mxrankM_maxr _ _)).
split.
  apply: R (gradient_key _ _ _ _ _ _ _) _.
  by rewrite (leq_trans (mxrank_scale _ _)) // (leq_trans (mxrankM_maxl _ _)) // (leq_trans (mxrankM_maxl _ _)) //
    (leq_trans (mxrankM_maxr _ _)) // mxrank_tr.
split; [apply: etrans (gradient_query _ _ _ _ _ _ _) _ | apply: etrans (gradient_key _ _ _ _ _ _ _) _].
  by rewrite S1 !(mulmx0, mul0mx) scaler0.
by rewrite S1 trmx0 !(mulmx0, mul0mx) scaler0.
