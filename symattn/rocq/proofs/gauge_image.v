rewrite tr_sub trmx_mul tr_identity /identity /zeros.
have NQ : (1%:M - Q *m L) *m Q = 0 by rewrite mulmxBl mul1mx given_1 subrr.
have NK : K^T *m (1%:M - M^T *m K^T) = 0.
  by rewrite mulmxBr mulmx1 -trmx_mul -trmx_mul given_2 subrr.
split=> [[dQ [dK ->]] | E].
  have -> : (1%:M - Q *m L) *m (dQ *m K^T + Q *m dK^T) = (1%:M - Q *m L) *m dQ *m K^T.
    by rewrite mulmxDr !mulmxA NQ mul0mx addr0.
  by rewrite -!mulmxA NK !mulmx0.
exists (N *m M^T), (trmx (N - N *m M^T *m K^T) *m L^T).
move: E; rewrite mulmxBl mul1mx mulmxBl => /eqP; rewrite subr_eq0 => /eqP E.
rewrite trmx_mul !trmxK; have -> : N - N *m M^T *m K^T = N *m (1%:M - M^T *m K^T) by rewrite mulmxBr mulmx1 mulmxA.
by rewrite mulmxA mulmxA -E mulmxBr mulmx1 mulmxA addrC subrK.
