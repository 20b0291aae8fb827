rewrite -!mulmxA; blocks; rewrite !mulmxA; by congr (softmax _ (tau *: _) *m _); mxnorm.
