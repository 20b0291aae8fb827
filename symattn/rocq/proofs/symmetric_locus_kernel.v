have MT : M^T = M by [].
have QLT : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 trmx1.
split=> [E | [Z [ZT ->]]]; last first.
  by rewrite tr_add !trmx_mul -ZT MT; mxring.
pose D := dK - dQ *m M.
have E1 : Q *m D^T = D *m Q^T.
  by apply/eqP; rewrite -subr_eq0 -[X in _ == X]E /D tr_sub !trmx_mul MT; apply/eqP; mxring.
have E2 : D = Q *m (D^T *m L^T) by rewrite mulmxA E1 -mulmxA QLT mulmx1.
exists (D^T *m L^T); split.
  have E3 : L *m D = D^T *m L^T by rewrite {1}E2 mulmxA given_1 mul1mx.
  by rewrite trmx_mul !trmxK E3.
by rewrite -E2 /D addrC subrK.
