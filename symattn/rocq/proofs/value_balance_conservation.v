mxnorm.
have E : dV^T *m V = O *m dO^T by rewrite -[O *m dO^T]trmxK trmx_mul trmxK -given_1 trmx_mul trmxK.
rewrite E given_1.
by apply/matrixP => i j; rewrite !mxE; mxentries i j; ring.
