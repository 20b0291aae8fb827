have key (x y : 'M[RR]_(1, d)) : \sum_(h < H) softmax ex (tau *: (z *m Q h *m (K h)^T *m trmx (col_mx x (col_mx y (col_mx z Z))))) *m col_mx x (col_mx y (col_mx z Z)) *m V h *m O h
  = \sum_(h < H) softmax ex (tau *: (z *m Q h *m (K h)^T *m trmx (col_mx y (col_mx x (col_mx z Z))))) *m col_mx y (col_mx x (col_mx z Z)) *m V h *m O h.
  apply: eq_bigr => h _; congr (_ *m _).
  rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
  by congr (_ / _); rewrite addrCA.
exists (unit_row RR d 0), (zeros RR 1 d) => -[]; rewrite key => -> /matrixP.
by case: (d) d_min => // n _ /(_ 0 0)/eqP; rewrite !mxE eq_sym oner_eq0.
