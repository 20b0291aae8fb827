split=> [H | ->]; last by rewrite /zeros => Y; rewrite !mulmx0.
have V_d (A : 'M[RR]_(1, d)) : A *m V = x *m V.
  have := H (ones RR m 1 *m A); set S := _ *m trmx _; set T := _ *m trmx _.
  have [w [w0 ->]] := softmax_copies ex_laws S x A V m_min; have [u [u0 ->]] := softmax_copies ex_laws T x x V m_min.
  rewrite -[RHS]scalerDl subrK scale1r => E; apply: (scalerI (lt0r_neq0 w0)).
  have := congr1 (fun Z => Z - (1 - w) *: (x *m V)) E; rewrite addrAC subrr add0r => ->.
  by rewrite scalerBl scale1r opprB addrC subrK.
have : x *m V = 0 by rewrite -(V_d 0) mul0mx.
move=> xV; apply: row_eq => y; by rewrite V_d xV /zeros mulmx0.
