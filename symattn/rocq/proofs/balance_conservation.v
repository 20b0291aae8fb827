mxnorm.
have E : dQ^T *m Q = K^T *m dK by rewrite -[K^T *m dK]trmxK -given_1 trmx_mul trmxK.
have E' : Q^T *m dQ = dK^T *m K by rewrite given_1 trmx_mul trmxK.
rewrite E E'.
by apply/matrixP => i j; rewrite !mxE; mxentries i j; ring.
