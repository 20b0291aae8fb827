exists ((unit_row RR n 0)^T *m unit_row RR d 0 + 2%:R *: ((unit_row RR n 1)^T *m unit_row RR d 0)), ((unit_row RR d 0)^T *m unit_row RR k 0).
case: n n_min => [|[|n]] // _; case: d d_min => [|d] // _; case: k k_min => [|k] // _.
rewrite !(unit_rowE _ 0) (unit_rowE _ 1) !trmx_mul !trmxK !trmx_delta !mulmxA.
rewrite !mul_delta_mx tr_add tr_scale !trmx_delta.
rewrite !(mulmxDl, mulmxDr, mul_scale_l, mul_scale_r) !mul_delta_mx.
rewrite (entryE _ 0 0) (entryE _ 0 1) !mxE /= !(mulr1, mulr0, addr0, add0r) addrK ltr01 //.
