have [lK _] := lg_laws; have [eD e0 _] := ex_laws.
have lM x y : 0 < x -> 0 < y -> lg (x / y) = lg x - lg y.
  move=> x0 y0; have [_ eK] := lg_laws; rewrite -{1}(eK x x0) -{1}(eK y y0).
  have eN z : (ex z)^-1 = ex (- z).
    by apply: (mulfI (lt0r_neq0 (e0 z))); rewrite mulfV ?lt0r_neq0 // -eD subrr; apply: (mulfI (lt0r_neq0 (e0 0))); rewrite -eD addr0 mulr1.
  by rewrite eN -eD lK.
apply/matrixP => i j; rewrite !mxE big_ord1 !mxE mulr1 lM ?lK //; last by apply: sum_gt0.
by congr (_ - lg _); apply: eq_bigr => l _; rewrite mxE.
