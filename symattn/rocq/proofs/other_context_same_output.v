case: d d_min x W V Z => [|d] // _ x W V Z.
exists (unit_row RR d.+1 0), (zeros RR 1 d.+1); split.
  move=> /eq_col_mx[/matrixP/(_ 0 0)/eqP]; by rewrite !mxE oner_eq0.
set y := unit_row _ _ _; set z := zeros _ _ _; clearbody y z.
rewrite -!mulmxA; blocks; apply/matrixP => i j; rewrite (ord1 i) !(softmax_read, read_row, norm_row).
by congr (_ / _); congr (_ + _); rewrite addrCA.
