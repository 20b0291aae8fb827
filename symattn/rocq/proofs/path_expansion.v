set S := \sum_(h < H) _.
have -> : \sum_(g < G) B g *m (X + S) *m N g = \sum_(g < G) B g *m X *m N g +
    \sum_(g < G) \sum_(h < H) B g *m A h *m X *m M h *m N g.
  rewrite -big_split; apply: eq_bigr => g _; rewrite mulmxDr mulmxDl; congr (_ + _).
  by rewrite mulmx_sumr mulmx_suml; apply: eq_bigr => h _; rewrite !mulmxA.
by rewrite !addrA.
