split=> [H z | H x].
  have := H (z *m L); congr (0 <= total _).
  have LQ : Q^T *m L^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
  by rewrite trmx_mul !mulmxA -(mulmxA z) given_1 mulmx1 -(mulmxA _ Q^T) LQ mulmx1.
by have := H (x *m Q); rewrite trmx_mul !mulmxA.
