"""Chapter 3, continued.  Which attention patterns a narrow head can make.

    X, Y   n×d, d×n   tokens that are linearly independent: X Y = 1
    Q, K   d×k        queries and keys; the scale is taken into Q
    P      n×n        a pattern: positive, rows that sum to 1
    C      n×n        1 - 1 1ᵀ/n, which takes the mean off each row
    p      n×1        a number for each key, all different
    f      n×1        for each query the number of the key that it is to find

Main results
    lowrank_bottleneck_exact   P is made in width k exactly when rank(log P · C) ≤ k
    lowrank_bottleneck_bound   and that rank is never more than n - 1
    hard_pattern_k2            in width 2 every query can prefer any key: the score is f² - (p - f)²
"""

from symattn.language import (
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Rank,
    hadamard,
    hstack,
    identity,
    log,
    matrix,
    ones,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem

n = sizes("n", min=1)
d, k, m = sizes("d k m", min=0)
X, Y = matrix("X", n, d), matrix("Y", d, n)
Q, K = matrix("Q", d, k), matrix("K", d, k)
P = matrix("P", n, n, positive=True)
B, D = matrix("B", n, k), matrix("D", k, n)
C = identity(n) - ones(n, n) / n
S = X @ Q @ K.T @ X.T

independent = Equal(X @ Y, identity(n))
stochastic = Equal(P @ ones(n, 1), ones(n, 1))


@theorem(
    card="3.19",
    says=Iff(Exists((Q, K), Equal(softmax(S), P)), Rank(log(P) @ C) <= k),
    given=(independent, stochastic),
)
def lowrank_bottleneck_exact():
    """With independent tokens, a pattern is made by a head of width k exactly when its centred logarithm has rank at most k."""
    given = lowrank_bottleneck_exact.given
    made = Equal(softmax(S), P)
    lost = (
        calc(log(P) @ C, (*given, made))
        .eq(log(softmax(S)) @ C, by="the pattern is made")
        .eq(S @ C, by="the logarithm of a softmax is the scores less one number a row, and C takes that off")
    )
    centred = Equal(S, log(P) @ C)
    back = (
        calc(softmax(S), (*given, centred))
        .eq(softmax(log(P) @ C), by="the scores are the centred logarithm")
        .eq(softmax(log(P)), by="C takes one number off each row")
        .eq(P, by="the rows of P sum to 1")
    )
    thin = Exists((B, D), Equal(log(P) @ C, B @ D))
    some = Exists((Q, K), made)
    steps = (
        prove(Implies(some, Rank(log(P) @ C) <= k), given, using=(lost.theorem(),)),
        prove(Implies(Rank(log(P) @ C) <= k, thin)),
        prove(Implies(thin, Exists((Q, K), centred)), given, hints=(Y @ B, Y @ D.T)),
        prove(Implies(Exists((Q, K), centred), Exists((Q, K), made, witness=(Q, K))), given, using=(back.theorem(),)),
    )
    return prove(lowrank_bottleneck_exact.says, given, using=steps)


P1 = hstack(matrix("A", m + 1, m, positive=True), matrix("b", m + 1, 1, positive=True))
C1 = identity(m + 1) - ones(m + 1, m + 1) / (m + 1)


@theorem(card="3.19", says=Rank(log(P1) @ C1) <= m)
def lowrank_bottleneck_bound():
    """The centred logarithm of a pattern on m + 1 tokens has rank at most m, so width n - 1 is always enough."""
    keep = vstack(identity(m), zeros(1, m))
    fill = hstack(identity(m), -ones(m, 1))
    return prove(lowrank_bottleneck_bound.says, hints=(log(P1) @ C1 @ keep, fill))


p, f = matrix("p", n, 1), matrix("f", n, 1)
queries, keys = hstack(2 * f, ones(n, 1)), hstack(p, -hadamard(p, p))
gap = f @ ones(1, n) - ones(n, 1) @ p.T


@theorem(
    card="3.21",
    says=And(
        Equal(queries @ keys.T, hadamard(f, f) @ ones(1, n) - hadamard(gap, gap)),
        Rank(queries @ keys.T) <= 2,
    ),
)
def hard_pattern_k2():
    """In width 2 the score is f_i² - (p_j - f_i)²: query i scores highest at the key whose number is nearest to f_i.

    With whole numbers p_j = j the best key wins by at least 1.  Queries are (2 f, 1), keys (p, -p²).
    """
    return prove(hard_pattern_k2.says, hints=(queries, keys.T))


