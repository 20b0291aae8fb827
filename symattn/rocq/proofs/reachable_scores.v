have LCT : C^T *m L^T = 1%:M by rewrite -trmx_mul given_2 trmx1.
have BRT : R^T *m B^T = 1%:M by rewrite -trmx_mul given_3 trmx1.
split; last first.
  by move/(congr1 (fun Z => L *m Z *m L^T)); rewrite !mulmxA given_2 !mul1mx -!mulmxA LCT !mulmx1.
rewrite given_1 trmx_mul; split=> [[W ->] | [Z ->]]; first by exists (B *m W *m B^T); rewrite !mulmxA.
exists (R *m Z *m R^T); rewrite !mulmxA -(mulmxA C B) given_3 mulmx1 -!mulmxA (mulmxA R^T) BRT mul1mx //.
