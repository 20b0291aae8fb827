rewrite !(mulmxDl, mulmxDr, mul_scale_l, mul_scale_r, totalD, totalZ) -(form_tr x W x).
by rewrite mulrDr -mulrDl half_half // mul1r.
