"""How large scores are before anything is learned: why they are divided by √k.

Queries come from a sample of H rows and keys from another of J rows, and every query meets every key, so that the two
are independent.  A mean is a sum over the samples, divided by their number.

    H, J     at least 1, numbers of queries and of keys in the samples
    k        at least 1, head width
    q_i, κ_j   1×k     queries and keys
    Q_i, K_j   d×k     matrices of queries and keys;  x, y  1×d  tokens
    a, b     variances of the entries of queries and keys
    τ        the scale of scores

Main results
    dot_variance           E q·κ = 0 and E (q·κ)² = k a b for uncorrelated entries of mean 0
    dot_variance_scaled    with τ² = 1/k the variance is a b, whatever k is
    score_variance_at_init E (x Q Kᵀ yᵀ)² = k a b |x|² |y|² for random Q and K and fixed tokens x, y
    dot_with_itself        E q·q = k a: a query and a key that depend on each other have another mean
"""

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    Equal,
    ForAll,
    T,
    family,
    identity,
    index,
    inner,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    sizes,
    sum_heads,
    total,
    zeros,
)
from symattn.proof import argument, theorem

H, J, k = sizes("H J k", min=1)
i, j = index("i", H), index("j", J)
q, kappa = family("q", H, 1, k), family("kappa", J, 1, k)
a, b, tau = scalar("a"), scalar("b"), scalar("tau")
ONE = {k: 1, q: 2 * ones(1, 1), a: Integer(4), kappa: 3 * ones(1, 1), b: Integer(9), tau: Integer(-1)}
"""Rows of width 1, whose entries are uncorrelated, for there is but one."""
NONE = {q: zeros(1, k), a: Integer(0), kappa: zeros(1, k), b: Integer(0)}
VASWANI = "Vaswani et al.: Attention Is All You Need, 2017, as the reason for the scale"


def mean(value: Any) -> Any:
    """Over all pairs of a query and a key."""
    return sum_heads(sum_heads(value, j), i) / (H * J)


dot = total(q[i] @ T(kappa[j]))
CENTRED = Equal(sum_heads(q[i], i), zeros(1, k))
UNCORRELATED = (
    Equal(sum_heads(T(q[i]) @ q[i], i), H * a * identity(k)),
    Equal(sum_heads(T(kappa[j]) @ kappa[j], j), J * b * identity(k)),
)


@theorem(
    section="4.9",
    says=And(Equal(mean(dot), 0), Equal(mean(dot**2), k * a * b)),
    given=(CENTRED, *UNCORRELATED),
    instances=(NONE,),
    source=VASWANI,
)
def dot_variance():
    """A query and a key with uncorrelated entries of mean 0 have a dot product of mean 0 and variance k a b.

    Only second moments are needed: the queries have the mean 0 and the covariance a 1, the keys the second moments b 1.
    """
    none, square = dot_variance.says.args
    with argument(*dot_variance.given) as proof:
        none = proof.have("the mean query is 0", none, by=CENTRED)
        square = proof.have("(q·κ)² = q κᵀ κ qᵀ, and the mean of κᵀ κ is b 1", square, by=UNCORRELATED)
        proof.show(dot_variance.says, by=(none, square))
    return proof


@theorem(
    section="4.9",
    says=Equal(mean((tau * dot) ** 2), a * b),
    given=(*UNCORRELATED, Equal(k * tau**2, 1)),
    instances=(ONE,),
    source=VASWANI,
)
def dot_variance_scaled():
    """Divided by √k, the dot product has the variance a b for every width: 1 for entries of variance 1."""
    scale = dot_variance_scaled.given[2]
    with argument(*dot_variance_scaled.given) as proof:
        square = proof.have("the variance is k a b", Equal(mean(dot**2), k * a * b), by=UNCORRELATED)
        square = proof.have("times τ²", Equal(mean((tau * dot) ** 2), k * tau**2 * a * b), by=square)
        proof.show(dot_variance_scaled.says, by=(square, scale))
    return proof


@theorem(
    section="4.9",
    says=Equal(sum_heads(total(q[i] @ T(q[i])), i) / H, k * a),
    given=UNCORRELATED[0],
    instances=(ONE,),
    source="textbook probability",
    sketch="q qᵀ is the trace of qᵀ q, whose mean is a 1.",
)
def dot_with_itself():
    """A query that meets itself has a dot product of mean k a, so the variance k a b needs independence."""
    ...


d = sizes("d", min=0)
Q, K, x, y, G = family("Q", H, d, k), family("K", J, d, k), row("x", d), row("y", d), matrix("G", d, k)
WHITE = (
    ForAll(G, Equal(sum_heads(inner(Q[i], G) * Q[i], i), H * a * G)),
    ForAll(G, Equal(sum_heads(inner(K[j], G) * K[j], j), J * b * G)),
)
score = total(x @ Q[i] @ T(K[j]) @ y.T)


@theorem(
    section="4.9",
    says=Equal(mean(score**2), k * a * b * normsquared(x) * normsquared(y)),
    given=WHITE,
    instances=({d: 1, k: 1, Q: 2 * ones(1, 1), a: Integer(4), K: 3 * ones(1, 1), b: Integer(9)},),
    source="Glorot and Bengio, 2010, for one layer; for scores not found stated elsewhere",
    sketch=(
        "The score is ⟨Q, G⟩ with G = xᵀ y K_j, so over Q the"
        " mean of its square is a |G|² = a |x|² |y K_j|²; over K the "
        "mean of |y K_j|² is b |y|² for each of the k entries."
    ),
)
def score_variance_at_init():
    """Random Q and K with uncorrelated entries of mean 0 score fixed tokens x, y with variance k a b |x|² |y|².

    That the entries of Q are uncorrelated, of variance a, is said of any matrix G: the mean of ⟨Q, G⟩ Q is a G.  Where
    the mean of Q is 0 so is that of the score.
    """
    ...
