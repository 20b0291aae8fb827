exists ((lg 2%:R)%:M), 0, 0; case: m m_min => [|n] // _; set S := col_mx _ _.
have ST : S = S^T by rewrite /S tr_col_mx !tr_row_mx tr_scalar_mx !trmx0 -!block_mxEh -block_mxEv.
split=> // E; have /(congr1 (fun M : 'M[RR]_(1 + n.+1) => M (lshift _ 0) (rshift 1 0))) := E.
rewrite [RHS]mxE !softmaxE; have -> : S (rshift 1 0) (lshift n.+1 0) = S (lshift n.+1 0) (rshift 1 0) by rewrite {1}ST mxE.
move/(mulfI (exp_neq0 ex_laws _))/invr_inj; rewrite /norm !big_split_ord !big_ord1 /=.
have up l : S (lshift _ 0) (rshift 1 l) = 0 by rewrite /S col_mxEu row_mxEr mxE.
have dn l : S (rshift 1 0) (rshift 1 l) = 0 by rewrite /S col_mxEd row_mxEr mxE.
have ul : S (lshift _ 0) (lshift _ 0) = lg 2%:R by rewrite /S col_mxEu row_mxEl mxE eqxx.
have dl : S (rshift 1 0) (lshift _ 0) = 0 by rewrite /S col_mxEd row_mxEl !mxE.
rewrite ul dl (expK lg_laws) ?ltr0Sn // (eq_bigr (fun=> ex 0)) => [|l _]; last by rewrite up.
rewrite [in RHS](eq_bigr (fun=> ex 0)) => [|l _]; last by rewrite dn.
by move/addIr/eqP; rewrite (exp0 ex_laws) -subr_eq0 -[X in _ - X]/(1%:R) -natrB // oner_eq0.
