split; first exact: gram_psd.
have -> : X *m Q *m Q^T *m X^T = (X *m Q) *m (X *m Q)^T by rewrite trmx_mul !mulmxA.
by apply: psdZ; [rewrite ltW | apply: gram_psd].
