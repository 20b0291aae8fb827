exact: softmax_perm.
