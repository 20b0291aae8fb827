have RO : R^T *m R = 1%:M by apply: mulmx1C.
have E : total (hadamard Q Q) + total (hadamard K K) - 2%:R * \tr (R^T *m Q *m K^T) = total (hadamard (R^T *m Q - K) (R^T *m Q - K)).
  rewrite !total_hadamard tr_sub !trmx_mul trmxK mulmxBl !mulmxBr !linearB /=.
  have -> : \tr (R^T *m Q *m (Q^T *m R)) = \tr (Q *m Q^T).
    by rewrite mxtrace_mulC mulmxA -(mulmxA _ R) R_orthogonal mulmx1 mxtrace_mulC.
  have -> : \tr (K *m (Q^T *m R)) = \tr (R^T *m Q *m K^T) by rewrite -mxtrace_tr !trmx_mul !trmxK.
  ering.
split=> //; split.
  by rewrite -subr_ge0 E square_total_ge0.
by move=> ->; rewrite trmx_mul trmxK mulmxA -(mulmxA _ R) R_orthogonal mulmx1.
