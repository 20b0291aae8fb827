pose S := score_slope ex tau G X Q K (V *m O).
split.
  rewrite [X in _ *m X = _](_ : _ = tau *: (X^T *m S *m X *m K)); last by rewrite /S /score_slope; gradient D.
  rewrite [X in _ = (_ *m X)^T](_ : _ = tau *: (X^T *m S^T *m X *m Q)); last by rewrite /S /score_slope; gradient D.
  by mxnorm.
rewrite [X in V^T *m X](_ : _ = (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X)^T *m G *m O^T); last by gradient D.
rewrite [X in _ = X *m _](_ : _ = (softmax ex (tau *: (X *m Q *m K^T *m X^T)) *m X *m V)^T *m G); last by gradient D.
by mxnorm.
