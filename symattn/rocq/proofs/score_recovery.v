have lE : map_mx lg (softmax ex S) = S - map_mx lg (rowsum (map_mx ex S)) *m ones RR 1 n.
  apply/matrixP => i j; rewrite mxE (log_softmax ex_laws lg_laws) // [RHS]mxE [X in _ = _ + X]mxE outer11 onesE mulr1.
  by rewrite [X in _ = _ - X]mxE rowsum_exp.
by rewrite lE mulmxBl -mulmxA given_1 /zeros mulmx0 subr0.
