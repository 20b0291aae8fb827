have [sl sr] := s_bilinear.
have s0l z : s 0 z = 0 by have := sl (-1) z z z; rewrite scaleN1r addNr mulN1r addNr.
have s0r z : s z 0 = 0 by have := sr (-1) z z z; rewrite scaleN1r addNr mulN1r addNr.
have sE x y : s x y = total (x *m matrix_of s *m y^T).
  rewrite form_sum [in LHS](row_sum_delta x).
  elim/big_rec2: _ => [|i u v _ <-]; first by rewrite s0l.
  rewrite sl; congr (_ + _); rewrite [in LHS](row_sum_delta y).
  elim/big_rec2: _ => [|j w t _ <-]; first by rewrite s0r mulr0.
  by rewrite sr mulrDr !mxE !unit_rowE; congr (_ + _); rewrite mulrA mulrAC.
by split=> [H | -> //]; apply: form_eq => x y; rewrite -H sE.
