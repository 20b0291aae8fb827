split=> [H | [B BE] T].
  by have [W E] := H 1%:M; exists (W *m X^T); rewrite mulmxA E.
by exists (B *m T *m B^T); rewrite !mulmxA BE mul1mx -mulmxA -trmx_mul BE trmx1 mulmx1.
