case: d d_min => [|d] // _; case: k k_min => [|k] // _.
exists (zeros RR d.+1 k.+1), (zeros RR d.+1 k.+1), (zeros RR d.+1 k.+1), ((unit_row RR d.+1 0)^T *m unit_row RR k.+1 0).
split=> [|H]; rewrite /zeros !mul0mx //.
rewrite !(unit_rowE _ 0) trmx_delta mul_delta_mx => /matrixP/(_ 0 0)/eqP.
by rewrite !mxE oner_eq0.
