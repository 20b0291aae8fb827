exists (unit_row RR d 0), (unit_row RR d 1), ((unit_row RR d 0)^T *m unit_row RR k 0), ((unit_row RR d 1)^T *m unit_row RR k 0).
case: d d_min => [|[|d]] // _; case: k k_min => [|k] // _.
rewrite !(unit_rowE _ 0) (unit_rowE _ 1) !trmx_mul !trmxK !trmx_delta !mulmxA.
rewrite [in LHS]mul_delta_mx [in LHS](mul_delta_mx 0) [in LHS]mul_delta_mx [in LHS]mul_delta_mx [in LHS]mul_delta_mx.
rewrite [in RHS]mul_delta_mx_0 // !mul0mx total0 total11 mxE.
by apply/eqP; rewrite oner_eq0.
