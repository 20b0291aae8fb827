have LX : X^T *m L^T = 1%:M by rewrite -trmx_mul given_1 tr_identity.
split=> [E | E]; last by rewrite !trmx_mul trmxK -E mulmxA.
have := congr1 (fun Z => L *m Z *m L^T) E; rewrite !trmx_mul trmxK !mulmxA given_1 !mul1mx.
by rewrite -!(mulmxA _ X^T) LX !mulmx1.
