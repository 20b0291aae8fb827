have [P [M [PT PP PQ _ trP]]] := column_projection Q.
rewrite addrC in given_8; have PA : P *m (Q *m K^T) = Q *m K^T by rewrite mulmxA PQ.
exact: (distance_least given_1 given_2 given_3 given_4 given_5 given_6 given_7 given_8 PT PP PA trP).
