rewrite /identity /zeros in given_1 given_2 given_3 given_4 given_5 given_6 given_7.
have up5 : u'^T *m u = 0 by rewrite -[LHS]trmxK trmx_mul trmxK given_5 trmx0.
have one (x y : 'M[RR]_(d, 1)) : x^T *m x = 1%:M -> y^T *m y = 1%:M -> \tr (y *m x^T *m x *m y^T) = 1.
  by move=> xx yy; rewrite -(mulmxA y) xx mulmx1 mxtrace_mulC yy mxtrace1.
have seen (x y : 'M[RR]_(d, 1)) : x^T *m x = 1%:M -> y^T *m y = 1%:M -> x^T *m E = 0 ->
    total (hadamard (E + b *: (x *m y^T)) (E + b *: (x *m y^T))) = b ^+ 2 + \tr (E^T *m E).
  move=> xx yy xE; have Ex : E^T *m x = 0 by rewrite -[LHS]trmxK trmx_mul trmxK xE trmx0.
  rewrite total_gram; mxnorm; rewrite -!(mulmxA y x^T E) xE Ex !(mulmx0, mul0mx, scaler0, addr0, add0r).
  by rewrite addrC linearD !linearZ /= one // mulr1 expr2.
split; first by rewrite !seen.
rewrite total_gram; mxnorm; rewrite -!(mulmxA _ u^T u') -!(mulmxA _ u'^T u) given_5 up5.
rewrite !(mulmx0, mul0mx, scaler0, subr0, sub0r, scalerN, opprK) linearD !linearZ /= !one // !mulr1 expr2; ring.
