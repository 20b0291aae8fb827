have hE (h : 'M[RR]_(1, n)) i j (M : 'M[RR]_(n, n)) : (total h *: M + ones RR n 1 *m trmx (M *m h^T) + trmx (h *m M) *m ones RR 1 n) i j
   = total h * M i j + \sum_l (h 0 l * M j l) + \sum_l (h 0 l * M l i).
  rewrite !mxE !big_ord1 !mxE mul1r mulr1; congr (_ + _ + _); apply: eq_bigr => l _; rewrite !mxE // mulrC //.
split=> [[b E] h | H].
  have bE i j : L i j + b i 0 = L j i + b j 0.
    by have := congr1 (fun M : 'M[RR]_(n, n) => M i j) E; rewrite !mxE !big_ord1 !mxE !mulr1.
  apply/matrixP => i j; rewrite !hE.
  have tE (M : 'M[RR]_(n, n)) : total h * M i j = \sum_l h 0 l * M i j by rewrite -mulr_suml /total big_ord1.
  rewrite !tE -!big_split; apply: eq_bigr => l _ /=; rewrite !mxE -!mulrDr; congr (_ * _).
  have E1 : L j l = L l j + b l 0 - b j 0 by rewrite -bE; ring.
  have E2 : L l i = L i l + b i 0 - b l 0 by rewrite -bE; ring.
  have E3 : L i j = L j i + b j 0 - b i 0 by rewrite -bE; ring.
  by rewrite E1 E2 E3; ring.
case: n n_min L hE H => [|n] // _ L hE H.
exists (trmx (unit_row RR n.+1 0 *m L) - L *m (unit_row RR n.+1 0)^T).
apply/matrixP => i j; have := congr1 (fun M : 'M[RR]_(n.+1, n.+1) => M i j) (H (delta_mx 0 0)).
rewrite /= !hE; have t1 : total (delta_mx 0 0 : 'M[RR]_(1, n.+1)) = 1.
  rewrite /total big_ord1 (bigD1 ord0) //= mxE big1 ?addr0 // => l /negPf ne; by rewrite mxE ne.
have dE (f : 'I_n.+1 -> RR) : \sum_l (delta_mx 0 0 : 'M[RR]_(1, n.+1)) 0 l * f l = f 0.
  rewrite (bigD1 ord0) //= mxE mul1r big1 ?addr0 // => l /negPf ne; by rewrite mxE ne mul0r.
rewrite !dE t1 !mul1r (unit_rowE _ 0) trmx_delta -rowE -colE !mxE !big_ord1 !mxE.
entries => /eqP; rewrite -subr_eq0 => /eqP E; apply/eqP; rewrite -subr_eq0; apply/eqP; rewrite -[RHS]E; ring.
