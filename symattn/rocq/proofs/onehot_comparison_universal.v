move=> T; exists (R *m T *m R^T).
have RX : R^T *m X^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
by rewrite !mulmxA given_1 mul1mx -mulmxA RX mulmx1.
