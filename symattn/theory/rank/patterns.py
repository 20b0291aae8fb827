"""Which attention patterns a narrow head can make.

    X, Y   n×d, d×n   tokens that are linearly independent: X Y = 1
    Q, K   d×k        queries and keys; the scale is taken into Q
    P      n×n        a pattern: positive, rows that sum to 1
    L      n×n        scores that make it: P = softmax(L), such as log P
    C      n×n        1 - 1 1ᵀ/n, which takes the mean off each row
    p      n×1        a number for each key, all different
    f      n×1        for each query the number of the key that it is to find

Main results
    pattern_has_scores         every pattern is the softmax of its own logarithm
    lowrank_bottleneck_exact   softmax(L) is made in width k exactly when rank(L C) ≤ k
    lowrank_bottleneck_bound   and that rank is never more than n - 1
    visible_block_bound        queries that all see some keys need the centred rank of their block as width
    visible_block_attained     which for m queries and m + 1 keys can be m
    hard_pattern_k2            in width 2 every query can prefer any key: the score is f² - (p - f)²
"""

from symattn.language import (
    And,
    Equal,
    Exists,
    Iff,
    Implies,
    Rank,
    diag,
    exp,
    hadamard,
    hstack,
    identity,
    inverse,
    log,
    matrix,
    ones,
    sizes,
    softmax,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, prove, theorem

n = sizes("n", min=1)
d, k, m = sizes("d k m", min=0)
X, Y = matrix("X", n, d), matrix("Y", d, n)
Q, K = matrix("Q", d, k), matrix("K", d, k)
P = matrix("P", n, n, positive=True)
L = matrix("L", n, n)
B, D = matrix("B", n, k), matrix("D", k, n)
C = identity(n) - ones(n, n) / n
S = X @ Q @ K.T @ X.T
independent = Equal(X @ Y, identity(n))

# independent tokens, of which every d = n + m has some, and scores that a head of width k makes up to a shift
U, Z = matrix("U", n, n, invertible=True), matrix("Z", n, m)
F, G = matrix("F", n + m, k), matrix("G", n + m, k)
tokens = hstack(U, Z)


@theorem(
    section="3.19",
    says=Implies(Equal(P @ ones(n, 1), ones(n, 1)), Equal(softmax(log(P)), P)),
    instances=({P: softmax(L)},),
    source="textbook calculus",
    sketch="exp undoes log, so the exponentials of the scores are P; their row sums are 1, so nothing is divided away.",
)
def pattern_has_scores():
    """Every positive pattern whose rows sum to 1 is the softmax of its own logarithm."""
    ...


made, centred, narrow = Equal(softmax(S), softmax(L)), Equal(S, L @ C), Rank(L @ C) <= k


def _made_is_narrow() -> Argument:
    """A pattern that a head makes has centred scores of rank at most k."""
    words = "the logarithm of a softmax is the scores less one number for each row, which C takes off"
    with argument() as a:
        logs = [a.have(words, Equal(log(softmax(s)) @ C, s @ C)) for s in (L, S)]
        same = a.have("so the scores agree but for the means of their rows", Equal(L @ C, S @ C), by=(*logs, made))
        ends = (X @ Q, K.T @ X.T @ C)
        a.show(
            Implies(Exists((Q, K), made), narrow),
            by=same,
            hints=ends,
            words="the scores of a head pass through width k",
        )
    return a


@theorem(
    section="3.19",
    says=Iff(Exists((Q, K), Equal(softmax(S), softmax(L))), Rank(L @ C) <= k),
    given=independent,
    instances=(
        {
            d: n + m,
            X: tokens,
            Y: vstack(inverse(U), zeros(m, n)),
            L: tokens @ F @ G.T @ tokens.T + matrix("c", n, 1) @ ones(1, n),
            Q: F,
            K: G,
        },
    ),
    source="not found stated elsewhere",
)
def lowrank_bottleneck_exact():
    """With independent tokens a head of width k can make the pattern softmax(L) exactly when L C has rank at most k.

    C takes the mean off each row.  Sharpens "set the head size to the number of tokens" to one less.
    """
    thin = Exists((B, D), Equal(L @ C, B @ D))
    with argument(independent) as a:
        forth = a.have("", _made_is_narrow())
        split = a.have("rank at most k is a factorisation", Implies(narrow, thin))
        found = a.have(
            "Q = Y B and K = Y Dᵀ score B D, since X Y = 1",
            Implies(thin, Exists((Q, K), centred)),
            by=independent,
            hints=(Y @ B, Y @ D.T),
        )
        shifted = a.have("the mean of a row does not change its softmax", Equal(softmax(L @ C), softmax(L)))
        back = a.have("so these make the pattern", Implies(Exists((Q, K), centred), Exists((Q, K), made)), by=shifted)
        a.show(lowrank_bottleneck_exact.says, by=(forth, split, found, back))
    return a


L1 = hstack(matrix("A", m + 1, m), matrix("b", m + 1, 1))
C1 = identity(m + 1) - ones(m + 1, m + 1) / (m + 1)


@theorem(section="3.19", says=Rank(L1 @ C1) <= m, source="not found stated elsewhere")
def lowrank_bottleneck_bound():
    """The centred scores of m + 1 tokens have rank at most m, so width n - 1 is enough for every pattern."""
    keep = vstack(identity(m), zeros(1, m))
    fill = hstack(identity(m), -ones(m, 1))
    with argument() as a:
        others = Equal(L1 @ C1 @ keep @ fill, L1 @ C1)
        last = a.have("the last centred score of a row is minus the sum of the others", others)
        a.show(lowrank_bottleneck_bound.says, by=last, hints=(L1 @ C1 @ keep, fill), words="a product through width m")
    return a


b, a = sizes("b", min=0), sizes("a", min=1)
early, late = matrix("Y", a, d), matrix("X", b, d)
block, scale = matrix("L", b, a), matrix("g", b, 1, positive=True)
Ca = identity(a) - ones(a, a) / a
late_scores = late @ Q @ K.T @ early.T


@theorem(
    section="3.20",
    says=Rank(block @ Ca) <= k,
    given=Equal(diag(scale) @ exp(late_scores), exp(block)),
    instances=({block: late_scores + log(scale) @ ones(1, a)},),
    source="not found stated elsewhere",
)
def visible_block_bound():
    """Queries that all see some keys bound the width of a head from below, whatever else each of them sees.

    Their weights on those keys are exp(L), up to a factor for each query; then L C has rank at most k.  In a causal
    pattern the last n - m + 1 queries all see the first m keys.
    """
    seen = visible_block_bound.given[0]
    with argument(seen) as a:
        logs = a.have("log undoes exp", Equal(block @ Ca, log(diag(scale) @ exp(late_scores)) @ Ca), by=seen)
        centred = a.have(
            "log g is one number for each row, and C takes that off", Equal(block @ Ca, late_scores @ Ca), by=logs
        )
        ends = (late @ Q, K.T @ early.T @ Ca)
        a.show(visible_block_bound.says, by=centred, hints=ends, words="the scores pass through width k")
    return a


sharp, C_sharp = hstack(identity(m), zeros(m, 1)), identity(m + 1) - ones(m + 1, m + 1) / (m + 1)


@theorem(
    section="3.20",
    says=Rank(sharp @ C_sharp) >= m,
    source="not found stated elsewhere",
    sketch=(
        "The columns of [1; -1ᵀ] sum to 0, so C leaves them as they are; and [1 0] [1; -1ᵀ] is the identity of size m."
    ),
)
def visible_block_attained():
    """For m queries and m + 1 keys that they all see, L = [1 0] has the centred rank m.

    So for 2 m tokens some causal pattern needs width m, half their number.
    """
    return prove(visible_block_attained.says, hints=(identity(m), vstack(identity(m), -ones(1, m))))


p, f = matrix("p", n, 1), matrix("f", n, 1)
queries, keys = hstack(2 * f, ones(n, 1)), hstack(p, -hadamard(p, p))
gap = f @ ones(1, n) - ones(n, 1) @ p.T


@theorem(
    section="3.21",
    says=And(Equal(queries @ keys.T, hadamard(f, f) @ ones(1, n) - hadamard(gap, gap)), Rank(queries @ keys.T) <= 2),
    source="not found stated elsewhere",
    sketch="2 f_i p_j - p_j² = f_i² - (p_j - f_i)², entry by entry; and the factors have width 2.",
    where={matrix("S", n, n): queries @ keys.T, matrix("D", n, n): gap},
)
def hard_pattern_k2():
    """In width 2 the score is f_i² - (p_j - f_i)²: query i scores highest at the key whose number is nearest to f_i.

    With whole numbers p_j = j the best key wins by at least 1.  Queries are (2 f, 1), keys (p, -p²).
    """
    return prove(hard_pattern_k2.says, hints=(queries, keys.T))
