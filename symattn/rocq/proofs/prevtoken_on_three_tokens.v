case: d d_min => [|[|c]] // _.
pose f (i j : nat) : nat := (match i, j with 0, 0 => 6 | 1, 0 => 1 | 1, 1 => 2 | 2, 1 => 1 | _, _ => 0 end)%N.
exists (\matrix_(i, j) (f i j)%:R); set A := _ *m _.
have AE (i j : 'I_3) : entry A i j = (f i 0 * f j 0 + f i 1 * f j 1)%:R%N.
  rewrite entryE mxE !big_ord_recl big1 => [|l _]; first by rewrite !mxE /= addr0 natrD !natrM.
  by rewrite !mxE /=; case: (i : nat) => [|[|[|?]]]; rewrite ?mul0r ?mulr0.
by rewrite (AE 1 0) (AE 1 1) (AE 1 2%:R) (AE 2%:R 1) (AE 2%:R 0) (AE 2%:R 2%:R) !subr_gt0 !ltr_nat.
