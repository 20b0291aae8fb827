"""Chapter 3.  Low rank: what a head of width k can score, in how many ways, how near, and at what cost.

low_rank            what such a score can be                 costs              parameters and multiplications
determinants        minors, and the spectrum of a head       gauge              one form, many factors
approximations      how near a form of low rank comes:       projections        what an orthogonal projection keeps
operator_norm       for the token that shows it most,        singular_values    how small factors can be
best_form           and when only one comes nearest          decompositions     what these start from
attention_rank      the rank of weights, not of scores       patterns           which weights a narrow head can make
causal_weights      the same under a causal mask
inverses            numbers that are seen to be large
"""
