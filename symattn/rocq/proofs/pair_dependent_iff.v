have C (M : 'M[RR]_(1, 1)) : M = (total M)%:M by apply/matrixP => i j; rewrite !ord1 total11 mxE.
have key : (x^T *m y = y^T *m x) <-> (\rank (col_mx x y) <= 1)%N.
  split=> [E | ].
    have yE : y = total (u *m y^T) *: x.
      have ux : u *m x^T = 1%:M by rewrite -[LHS]trmxK trmx_mul trmxK (C (x *m u^T)) given_1 tr_scalar_mx.
      have := congr1 (fun Z => u *m Z) E; rewrite !mulmxA ux mul1mx => {1}->.
      by rewrite {1}(C (u *m y^T)) mul_scalar_mx.
    have -> : col_mx x y = col_mx 1%:M (total (u *m y^T))%:M *m x by rewrite mul_col_mx mul1mx mul_scalar_mx -yE.
    exact: mulmx_max_rank.
  move=> r1; have sub : (x <= col_mx x y)%MS by rewrite -addsmxE addsmxSl.
  have suby : (y <= col_mx x y)%MS by rewrite -addsmxE addsmxSr.
  have x0 : x != 0.
    by apply/eqP => x0; move: (oner_neq0 RR); rewrite -given_1 x0 mul0mx total0 eqxx.
  have rx : \rank x = 1%N by apply/eqP; rewrite eqn_leq rank_leq_row lt0n mxrank_eq0.
  have le_col : (col_mx x y <= x)%MS.
    by rewrite -(geq_leqif (mxrank_leqif_sup sub)) rx.
  have /submxP[D yD] := submx_trans suby le_col.
  by rewrite yD (C D) mul_scalar_mx tr_scale mul_scale_l mul_scale_r.
rewrite -key; split=> [H | E W]; last by rewrite !form_hadamard E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite !form_hadamard !total_delta.
