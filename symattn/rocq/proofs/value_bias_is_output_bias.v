by rewrite mulmxDr mulmxA softmax_ones // mulmxDl.
