have gT : dQ^T *m Q = K^T *m dK by have := congr1 trmx given_1; rewrite trmxK !trmx_mul !trmxK.
rewrite given_1 gT trmx_mul trmxK /zeros; apply/matrixP => i j; rewrite !mxE; ring.
