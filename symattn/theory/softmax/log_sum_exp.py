"""Log-sum-exp as a soft maximum.

It lies above every score, strictly when there is another one, and above the largest by at most log n, which it reaches
when all scores are equal.

    n, m   at least 1, number of scores; number of the others, when one stands apart
    s      1×n    scores;  lse(s) = log Σ_j exp(s_j)
    c      a number above all scores, such as the largest of them
    a, b   1×m, 1×1   scores, the last one apart

Main results
    lse_bounds        s_j ≤ lse(s) ≤ c + log n
    lse_largest_iff   lse(s) = c + log n exactly when every score is c
    lse_above_scores  lse(s) is above each of two or more scores
"""

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    Implies,
    Positive,
    exp,
    hadamard,
    hstack,
    identity,
    log,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import argument, each_vanishes, theorem
from symattn.theory.softmax.convexity import below_log, below_lse, lse, x as exponent, y as number

n, m = sizes("n m", min=1)
s, a, b = row("s", n), row("a", m), row("b", 1)
c, x, y = scalar("c"), scalar("x"), scalar("y")
one = ones(1, n)
BELOW = AtMost(s, c * one)
BOUNDS = "Boyd and Vandenberghe, Convex Optimization, section 3.1.5"


@theorem(
    section="4.5",
    says=And(AtMost(s, lse(s) * one), AtMost(lse(s), c + log(n))),
    given=BELOW,
    instances=({c: total(exp(s))},),
    source=BOUNDS,
)
def lse_bounds():
    """Log-sum-exp is at least every score, and at most log n above the largest."""
    with argument(BELOW) as proof:
        above = proof.have("one exponential is at most the sum of all", below_lse())
        sums = proof.have("each exponential is at most exp(c)", AtMost(exp(s), exp(c) * one), by=BELOW)
        sums = proof.have("so their sum is at most n exp(c)", AtMost(total(exp(s)), exp(c + log(n))), by=sums)
        logs = proof.at("log keeps the order", below_log(), {number: total(exp(s)), exponent: c + log(n)})
        below = proof.have("take logarithms", AtMost(lse(s), c + log(n)), by=(logs, sums))
        proof.show(lse_bounds.says, by=(above, below))
    return proof


LARGEST = Equal(lse(s), c + log(n))


@theorem(
    section="4.5",
    says=Iff(LARGEST, Equal(s, c * one)),
    given=BELOW,
    instances=({c: total(exp(s))}, {s: c * one}),
    source="textbook calculus",
)
def lse_largest_iff():
    """Log-sum-exp is log n above the largest score exactly when all scores are equal."""
    gap = exp(c / 2) * one - exp(s / 2)
    with argument(BELOW) as proof:
        half = proof.have("exp keeps the order", AtMost(exp(s / 2), exp(c / 2) * one), by=BELOW)
        square = AtMost(hadamard(gap, gap), exp(c) * one - exp(s))
        square = proof.have("(u - v)² ≤ u² - v² for u ≥ v ≥ 0", square, by=half)
        same = proof.have("exp keeps the order", AtMost(exp(x), exp(y)), by=AtMost(x, y))
        least = proof.have("if lse(s) is c + log n,", AtMost(c + log(n), lse(s)), by=LARGEST)
        same = proof.at("n exp(c) is at most the sum", same, {x: c + log(n), y: lse(s)}, by=least)
        none = proof.have("then nothing is left", AtMost(total(hadamard(gap, gap)), 0), by=(square, same))
        level = each_vanishes(none, Equal(exp(s / 2), exp(c / 2) * one))
        level = proof.have("a sum of squares is 0 when each is", level, by=none)
        level = proof.have("take logarithms", Equal(log(exp(s / 2)), c / 2 * one), by=level)
        level = proof.have("so each score is c", Equal(s, c * one), by=level)
        there = proof.have("", Implies(LARGEST, level.claim), by=level, under=BELOW)
        back = proof.have("back, n exponentials of c", Equal(lse(c * one), c + log(n)))
        proof.show(lse_largest_iff.says, by=(there, back))
    return proof


both = hstack(a, b)
rest = total(softmax(both) @ vstack(identity(m), zeros(1, m)))
excess = lse(both) - total(b)


@theorem(section="4.5", says=Positive(excess), source="textbook calculus")
def lse_above_scores():
    """With another score beside it, every score is strictly below log-sum-exp.

    The score stands last; the order of the others does not matter.
    """
    with argument() as proof:
        tangent = proof.have("exp lies above its tangent", AtMost(1 + x, exp(x)))
        tangent = proof.at("at b - lse", tangent, {x: -excess})
        others = proof.have("exp(b - lse) is the weight of b", Equal(exp(-excess), 1 - rest))
        above = proof.have("so lse - b is at least that of the others", AtMost(rest, excess), by=(tangent, others))
        positive = proof.have("which is positive", Positive(rest))
        proof.show(Positive(excess), by=(above, positive))
    return proof
