split; first by gradient D.
split; first by gradient D.
split; first by gradient D.
split; first by gradient D; rewrite tr_hadamard scalerDr; mxnorm.
by rewrite /partial; slopes; rewrite scale1r 2!dot_mulr dot_softmax; mxnorm.
