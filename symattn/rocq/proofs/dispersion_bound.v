have x0 := exp_neq0 ex_laws (b 0 0).
have w i j : (softmax ex (row_mx a b) *m col_mx (zeros RR m 1) (identity RR 1)) i j =
    (1 + \sum_l ex (a 0 l - b 0 0))^-1.
  rewrite !ord1 softmax_read norm_row read_row read1 norm1 /identity /zeros mxE eqxx mulr1 /read big1 => [|l _]; last
    first.
    by rewrite mxE mulr0.
  have -> : \sum_l ex (a 0 l - b 0 0) = norm ex a 0 / ex (b 0 0).
    by rewrite mulr_suml; apply: eq_bigr => l _; rewrite (expB ex_laws).
  rewrite add0r; have -> : norm ex a 0 + ex (b 0 0) = (1 + norm ex a 0 / ex (b 0 0)) * ex (b 0 0).
    by rewrite mulrDl mul1r divfK // addrC.
  by rewrite invfM mulrCA mulfV ?mulr1.
have one c i j : (c *: identity RR 1) i j = c by rewrite !ord1 /identity !mxE eqxx mulr1.
have s0 : 0 <= \sum_l ex (a 0 l - b 0 0) by rewrite sumr_ge0 // => l _; rewrite ltW ?(exp_gt0 ex_laws).
have le1 : \sum_l ex (a 0 l - b 0 0) <= m%:R * r.
  rewrite mulr_natl -[X in _ *+ X]card_ord -sumr_const ler_sum // => l _.
  by have := given_1 0 l; rewrite !mxE big_ord1 !mxE !mulr1.
have le2 : m%:R * r^-1 <= \sum_l ex (a 0 l - b 0 0).
  rewrite mulr_natl -[X in _ *+ X]card_ord -sumr_const ler_sum // => l _.
  by have := given_2 0 l; rewrite !mxE big_ord1 !mxE !mulr1.
have p0 (x : RR) : 0 <= x -> 0 < 1 + x by move=> x_ge0; rewrite add_gt0_ge0 ?ltr01.
have m0 : 0 <= m%:R :> RR by rewrite ler0n.
by split=> i j; rewrite one w lef_pinv ?posrE ?ler_add2l ?p0 // mulr_ge0 ?invr_ge0 // ltW.
