case: N N_min => [|[|N]] // _ G [-> /matrixP/(_ 0 0)/eqP].
by rewrite !mxE /= oner_eq0.
