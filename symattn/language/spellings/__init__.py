"""What people who know NumPy, torch or a textbook write, in terms of what the language has.

table        other names for what there is, and what is refused by name, with what to write instead
entrywise    sigmoid, tanh, silu, softplus, sqrt, square, quotient, and log_softmax
norms        comparing norms by their squares
moments      means of polynomials in random letters
attention    scaled_dot_product_attention
averages     mean, var, norm, entropy, kl, cross_entropy, rmsnorm, layernorm
order        causal, window, order, positions, tril, triu
turns        rope
algebra      dot, one_hot, blockdiag, matrix_power, hessian, logdet
pairs        kron and vec
"""
