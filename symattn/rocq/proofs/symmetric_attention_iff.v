have ES i j : S i j = S j i by rewrite -[in LHS]S_symmetric mxE.
have rE i j : (rowsum (map_mx ex S) *m ones RR 1 n) i j = norm ex S i by rewrite outer11 onesE mulr1 rowsum_exp.
have lE i j : (ones RR n 1 *m (rowsum (map_mx ex S))^T) i j = norm ex S j by rewrite outer11 onesE mul1r [LHS]mxE rowsum_exp.
split=> [/matrixP E | /matrixP E]; apply/matrixP => i j.
  have := E i j; rewrite [RHS]mxE !softmaxE ES => /(mulfI (exp_neq0 ex_laws _))/invr_inj NE.
  by rewrite rE lE.
have := E i j; rewrite rE lE => NE.
by rewrite [RHS]mxE !softmaxE ES NE.
