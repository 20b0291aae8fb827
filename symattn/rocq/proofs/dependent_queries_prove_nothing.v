exists (zeros RR d k), ((unit_row RR d 0)^T *m unit_row RR k 0).
split=> [|M]; rewrite /zeros !mul0mx ?mulmx0 ?trmx0 //.
case: d d_min => [|d] // _; case: k k_min M => [|k] // _ M.
rewrite !(unit_rowE _ 0) trmx_delta mul_delta_mx => /matrixP/(_ 0 0)/eqP.
by rewrite !mxE oner_eq0.
