rewrite /identity /zeros in given_1 given_2 given_3 given_4 given_5 given_6 given_9.
have up5 : U'^T *m U = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_5 trmx0.
have up6 : V'^T *m V = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_6 trmx0.
pose S := diag_row s; pose T := diag_row t; pose G := diag_row g; pose D := diag_row h.
have diag2 n (x y : 'M[RR]_(1, n)) : diag_row x *m diag_row y = diag_row (hadamard x y).
  by rewrite !diag_rowE mulmx_diag; congr diag_mx; apply/matrixP => i j; rewrite !mxE (ord1 i).
have level n : diag_row (b ^+ 2 *: ones RR 1 n) = b ^+ 2 *: 1%:M.
  by apply/matrixP => i j; rewrite !mxE mulr1; case: eqP; rewrite ?mulr1 ?mulr0.
have diagD n (x y : 'M[RR]_(1, n)) : diag_row (x + y) = diag_row x + diag_row y.
  by apply/matrixP => i j; rewrite !mxE; case: eqP; rewrite ?addr0.
have SS : S *m S = b ^+ 2 *: 1%:M + G *m G by rewrite !diag2 given_7 diagD level.
have TT : T *m T = b ^+ 2 *: 1%:M - D *m D by rewrite !diag2 -level -given_8 diagD [X in _ = X - _]addrC addrK.
set W := U *m S *m V^T + U' *m T *m V'^T.
have WW : W *m W^T = U *m (S *m S) *m U^T + U' *m (T *m T) *m U'^T.
  rewrite /W tr_add !trmx_mul !trmxK !tr_diag_row !(mulmxDl, mulmxDr) !mulmxA.
  by rewrite -!(mulmxA _ V^T) -!(mulmxA _ V'^T) given_2 given_4 given_6 up6
    !(mulmx1, mulmx0, mul0mx, addr0, add0r).
have near (Z : 'M[RR]_d) : total (hadamard (Z - O *m K^T) (Z - O *m K^T)) =
    total (hadamard (O^T *m Z - K^T) (O^T *m Z - K^T)) + \tr (Z *m Z^T) - \tr (O^T *m (Z *m Z^T) *m O).
  have -> : \tr (O^T *m (Z *m Z^T) *m O) = \tr (Z^T *m O *m O^T *m Z) 
    by rewrite !mulmxA -mulmxA mxtrace_mulC !mulmxA.
  rewrite [\tr (Z *m _)]mxtrace_mulC !total_gram -linearD -linearB /=; congr (\tr _); mxnorm.
  by rewrite -!(mulmxA _ O^T O) given_9 mulmx1; mxring.
have whole : \tr (W *m W^T) = \tr (S *m S) + total (hadamard t t).
  rewrite WW linearD /= !(mxtrace_mulC (_ *m (_ *m _))) !mulmxA given_1 given_3 !mul1mx; congr (_ + _).
  exact: trace_diag_row.
have seen : \tr (O^T *m (W *m W^T) *m O) =
    \tr (O^T *m U *m (S *m S) *m U^T *m O) + \tr (O^T *m U' *m (T *m T) *m U'^T *m O).
  by rewrite WW mulmxDr mulmxDl linearD /= !mulmxA.
have Q1 : total (hadamard (O - U *m U^T *m O - U' *m U'^T *m O) (O - U *m U^T *m O - U' *m U'^T *m O)) =
    \tr (1%:M : 'M[RR]_k) - \tr (O^T *m U *m U^T *m O) - \tr (O^T *m U' *m U'^T *m O).
  rewrite total_gram -!linearB /=; congr (\tr _); mxnorm.
  rewrite -!(mulmxA _ U^T U) -!(mulmxA _ U'^T U') -!(mulmxA _ U^T U') -!(mulmxA _ U'^T U).
  rewrite given_1 given_3 given_5 up5 given_9.
  by rewrite !(mulmx1, mulmx0, mul0mx); mxring.
have Q2 : total (hadamard ((U - O *m O^T *m U) *m G) ((U - O *m O^T *m U) *m G)) =
    \tr (G *m G) - \tr (O^T *m U *m (G *m G) *m U^T *m O).
  have -> : \tr (O^T *m U *m (G *m G) *m U^T *m O) = \tr (G *m U^T *m O *m O^T *m U *m G).
    by rewrite !mulmxA -!(mulmxA (O^T *m U *m G)) mxtrace_mulC !mulmxA.
  rewrite total_gram -linearB /= trmx_mul tr_diag_row; congr (\tr _); mxnorm.
  by rewrite -!(mulmxA _ O^T O) given_9 -!(mulmxA _ U^T U) given_1 !mulmx1; mxring.
have Q3 : total (hadamard (O^T *m U' *m D) (O^T *m U' *m D)) = \tr (O^T *m U' *m (D *m D) *m U'^T *m O).
  by rewrite total_hadamard !trmx_mul trmxK tr_diag_row !mulmxA.
have e1 : \tr (S *m S) = b ^+ 2 * \tr (1%:M : 'M[RR]_k) + \tr (G *m G) by rewrite SS linearD linearZ.
have e2 : \tr (O^T *m U *m (S *m S) *m U^T *m O) =
    b ^+ 2 * \tr (O^T *m U *m U^T *m O) + \tr (O^T *m U *m (G *m G) *m U^T *m O).
  by rewrite SS mulmxDr !mulmxDl mul_scale_r mulmx1 !mul_scale_l linearD linearZ.
have e3 : \tr (O^T *m U' *m (T *m T) *m U'^T *m O) =
    b ^+ 2 * \tr (O^T *m U' *m U'^T *m O) - \tr (O^T *m U' *m (D *m D) *m U'^T *m O).
  by rewrite TT mulmxBr !mulmxBl mul_scale_r mulmx1 !mul_scale_l linearB linearZ.
rewrite -subr_ge0 near whole seen e1 e2 e3.
have := square_total_ge0 (O - U *m U^T *m O - U' *m U'^T *m O); have := square_total_ge0 ((U - O *m O^T *m U) *m G).
have := square_total_ge0 (O^T *m U' *m D); have := square_total_ge0 (O^T *m W - K^T).
rewrite Q1 Q2 Q3; move: (total (hadamard (O^T *m W - K^T) _)) => N.
move: (\tr 1%:M) (\tr (G *m G)) (\tr (O^T *m U *m U^T *m O)) (\tr (O^T *m U' *m U'^T *m O)) => x1 x2 x3 x4.
move: (\tr (O^T *m U' *m (D *m D) *m U'^T *m O)) (\tr (O^T *m U *m (G *m G) *m U^T *m O)) (total _) => x5 x6 x7 N0 p5 p2 p1.
rewrite (_ : _ - x7 = N + x5 + (x2 - x6) + b ^+ 2 * (x1 - x3 - x4)); last by ring.
by apply: addr_ge0 (mulr_ge0 (sqr_ge0 _) p1); apply: addr_ge0 p2; apply: addr_ge0.
