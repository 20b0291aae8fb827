have dE (A B C : 'M[RR]_(d, k)) (M : 'M[RR]_(k, k)) : total (hadamard A (B *m M)) = total (hadamard (B^T *m A) M).
  by rewrite !total_hadamard trmx_mul mulmxA mxtrace_mulC -mulmxA mxtrace_mulC -!mulmxA.
have key (A : 'M[RR]_(k, k)) : total (hadamard dK (K *m A^T)) = total (hadamard (trmx (K^T *m dK)) A).
  by rewrite dE // -totalT tr_hadamard trmxK.
split=> [H | E A]; last by rewrite key dE // E.
by apply/matrixP => i j; have := H (delta_mx i j); rewrite key dE // !(hadamardC _ (delta_mx _ _)) !total_delta.
