by split; rewrite ?(mulmxDl, mulmxDr, tr_scale, mul_scale_l, mul_scale_r, totalD, totalZ).
