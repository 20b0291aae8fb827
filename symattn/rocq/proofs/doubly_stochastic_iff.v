have ES i j : S i j = S j i by rewrite -[in LHS]S_symmetric mxE.
pose N i := norm ex S i; have N0 i : 0 < N i by exact: norm_gt0.
have rE i j : (rowsum (map_mx ex S) *m ones RR 1 n) i j = N i by rewrite outer11 onesE mulr1 rowsum_exp.
have lE i j : (ones RR n 1 *m (rowsum (map_mx ex S))^T) i j = N j by rewrite outer11 onesE mul1r [LHS]mxE rowsum_exp.
have one : softmax ex S *m ones RR n 1 = ones RR n 1 by exact: softmax_ones.
have even_of : (ones RR n 1)^T *m softmax ex S = (ones RR n 1)^T -> forall i j, N i = N j.
  move=> E; pose i0 : 'I_n := Ordinal n_min; case: (Order.TotalTheory.arg_minP N (isT : xpredT i0)) => j _ least.
  have Z : \sum_i ex (S i j) * ((N j)^-1 - (N i)^-1) = 0.
    under eq_bigr do rewrite mulrBr; rewrite sumrB -mulr_suml.
    have -> : \sum_i ex (S i j) = N j by apply: eq_bigr => i _; rewrite ES.
    have c1 : \sum_i softmax ex S i j = 1.
      have := congr1 (fun M : 'M_(1, n) => M 0 j) E; rewrite !mxE => <-.
      by apply: eq_bigr => i _; rewrite [in RHS]mxE onesE mul1r.
    by rewrite mulfV ?lt0r_neq0 // -{1}c1 -sumrB big1 // => i _; rewrite softmaxE subrr.
  have same i : N i = N j.
    move/eqP: Z; rewrite psumr_eq0 => [/allP/(_ i (mem_index_enum i))|l _].
      by rewrite mulf_eq0 (negPf (exp_neq0 ex_laws _)) /= subr_eq0 => /eqP/invr_inj.
    by rewrite mulr_ge0 ?(ltW (exp_gt0 ex_laws _)) // subr_ge0 lef_pinv ?posrE ?least.
  by move=> i l; rewrite !same.
have sym_of : (forall i j, N i = N j) -> softmax ex S = (softmax ex S)^T.
  by move=> E; apply/matrixP => i j; rewrite [RHS]mxE !softmaxE ES -/(N i) -/(N j) (E i j).
have col_of : softmax ex S = (softmax ex S)^T -> (ones RR n 1)^T *m softmax ex S = (ones RR n 1)^T.
  by move=> E; rewrite E -trmx_mul one.
split; split=> [E | E]; first exact/sym_of/even_of; first exact: col_of.
  by apply/matrixP => i j; rewrite rE lE; apply: even_of.
by apply/col_of/sym_of => i j; rewrite -(rE i j) E lE.
