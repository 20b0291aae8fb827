exact: jacobian_softmax.
