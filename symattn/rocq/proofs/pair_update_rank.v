rewrite (_ : gradient _ _ = (a *: x^T) *m y) ?mulmx_max_rank //.
apply: gradient_eq => D; transitivity (a * slope (total (lift_mx x *m moving W D *m (lift_mx y)^T))).
  by rewrite /= mul0r add0r.
by slopes; rewrite form_hadamard hadamardC -totalZ -hadamardZl mul_scale_l.
