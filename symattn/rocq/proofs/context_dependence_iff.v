split=> [H | ->]; last by rewrite /zeros => Y; rewrite !mulmx0.
have V_d (A : 'M[RR]_(1, d)) : A *m V = x *m V.
  have := H (ones RR m 1 *m A).
  have rE (B : 'M[RR]_(1, d)) : exists w, 0 < w /\ softmax ex (x *m W *m trmx (col_mx x (ones RR m 1 *m B))) *m col_mx x (ones RR m 1 *m B) *m V = (1 - w) *: (x *m V) + w *: (B *m V).
    set S := x *m W *m trmx _.
    exists (\sum_(l < m) softmax ex S 0 (rshift 1 l)); split.
      by apply: sum_gt0 => // l; apply: softmax_gt0.
    have s1 : 1 - \sum_(l < m) softmax ex S 0 (rshift 1 l) = softmax ex S 0 (lshift m 0).
      have := softmax_sum ex_laws S 0 isT; rewrite big_split_ord big_ord1 /= => <-; by rewrite addrK.
    rewrite s1; apply/matrixP => i j; rewrite (ord1 i) -mulmxA mul_col_mx mxE big_split_ord big_ord1 col_mxEu.
    rewrite [RHS]mxE [X in _ = X + _]mxE [X in _ = _ + X]mxE; congr (_ + _); rewrite mulr_suml.
    by apply: eq_bigr => l _; rewrite col_mxEd -mulmxA outer11 onesE mul1r.
  have [w [w0 ->]] := rE A; have [u [u0 ->]] := rE x.
  rewrite -[RHS]scalerDl subrK scale1r => E; apply: (scalerI (lt0r_neq0 w0)).
  have := congr1 (fun Z => Z - (1 - w) *: (x *m V)) E; rewrite addrAC subrr add0r => ->.
  by rewrite scalerBl scale1r opprB addrC subrK.
have : x *m V = 0 by rewrite -(V_d 0) mul0mx.
move=> xV; apply: row_eq => y; by rewrite V_d xV /zeros mulmx0.
