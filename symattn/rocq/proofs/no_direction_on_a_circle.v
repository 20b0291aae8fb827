have T0 : total (rowsum (hadamard Pi S) - rowsum (hadamard Pi^T S)) = 0.
  rewrite totalB !rowsumE; have S0 (A : 'M[RR]_(n, n)) : total (A *m ones RR n 1) = total A.
    by rewrite /total; apply: eq_bigr => i _; rewrite big_ord1 mxE; apply: eq_bigr => j _; rewrite mxE mulr1.
  rewrite !S0; have -> : hadamard Pi^T S = (hadamard Pi S)^T by rewrite tr_hadamard S_symmetric.
  by rewrite totalT subrr.
have L : total (c *: ones RR n 1) <= 0.
  by rewrite -T0 /total; apply: ler_sum => i _; rewrite !big_ord1 given_1.
move: L; rewrite totalZ; have -> : total (ones RR n 1) = n%:R.
  rewrite /total (eq_bigr (fun=> 1)) => [|i _]; last by rewrite big_ord1 mxE.
  by rewrite sumr_const card_ord.
by rewrite pmulr_lle0 // ltr0n.
