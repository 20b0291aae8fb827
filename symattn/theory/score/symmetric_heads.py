"""The heads whose form is symmetric.

When the query columns are independent, Q Kᵀ is symmetric exactly when keys are made of queries by a symmetric matrix.

    Q, K     d×k   queries and keys
    L        k×d   a left inverse of Q: L Q = 1, which shows that its columns are linearly independent
    M, N     k×k   what keys are made of queries with, K = Q M
    x, z           a token, 1×d, and a row along the queries, 1×k

Main results
    symmetric_iff_keys_are_queries    Q Kᵀ is symmetric exactly when K = Q M with M symmetric, for independent queries
    mixing_is_unique                  M is then unique
    mixing_decides_sign               and positive semidefinite exactly when the form is
    dependent_queries_prove_nothing   for dependent queries that is false
"""

from __future__ import annotations

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Not,
    T,
    hstack,
    identity,
    inverse,
    matrix,
    row,
    sizes,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, prove, theorem
from symattn.theory.score.bilinear_form import score

k, r = sizes("k r")
d_one, k_one = sizes("d", min=1), sizes("k", min=1)

wide = k + r
Q, K, L = matrix("Q", wide, k), matrix("K", wide, k), matrix("L", k, wide)
M, N = matrix("M", k, k), matrix("N", k, k)
M_s = matrix("M", k, k, symmetric=True)
block, below = matrix("A", k, k, invertible=True), matrix("B", r, k)
independent = Equal(L @ Q, identity(k))
full_rank = {Q: vstack(block, below), L: hstack(inverse(block), zeros(k, r))}
symmetric_head = Equal(Q @ K.T, T(Q @ K.T))


@theorem(
    says=Iff(symmetric_head, Exists(M, And(Equal(M, M.T), Equal(K, Q @ M)), (T(L @ K),))),
    given=independent,
    instances=({**full_rank, K: vstack(block, below) @ M_s},),
    section="2.7",
    source="not found stated elsewhere",
)
def symmetric_iff_keys_are_queries():
    """With independent query columns, Q Kᵀ is symmetric exactly when K = Q M for a symmetric M.

    Independent means that some L has L Q = 1, which needs d ≥ k.
    """
    given = (independent, symmetric_head)
    with argument(independent) as a:
        symmetric = a.suppose("the form is symmetric", symmetric_head)
        keys = a.have(
            "so K = Q M for M = (L K)ᵀ", calc(K, given).eq(K @ T(L @ Q), by="L Q = 1").eq(Q @ T(L @ K), by=symmetric)
        )
        mixing = a.have(
            "and M is symmetric", calc(L @ K, given).eq(L @ Q @ T(L @ K), by=keys).eq(T(L @ K), by="L Q = 1")
        )
        back = "back, Q (Q M)ᵀ = Q M Qᵀ is symmetric when M is"
        a.show(symmetric_iff_keys_are_queries.says, by=(independent, keys, mixing), words=back)
    return a


@theorem(
    says=Equal(M, N),
    given=(independent, Equal(K, Q @ M), Equal(K, Q @ N)),
    instances=({**full_rank, K: vstack(block, below) @ M, N: M},),
    section="2.7",
    source="textbook linear algebra",
)
def mixing_is_unique():
    """The M with K = Q M is unique when the query columns are independent."""
    return (
        calc(M, mixing_is_unique.given)
        .eq(L @ (Q @ M), by=independent)
        .eq(L @ (Q @ N), by="both are K")
        .eq(N, by=independent)
    )


x_w, z = row("x", wide), row("z", k)


@theorem(
    says=Iff(ForAll(x_w, AtMost(0, score(x_w, x_w, Q @ M @ Q.T))), ForAll(z, AtMost(0, score(z, z, M)))),
    given=independent,
    instances=(full_rank,),
    section="2.7",
    source="textbook linear algebra",
    sketch="x Q M Qᵀ xᵀ is what M makes of the row x Q, and every row z is of that kind: z = (z L) Q.",
)
def mixing_decides_sign():
    """With independent query columns, Q M Qᵀ scores no token with itself below 0 exactly when M does no row."""
    return prove(mixing_decides_sign.says, independent, hints=[z @ L, x_w @ Q])


Q_1, K_1 = matrix("Q", d_one, k_one), matrix("K", d_one, k_one)
M_1 = matrix("M", k_one, k_one)
e_0, f_0 = unit(d_one, 0), unit(k_one, 0)


@theorem(
    says=Exists(
        (Q_1, K_1),
        And(Equal(Q_1 @ K_1.T, T(Q_1 @ K_1.T)), ForAll(M_1, Not(Equal(K_1, Q_1 @ M_1)))),
        (zeros(d_one, k_one), e_0.T @ f_0),
    ),
    section="2.7",
    source="not found stated elsewhere",
    sketch="For Q = 0 the form is 0, which is symmetric, and every Q M is 0; but K = e_0ᵀ e_0 is not 0.",
)
def dependent_queries_prove_nothing():
    """With dependent query columns Q Kᵀ can be symmetric though the keys are made of no queries, as for Q = 0."""
    ...
