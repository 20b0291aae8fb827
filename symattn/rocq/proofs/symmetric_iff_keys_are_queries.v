split=> [E | [M [MT KE]]].
  exists (L *m K)^T.
  have KT : K^T = L *m K *m Q^T.
    by have := congr1 (fun Z => L *m Z) E; rewrite trmx_mul trmxK !mulmxA given_1 mul1mx.
  have KE : K = Q *m (L *m K)^T by rewrite -{1}[K]trmxK {1}KT !trmx_mul !trmxK.
  split=> //; rewrite trmxK; have := congr1 (fun Z => L *m Z) KE.
  by rewrite mulmxA given_1 mul1mx.
by rewrite KE !trmx_mul !trmxK -MT mulmxA.
