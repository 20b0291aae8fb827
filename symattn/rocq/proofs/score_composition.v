pose Y h := A h *m X *m M h; set S := \sum_(h < H) _.
have T : S^T = \sum_h (Y h)^T by rewrite linear_sum.
have XS : X *m W *m S^T = \sum_h X *m W *m (Y h)^T by rewrite T mulmx_sumr.
have SX : S *m W *m X^T = \sum_h Y h *m W *m X^T by rewrite !mulmx_suml.
have SS : S *m W *m S^T = \sum_h \sum_h' Y h *m W *m (Y h')^T.
  by rewrite !mulmx_suml; apply: eq_bigr => h _; rewrite T mulmx_sumr.
have add4 (a b c e : 'M[RR]_(n, n)) : a + b + (c + e) = a + b + c + e.
  by apply/matrixP => i j; rewrite !mxE; ring.
rewrite mulmxDr !mulmxDl XS SX SS. exact: add4.
