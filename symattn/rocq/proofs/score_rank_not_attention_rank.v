split; first exact: mulmx_max_rank.
set u := col_mx _ _; set v := row_mx _ _; set S := u *m v.
have lt (i : 'I_3) : (i < 1 + (1 + (1 + m)))%N by rewrite (leq_trans (ltn_ord i)).
pose f (i : 'I_3) : 'I_(1 + (1 + (1 + m))) := Ordinal (lt i).
have f0 : f 0 = lshift _ 0 by apply: val_inj.
have f1 : f 1 = rshift 1 (lshift _ 0) by apply: val_inj.
have f2 : f 2%:R = rshift 1 (rshift 1 (lshift _ 0)) by apply: val_inj.
have two : ex (lg 2%:R) = 2%:R by rewrite (expK lg_laws) ?ltr0Sn.
have three (p : 'I_3) : [\/ p = 0, p = 1 | p = 2%:R].
  by case: p => -[|[|[|//]]] lt_p; [constructor 1 | constructor 2 | constructor 3]; apply: val_inj.
have uE i : u (f i) 0 = (i : nat)%:R.
  by case: (three i) => ->; rewrite ?f0 ?f1 ?f2 /u ?(col_mxEu, col_mxEd) !mxE //= ?mulr1.
have vE j : v 0 (f j) = (j : nat)%:R * lg 2%:R.
  by case: (three j) => ->; rewrite ?f0 ?f1 ?f2 /v ?(row_mxEl, row_mxEr) !mxE //= ?mulr1 ?mul0r ?mul1r.
have e2 : ex (2%:R * lg 2%:R) = 4%:R by rewrite mulr_natl mulr2n (expD ex_laws) two -natrM.
have e4 : ex (4%:R * lg 2%:R) = 16%:R by rewrite (natrD _ 2 2) mulrDl (expD ex_laws) e2 -natrM.
pose g (i j : nat) : nat := (match i, j with 1, 1 => 2 | 1, 2 => 4 | 2, 1 => 4 | 2, 2 => 16 | _, _ => 1 end)%N.
have sE i j : ex (S (f i) (f j)) = (g i j)%:R.
  rewrite outer11 uE vE; case: (three i) => ->; case: (three j) => ->; rewrite /= ?mul0r ?mul1r ?mulr0 ?(exp0 ex_laws) ?two ?e2 //.
  by rewrite mulrA -natrM e4.
have rE : (\matrix_(i < 3, j < 3) (g i j)%:R : 'M[RR]_3) = diag_col (\matrix_(i, _) norm ex S (f i)) *m mxsub f f (softmax ex S).
  by apply/matrixP => i j; rewrite mul_diag_col mxE [X in X * _]mxE [mxsub _ _ _ _ _]mxE softmaxE -sE mulrCA mulfV ?mulr1 // (norm_neq0 ex_laws).
apply: leq_trans (rank_mxsub f f _); apply: leq_trans (mxrankM_maxr (diag_col (\matrix_(i, _) norm ex S (f i))) _).
rewrite -rE.
have [c six] : exists c : RR, 6%:R * c = 1 by exists 6%:R^-1; rewrite mulfV // pnatr_eq0.
pose h (i j : nat) : RR := match i, j with
  | O, O => 16%:R | O, S O => - 12%:R | O, _ => 2%:R | S O, O => - 12%:R | S O, S O => 15%:R | S O, _ => - 3%:R
  | _, O => 2%:R | _, S O => - 3%:R | _, _ => 1 end.
apply: (@rank_ge _ _ _ _ 1%:M _ (c *: \matrix_(i, j) h i j)); rewrite mul1mx.
have sum3 (x : 'I_3 -> RR) : \sum_i x i = x 0 + x 1 + x 2%:R.
  by rewrite !big_ord_recl big_ord0 addr0 addrA; congr (_ + x _ + x _); apply: val_inj.
have [n0 n1 n2] : [/\ nat_of_ord (0 : 'I_3) = 0%N, nat_of_ord (1 : 'I_3) = 1%N & nat_of_ord (2%:R : 'I_3) = 2%N] by [].
apply/matrixP => i j; rewrite [1%:M i j](_ : _ = (eqn i j)%:R); last by rewrite mxE -val_eqE.
rewrite mxE sum3 !mxE; case: (three i) => ->; case: (three j) => ->; rewrite /h /g ?n0 ?n1 ?n2.
all: cbv beta iota; cbn [eqn nat_of_bool]; match goal with |- _ = _ *+ 1%N => by rewrite -[RHS]six; ring | _ => ring end.
