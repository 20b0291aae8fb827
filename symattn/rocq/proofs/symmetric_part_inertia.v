have e : (k + (k + r) = 2 * k + r)%N by rewrite mul2n -addnn addnA.
move: K Q A B given_1 given_2 given_3 given_4; move: (2 * k + r)%N e => w; case: w / => K Q A B AQ AK BQ BK.
pose G := row_mx Q K; pose rest := 1%:M - Q *m A - K *m B.
have restG : rest *m G = 0.
  rewrite mul_mx_row !mulmxBl !mul1mx -!mulmxA AQ AK BQ BK.
  by rewrite /identity /zeros !mulmx1 !mulmx0 subrr !subr0 subrr row_mx0.
have rG : (k + k <= \rank G)%N.
  apply: (@rank_ge _ _ _ _ (col_mx A B) _ 1%:M); rewrite mulmx1 mul_col_row AQ AK BQ BK.
  by rewrite /identity /zeros scalar_mx_block.
have rk : (\rank rest <= r)%N.
  by rewrite -(leq_add2r (k + k)) (leq_trans (leq_add (leqnn _) rG)) // (leq_trans (mulmx0_rank_max restG)) // addnA addnC.
have [Y [Z YZ]] := factor rk; pose h : RR := 2%:R^-1.
pose C := col_mx (A + h *: B) (col_mx (A - h *: B) Z^T).
pose D := row_mx (h *: Q + K) (row_mx (h *: Q - K) Y).
have hh : h + h = 1 by exact: half_half.
have halves m n (M : 'M[RR]_(m, n)) : h *: M + h *: M = M by rewrite -scalerDl hh scale1r.
have DC : D *m C = 1%:M.
  have E : 1%:M = Q *m A + K *m B + rest by rewrite /rest addrACA -[LHS]addr0; mxring.
  rewrite /D /C !mul_row_col -YZ E -(halves _ _ (Q *m A)) -(halves _ _ (K *m B)); mxring.
have CD : C *m D = 1%:M by exact: mulmx1C.
have ZG : Z^T *m Q = 0 /\ Z^T *m K = 0.
  move: CD; rewrite mul_mx_row !mul_mx_row !mul_col_mx.
  rewrite [1%:M](_ : _ = row_mx (col_mx 1%:M (col_mx 0 0)) (row_mx (col_mx 0 (col_mx 1%:M 0)) (col_mx 0 (col_mx 0 1%:M)))); last first.
    by rewrite scalar_mx_block [X in block_mx _ _ _ X]scalar_mx_block /block_mx -!row_mx0 -!block_mxEh !block_mxEv !col_mx0.
  case/eq_row_mx=> /eq_col_mx[_ /eq_col_mx[_ E1]] /eq_row_mx[/eq_col_mx[_ /eq_col_mx[_ E2]] _].
  rewrite mulmxDr mul_scale_r in E1; rewrite mulmxBr mul_scale_r in E2.
  have Z1 : Z^T *m Q = 0 by rewrite -[LHS]halves -[RHS](addr0 0) -{1}E1 -E2; mxring.
  by split=> //; move: E1; rewrite Z1 scaler0 add0r.
have [ZQ ZK] := ZG.
have CQ : C *m Q = col_mx 1%:M (col_mx 1%:M 0).
  by rewrite !mul_col_mx ZQ mulmxDl mulmxBl !mul_scale_l AQ BQ /zeros scaler0 addr0 subr0.
have CK : C *m K = col_mx (h *: 1%:M) (col_mx (- (h *: 1%:M)) 0).
  by rewrite !mul_col_mx ZK mulmxDl mulmxBl !mul_scale_l AK BK /zeros add0r sub0r.
exists C, D; split=> //; set M := col_mx (row_mx (identity _ _) _) _.
have -> : resize (k + (k + r)) (k + (k + r)) M = M by apply/matrixP => i j; rewrite mxE entryE.
have -> : C *m (Q *m K^T + K *m Q^T) *m C^T = C *m K *m (C *m Q)^T + C *m Q *m (C *m K)^T by mxring.
rewrite CQ CK /M /identity /zeros !tr_col_mx !trmx0 !tr_scalar_mx tr_opp tr_scale tr_scalar_mx.
rewrite !mul_col_mx !mul_mx_row !add_col_mx !add_row_mx.
by rewrite !(mul0mx, mulmx0, mul1mx, mulmx1, mulNmx, mulmxN, addr0) halves subrr addNr -opprD halves.
