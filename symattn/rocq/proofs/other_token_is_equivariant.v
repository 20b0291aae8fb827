congr (_ *m _); rewrite mulmxBl mulmxBr mul1mx mulmx1; congr (_ - _).
case/is_perm_mxP: Pi_permutation => s ->; apply/matrixP => i j.
rewrite perm_mulE [LHS]mxE onesE; under eq_bigr do rewrite onesE mul1r.
rewrite (bigD1 ((s^-1)%g j)) //= !mxE permKV eqxx big1 ?addr0 // => l ne; rewrite !mxE.
by case: eqP => // E; move: ne; rewrite -E permK eqxx.
