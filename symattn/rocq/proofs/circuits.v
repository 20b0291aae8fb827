(* qk_ov_factor *)
by rewrite -!mulmxA -given_2 !mulmxA -(mulmxA X Q) given_1 !mulmxA.

(* concat_sum *)
exact: concat_stack.

(* head_symmetries *)
have CE := concat_inj given_1; have FE := concat_inj given_2.
apply: eq_bigr => h _; rewrite -!mulmxA (mulmxA (C h)) CE (mulmxA (F h)) FE /identity !mul1mx !mulmxA //.

(* path_expansion *)
set S := \sum_(h < H) _.
have -> : \sum_(g < G) B g *m (X + S) *m N g = \sum_(g < G) B g *m X *m N g +
    \sum_(g < G) \sum_(h < H) B g *m A h *m X *m M h *m N g.
  rewrite -big_split; apply: eq_bigr => g _; rewrite mulmxDr mulmxDl; congr (_ + _).
  by rewrite mulmx_sumr mulmx_suml; apply: eq_bigr => h _; rewrite !mulmxA.
by rewrite !addrA.

(* score_composition *)
pose Y h := A h *m X *m M h; set S := \sum_(h < H) _.
have T : S^T = \sum_h (Y h)^T by rewrite linear_sum.
have XS : X *m W *m S^T = \sum_h X *m W *m (Y h)^T by rewrite T mulmx_sumr.
have SX : S *m W *m X^T = \sum_h Y h *m W *m X^T by rewrite !mulmx_suml.
have SS : S *m W *m S^T = \sum_h \sum_h' Y h *m W *m (Y h')^T.
  by rewrite !mulmx_suml; apply: eq_bigr => h _; rewrite T mulmx_sumr.
have add4 (a b c e : 'M[RR]_(n, n)) : a + b + (c + e) = a + b + c + e.
  by apply/matrixP => i j; rewrite !mxE; ring.
rewrite mulmxDr !mulmxDl XS SX SS. exact: add4.

(* virtual_weights *)
split=> [H | E x]; last by rewrite -mulmxA E /zeros mulmx0.
by apply: row_eq => x; rewrite mulmxA H /zeros mulmx0.

(* bias_fold *)
rewrite -!mulmxA; blocks; rewrite !mulmxA; by congr (softmax _ (tau *: _) *m _); mxnorm.
