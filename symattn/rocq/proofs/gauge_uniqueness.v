move=> E; split; last by move=> [-> /(congr1 (fun Z => L *m Z))]; rewrite !mulmxA given_1 !mul1mx.
have MK : K^T *m M^T = 1%:M by rewrite -trmx_mul given_2 tr_identity.
have MK' : K'^T *m M'^T = 1%:M by rewrite -trmx_mul given_4 tr_identity.
exists (K^T *m M'^T), (L' *m Q).
have QE : Q' = Q *m (K^T *m M'^T) by rewrite mulmxA E -mulmxA MK' mulmx1.
have KE : K'^T = L' *m Q *m K^T by rewrite -mulmxA E mulmxA given_3 mul1mx.
have KE' : K' = K *m (L' *m Q)^T by rewrite -[LHS]trmxK KE [LHS]trmx_mul trmxK.
split=> //; split=> //.
have HG : L' *m Q *m (K^T *m M'^T) = 1%:M by rewrite -mulmxA -QE given_3.
by split=> //; apply: mulmx1C.
