have lt : (k < k + p + 1)%N by rewrite addn1 ltnS leq_addr.
split; first by rewrite -mulmxA det_thin.
by rewrite -2!mulmxA (mulmxA K^T) -!mulmxA (mulmxA P') (mulmxA _ Q) det_thin.
