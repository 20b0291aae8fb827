have MT : M^T = M by [].
have QLT : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 trmx1.
split=> [[dQ [dK ->]] | [NT E]].
  have Z1 : (identity RR (k + r) - Q *m L) *m Q = 0 by rewrite mulmxBl mul1mx -mulmxA given_1 mulmx1 subrr.
  have Z2 : Q^T *m (identity RR (k + r) - Q *m L)^T = 0 by rewrite -trmx_mul Z1 trmx0.
  split; first by mxnorm; rewrite MT; mxring.
  move: (identity _ _ - _) Z1 Z2 => P Z1 Z2.
  rewrite !trmx_mul MT !mulmxBr !mulmxDr !mulmxBl !mulmxDl !mulmxA Z1 -!(mulmxA _ Q^T) Z2.
  by rewrite !(mul0mx, mulmx0, subr0, addr0).
pose S := 2%:R^-1 *: (L *m N *m (Q *m L)^T).
exists 0, (L *m N - S)^T; rewrite !mul0mx trmx0 mulmx0 !add0r trmxK -trmx_mul.
have QS : Q *m S = 2%:R^-1 *: (Q *m L *m N *m (Q *m L)^T) by rewrite mul_scale_r !mulmxA.
have QST : (Q *m S)^T = - (Q *m S).
  by rewrite QS tr_scale -scalerN; congr (_ *: _); rewrite trmx_mul (trmx_mul (Q *m L)) trmxK NT mulNmx mulmxN mulmxA.
have QS2 : Q *m S + Q *m S = Q *m L *m N *m (Q *m L)^T by rewrite QS -scalerDl half_half // scale1r.
rewrite mulmxBr tr_sub QST mulmxA trmx_mul NT mulNmx.
have E2 : N - Q *m L *m N - (N *m (Q *m L)^T - Q *m L *m N *m (Q *m L)^T) = 0.
  by move: E; rewrite /identity /zeros tr_sub trmx1 mulmxBl mul1mx mulmxBr mulmx1 mulmxBl.
by apply/eqP; rewrite -subr_eq0 -[X in _ == X]E2 -QS2; apply/eqP; mxring.
