split; last first.
  by apply/matrixP => i j; rewrite softmax_col // !mxE big_ord1 !mxE !ord1 eqxx mulr1 subrr.
set p := softmax ex _; set J := _ - _.
have p1 : \sum_j p 0 j = 1 by apply: softmax_sum; rewrite // addn1.
have p_gt0 j : 0 < p 0 j by exact: softmax_gt0.
clearbody p.
apply/eqP; rewrite eqn_leq; apply/andP; split.
  apply: leq_trans (rank_ones0 _) _; last by rewrite addn1.
  apply/matrixP => i j; rewrite -tr_ones covariance_mul /mean.
  under eq_bigr do rewrite onesE mulr1.
  by rewrite p1 !mxE subrr mulr0.
have JT : J^T = J by exact: covariance_tr.
have : (\rank (kermx J) <= 1)%N.
  suff -> : kermx J = (kermx J *m p^T) *m ones RR 1 (m + 1) by apply: mulmx_max_rank.
  apply/matrixP => i j; rewrite outer11 onesE mulr1.
  have E : J *m (row i (kermx J))^T = 0 by rewrite -{1}JT -trmx_mul -row_mul mulmx_ker row0 trmx0.
  have := congr1 (fun M : 'M_(_, _) => M j 0) E; rewrite covariance_mul [RHS]mxE => /eqP.
  rewrite mulf_eq0 (negPf (lt0r_neq0 (p_gt0 j))) //= subr_eq0 => /eqP.
  by rewrite mxE => ->; rewrite [RHS]mxE; apply: eq_bigr => l _; rewrite !mxE mulrC.
have -> : \rank (kermx J) = (m + 1 - \rank J)%N := mxrank_ker J.
by rewrite leq_subLR leq_add2r.
