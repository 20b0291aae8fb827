rewrite /identity /zeros in given_1 given_2 given_3 given_4 given_5 given_6 *.
have up5 : U'^T *m U = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_5 trmx0.
have up6 : V'^T *m V = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_6 trmx0.
pose S := diag_row (s - e); pose T := diag_row t; pose G := diag_row f; pose D := diag_row h.
have SS : S *m S = b ^+ 2 *: 1%:M - G *m G.
  by rewrite !diag_rowM -diag_row_level -given_8 diag_rowD addrK.
have TT : T *m T = b ^+ 2 *: 1%:M - D *m D.
  by rewrite !diag_rowM -diag_row_level -given_7 diag_rowD addrK.
have SE : S = diag_row s - diag_row e by rewrite /S diag_rowD diag_rowN.
pose E := U *m S *m V^T + U' *m T *m V'^T.
rewrite [X in psd (_ - X *m _)](_ : _ = E); last by rewrite /E SE /T; mxring.
rewrite [X in psd (_ - E *m X)](_ : _ = E^T); last by rewrite /E SE /T; mxring.
have EE : E *m E^T = U *m (S *m S) *m U^T + U' *m (T *m T) *m U'^T.
  rewrite /E tr_add !trmx_mul !trmxK !tr_diag_row !(mulmxDl, mulmxDr) !mulmxA.
  by rewrite -!(mulmxA _ V^T) -!(mulmxA _ V'^T) given_2 given_4 given_6 up6
    !(mulmx1, mulmx0, mul0mx, addr0, add0r).
pose R := 1%:M - U *m U^T - U' *m U'^T.
have RR' : R *m R^T = R.
  rewrite /R; mxnorm.
  rewrite -!(mulmxA _ U^T U) -!(mulmxA _ U'^T U') -!(mulmxA _ U^T U') -!(mulmxA _ U'^T U).
  by rewrite given_1 given_3 given_5 up5 !(mulmx1, mulmx0, mul0mx); mxring.
rewrite (_ : _ - _ = b ^+ 2 *: (R *m R^T) + (U *m G) *m (U *m G)^T + (U' *m D) *m (U' *m D)^T).
  by apply: psdD; [apply: psdD; [apply: psdZ; [exact: sqr_ge0 | exact: gram_psd] | ] |]; exact: gram_psd.
by rewrite RR' EE SS TT /R !trmx_mul !tr_diag_row -/G -/D; mxring.
