set A := P *m Q; set B := K^T *m R.
rewrite -[_ *m R]mulmxA -/A -/B /identity /zeros -/(block_mx 0 A (- B) 1%:M).
have : block_mx 0 A (- B) 1%:M *m block_mx 1%:M 0 B 1%:M = block_mx (A *m B) A 0 1%:M.
  by rewrite mulmx_block !(mulmx1, mul1mx, mulmx0, mul0mx, add0r, addr0) addNr.
by move/(congr1 determinant); rewrite det_mulmx det_lblock det_ublock !det1 !mulr1.
