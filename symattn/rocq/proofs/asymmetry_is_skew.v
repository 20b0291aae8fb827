rewrite !(mulmxBl, mulmxBr, mul_scale_l, mul_scale_r, totalB, totalZ) -(form_tr y W x).
by rewrite mulrA two_half // mul1r.
