have PE := perm_Tmul Pi_permutation.
have tE (A : 'M[RR]_(m, d)) : x *m W *m trmx (col_mx x A) = row_mx (x *m W *m x^T) (x *m W *m A^T) by blocks.
rewrite !tE -!mulmxA !mul_col_mx; apply/matrixP => i j; rewrite !softmax_read !read_row !norm_row.
have -> : x *m (W *m (Pi *m Y)^T) = 1%:M *m (x *m W *m Y^T) *m Pi^T by rewrite mul1mx trmx_mul !mulmxA.
case/is_perm_mxP: Pi_permutation => s ->.
have nE : norm ex (1%:M *m (x *m W *m Y^T) *m (perm_mx s)^T) i = norm ex (x *m (W *m Y^T)) i.
  rewrite /norm [RHS](reindex_inj (@perm_inj _ s)); apply: eq_bigr => l _; by rewrite mul_permTE mul1mx mulmxA.
have rE : read ex (1%:M *m (x *m W *m Y^T) *m (perm_mx s)^T) (perm_mx s *m Y *m V) i j = read ex (x *m (W *m Y^T)) (Y *m V) i j.
  rewrite /read [RHS](reindex_inj (@perm_inj _ s)); apply: eq_bigr => l _; by rewrite -(mulmxA (perm_mx s)) mul_permTE perm_mulE mul1mx mulmxA.
by rewrite nE rE.
