have gap := norms_gap given_1 given_2 given_3; split=> [least | bal].
  move: gap; rewrite least subrr => /esym/eqP.
  rewrite paddr_eq0 ?addr_ge0 ?square_total_ge0 // => /andP[]; rewrite paddr_eq0 ?square_total_ge0 // => /andP[].
  move=> /eqP/square_total_eq0 across /eqP/square_total_eq0 on_Q /eqP/square_total_eq0 on_K.
  move/eqP: on_Q; rewrite subr_eq0 => /eqP QE; move/eqP: on_K; rewrite subr_eq0 => /eqP KE.
  move/eqP: across; rewrite subr_eq0 => /eqP same.
  have QQ : Q^T *m Q = (U^T *m Q)^T *m (U^T *m Q) by rewrite {2}QE; mxring.
  have KK : K^T *m K = (V^T *m K)^T *m (V^T *m K) by rewrite {2}KE; mxring.
  by rewrite QQ KK same.
pose D := diag_row s; pose B := U *m (D *m D) *m U^T; pose A := Q *m Q^T; pose g := A - B.
have AT : A^T = A by rewrite /A trmx_mul trmxK.
have BT : B^T = B by rewrite /B !trmx_mul trmxK !tr_diag_row !mulmxA.
have gT : g^T = g by rewrite /g tr_sub AT BT.
have squares : A *m A = B *m B.
  have -> : A *m A = Q *m K^T *m (Q *m K^T)^T by rewrite /A trmx_mul trmxK !mulmxA -(mulmxA Q) bal !mulmxA.
  rewrite given_3 /B !trmx_mul trmxK !tr_diag_row -/D !mulmxA.
  by rewrite -!(mulmxA _ V^T V) given_2 -!(mulmxA _ U^T U) given_1.
have none : total (hadamard (Q^T *m g) (Q^T *m g)) + total (hadamard (D *m U^T *m g) (D *m U^T *m g)) = 0.
  rewrite !total_gram !trmx_mul !trmxK gT tr_diag_row -/D -linearD /=.
  have -> : g *m Q *m (Q^T *m g) + g *m (U *m D) *m (D *m U^T *m g) = g *m A *m g + g *m B *m g by rewrite /A /B; mxring.
  have -> : g *m A *m g + g *m B *m g = (B *m A *m B - A *m A *m A) + (A *m B *m A - B *m A *m A).
    by rewrite /g !(mulmxBl, mulmxBr) -(mulmxA A B B) -squares !mulmxA; mxring.
  rewrite linearD !linearB /= [\tr (B *m A *m B)]mxtrace_mulC mulmxA -squares subrr add0r.
  by rewrite [\tr (A *m B *m A)]mxtrace_mulC mulmxA mxtrace_mulC !mulmxA subrr.
move/eqP: none; rewrite paddr_eq0 ?square_total_ge0 // => /andP[/eqP/square_total_eq0 Qg /eqP/square_total_eq0 Dg].
have g0 : g = 0.
  apply: square_total_eq0; rewrite total_hadamard gT {1}/g mulmxBl /A /B.
  rewrite -(mulmxA Q) Qg mulmx0 sub0r (_ : U *m (D *m D) *m U^T *m g = U *m D *m (D *m U^T *m g)); last by rewrite !mulmxA.
  by rewrite Dg mulmx0 oppr0 linear0.
have half : total (hadamard Q Q) = total (hadamard s s).
  rewrite total_hadamard -/A; move/eqP: g0; rewrite subr_eq0 => /eqP ->.
  by rewrite /B mxtrace_mulC !mulmxA given_1 mul1mx trace_diag_row.
have -> : total (hadamard K K) = total (hadamard Q Q) by rewrite !total_gram bal.
by rewrite half mulr_natl mulr2n.
