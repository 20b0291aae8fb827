have N0 : (0 < n + 2)%N by rewrite addn2.
have ge0 := square_total_ge0.
split=> [[L lip] | /eqP]; last first.
  rewrite mulf_eq0 => /orP[/eqP/square_total_eq0 | /eqP/square_total_eq0] zero; exists (total (hadamard M M)) => X Y; last first.
    by rewrite zero !mulmx0 subr0 !hadamard0l !total0 mul0r.
  rewrite zero !mulmx0 !mul0mx scaler0 -mulmxBl -mulmxBr [leRHS]mulrC.
  apply: le_trans (product_norm _ _) _; apply: ler_wpmul2r; first exact: ge0.
  apply: le_trans (product_norm _ _) _; rewrite -[leRHS]mul1r; apply: ler_wpmul2r; first exact: ge0.
  have even i j : softmax ex (0 : 'M[RR]_(n + 2, n + 2)) i j = (n + 2)%:R^-1.
    rewrite softmaxE /norm; under eq_bigr do rewrite mxE; rewrite mxE (exp0 ex_laws) sumr_const card_ord.
    by rewrite mul1r.
  have N1 : (n + 2)%:R != 0 :> RR by rewrite pnatr_eq0 -lt0n.
  have -> : hadamard (softmax ex 0) (softmax ex 0) = const_mx ((n + 2)%:R^-1 * (n + 2)%:R^-1) :> 'M[RR]_(n + 2, n + 2).
    by apply/matrixP => i j; rewrite [LHS]mxE !even [RHS]mxE.
  rewrite /total; under eq_bigr do under eq_bigr do rewrite mxE.
  rewrite sumr_const sumr_const card_ord -!mulr_natr -mulrA mulrACA mulVf // mulr1.
  by rewrite lexx.
apply/eqP; apply: contraT; rewrite mulf_eq0 negb_or => /andP[W0 M0].
have [u Wu uM] : exists2 u : 'M[RR]_(1, d), u *m W^T != 0 & u *m M != 0.
  have some k (A : 'M[RR]_(d, k)) : A != 0 -> exists u : 'M[RR]_(1, d), u *m A != 0.
    move=> A0; have [i Ai] : exists i, row i A != 0.
      by apply/existsP; apply: contraT; rewrite negb_exists => /forallP none; case/eqP: A0;
        apply/row_matrixP => i; rewrite row0; apply/eqP; have := none i; rewrite negbK.
    by exists (delta_mx 0 i); rewrite -rowE.
  have [|a aW] := some _ W^T.
    by apply: contra W0 => /eqP E; rewrite -[W]trmxK E trmx0 hadamard0l total0.
  have [|b bM] := some _ M; first by apply: contra M0 => /eqP ->; rewrite hadamard0l total0.
  have [aM|aM] := eqVneq (a *m M) 0; last by exists a.
  have [bW|bW] := eqVneq (b *m W^T) 0; last by exists b.
  by exists (a + b); rewrite mulmxDl ?bW ?aM ?addr0 ?add0r.
have [j uMj] : exists j, (u *m M) 0 j != 0.
  apply/existsP; apply: contraT; rewrite negb_exists => /forallP none; case/eqP: uM.
  by apply/matrixP => i j; rewrite ord1 [RHS]mxE; apply/eqP; have := none j; rewrite negbK.
pose i0 : 'I_(n + 2) := Ordinal N0.
have N2 : (1 < n + 2)%N by rewrite addn2.
pose i1 : 'I_(n + 2) := Ordinal N2.
have i10 : i1 != i0 by rewrite -val_eqE.
pose y := u *m W^T; pose c := (y *m W *m u^T) 0 0; pose s := (y *m W *m y^T) 0 0.
have c0 : 0 < c.
  have -> : c = total (hadamard y y).
    by rewrite total_hadamard trace_mx11 /c -mulmxA /y trmx_mul trmxK.
  by rewrite lt_def ge0 andbT; apply: contra Wu => /eqP/square_total_eq0 E; rewrite -/y E.
pose X (R : RR) (z : 'M[RR]_(1, d)) : 'M[RR]_(n + 2, d) :=
  \matrix_(i, l) (if i == i0 then z 0 l else if i == i1 then R * u 0 l else 0).
have X0 R z : row i0 (X R z) = z by apply/matrixP => a b; rewrite !mxE eqxx ord1.
have X1 R z : row i1 (X R z) = R *: u by apply/matrixP => a b; rewrite !mxE (negPf i10) eqxx ord1.
have X2 R z i : i != i0 -> i != i1 -> row i (X R z) = 0.
  by move=> /negPf n0 /negPf n1; apply/matrixP => a b; rewrite !mxE n0 n1.
pose S R z := tau *: (X R z *m W *m (X R z)^T).
have SE R z l : S R z i0 l = tau * (z *m W *m (row l (X R z))^T) 0 0.
  by rewrite [LHS]mxE tr_row -colE -[X in X *m W](X0 R z) -!row_mul; congr (_ * _); rewrite !mxE; apply: eq_bigr => k _; rewrite !mxE.
admit.
