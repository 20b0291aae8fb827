have h2 := half_half unit_2; move: (2%:R^-1) h2 => t h2.
split=> [[-> [S_ F_]]|[-> ->]].
  rewrite !tr_add -S_; have -> : F^T = - F by rewrite {2}F_ opprK.
  split; apply/matrixP => i j; rewrite !mxE.
    by rewrite -[LHS]mul1r -h2; ering.
  by rewrite -[LHS]mul1r -h2; ering.
split; [|split]; apply/matrixP => i j; rewrite !mxE.
- by rewrite -[LHS]mul1r -h2; ering.
- by ering.
by ering.
