have := det_swap 1 Q (- K^T); rewrite !expr1n !mul1r !scale1r mulmxN mulNmx !opprK.
by rewrite [X in \det X]addrC => ->; rewrite addrC.
