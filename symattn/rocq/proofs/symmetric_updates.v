have E : gradient (fun W : 'M[dual RR]_(d, d) => total (hadamard (lift_mx G) (lift tau *: (lift_mx X *m W *m (lift_mx X)^T)))) W = tau *: (X^T *m G *m X) by gradient D.
by rewrite E tr_scale !trmx_mul trmxK G_symmetric mulmxA.
