"""A score above all others reads more than its share, by an amount that its size alone bounds from below.

    n        at least 0;  there are n + 2 scores
    e₀, e₁   1×(n+2)    two places
    r, q     numbers, the scores there, and 0 everywhere else;  p = softmax(r e₀ + q e₁)

Main results
    more_than_its_share   p₁ ≥ 1/(n + 2) + q exp(-q) / (2 (n + 2)²) where q ≥ 0 and r ≤ q/2
"""

from __future__ import annotations

from sympy import Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    exp,
    hstack,
    ones,
    reciprocal,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    zeros,
)
from symattn.proof import Argument, argument, theorem

n = sizes("n", min=0)
N = n + 2
q, r = scalar("q"), scalar("r")
first, second = unit(N, 0), unit(N, 1)
p = softmax(r * first + q * second)
OWN, OTHER = total(p @ first.T), total(p @ second.T)


def _shares() -> Argument:
    """With 1 = w (n + exp(r) + exp(q)) the first two weights are w exp(r) and w exp(q)."""
    blocks = hstack(ones(1, 1), zeros(1, 1), zeros(1, n)), hstack(zeros(1, 1), ones(1, 1), zeros(1, n))
    cut = [Equal(place, block) for place, block in zip((first, second), blocks, strict=True)]
    sums, here = n + exp(r) + exp(q), softmax(r * blocks[0] + q * blocks[1])
    w = total(reciprocal(sums * ones(1, 1)))
    claims = [Equal(one, w * exp(z)) for one, z in ((OWN, r), (OTHER, q))]
    with argument() as proof:
        steps = [proof.have("the two places, and the rest", one) for one in cut]
        for block, z in zip(blocks, (r, q), strict=True):
            steps.append(proof.have("in blocks", Equal(total(here @ block.T), w * exp(z))))
        proof.show(And(*claims, Equal(w * sums, 1), AtMost(0, w)), by=steps)
    return proof


def at_most_all() -> Argument:
    """The first weight is at most 1: o² ≤ 1."""
    w = total(reciprocal((n + exp(r) + exp(q)) * ones(1, 1)))
    with argument() as proof:
        shares = proof.have("", _shares())
        part = proof.have("it is not negative", AtMost(0, w * exp(r)), by=shares)
        rest = proof.have("nor are the others", AtMost(0, w * (n + exp(q))), by=shares)
        part = proof.have("so it is no more than 1", AtMost((w * exp(r)) ** 2, 1), by=(part, rest, shares))
        proof.show(AtMost(OWN**2, 1), by=(part, shares))
    return proof


LEAST = q * exp(-q) / (2 * N**2)
LOW = AtMost(r, q / 2), AtMost(0, q)


def above_its_share() -> Argument:
    """In numbers, with o and z for exp(r) and exp(q), x for exp(q/2), k for exp(-q), and w for the share of a one.

    The second weight w z is above 1/(n + 2) by w ((n + 2) z - (n + o + z)) / (n + 2), of which x² - x ≥ q/2 is left.
    """
    w, x, z, own, k, share = (scalar(name) for name in ("w", "x", "z", "o", "k", "h"))
    sums = n + own + z
    scale = Equal(w * sums, 1), AtMost(0, w)
    above, square = (AtMost(0, q), AtMost(1 + q / 2, x)), Equal(x * x, z)
    inverse = Equal(k * z, 1), AtMost(0, k)
    with argument(*scale, *above, square, *inverse, AtMost(own, x), Equal(share, w * z)) as proof:
        jump = proof.have("x² - x is (x - 1)² and x - 1", AtMost(x - 1, z - x), by=square, hints=[(x - 1) ** 2])
        jump = proof.have("of which x - 1 is at least q/2", AtMost(q / 2, z - x), by=(jump, above[1]))
        one = proof.have("so x² is at least 1", AtMost(1, z), by=(jump, *above))
        one = proof.have("n times", AtMost(n, n * z), by=one)
        rest = AtMost(q / 2, N * z - sums)
        rest = proof.have("the other weights are no larger", rest, by=(jump, one, AtMost(own, x)))
        rest = proof.have("times w", AtMost(w * q / 2, w * (N * z - sums)), by=(rest, scale[1]))
        rest = proof.have("w of all weights is 1", AtMost(w * q / 2, N * w * z - 1), by=(rest, scale[0]))
        some = proof.have("and w q/2 is not negative", AtMost(0, w * q), by=(scale[1], above[0]))
        whole = proof.have("so the second is above", AtMost(1, N * w * z), by=(rest, some))
        whole = proof.have("over x²", AtMost(k, k * N * w * z), by=(whole, inverse[1]))
        whole = proof.have("which it undoes", AtMost(k, N * w), by=(whole, inverse[0]))
        whole = proof.have("times q", AtMost(k * q, N * w * q), by=(whole, above[0]))
        gap = AtMost(q * k / (2 * N**2), share - Rational(1) / N)
        proof.show(gap, by=(rest, whole, Equal(share, w * z)), words="both, over n + 2")
    return proof


@theorem(
    section="5.10",
    says=AtMost(Rational(1) / N + LEAST, OTHER),
    given=LOW,
    instances=({r: scalar("t") ** 2 / 2, q: scalar("t") ** 2},),
    source="not found stated elsewhere",
)
def more_than_its_share():
    """A score q ≥ 0 that is at least twice every other reads more than its share, by at least q exp(-q) / (2 (n + 2)²).

    One other score is r, and n of them are 0.
    """
    w = total(reciprocal((n + exp(r) + exp(q)) * ones(1, 1)))
    parts = w, exp(q / 2), exp(q), exp(r), exp(-q), OTHER
    values = dict(zip(map(scalar, ("w", "x", "z", "o", "k", "h")), parts, strict=True))
    with argument(*LOW) as proof:
        shares = proof.have("", _shares())
        tangent = proof.have("a tangent lies below", AtMost(1 + q / 2 - r, exp(q / 2 - r)))
        rises = proof.have("so exp rises", AtMost(exp(r), exp(q / 2)), by=(tangent, LOW[0]))
        above = proof.have("at 0 too", AtMost(1 + q / 2, exp(q / 2)))
        numbers = proof.have("", above_its_share())
        known = (shares, rises, above, LOW[1])
        gap = proof.at("x is exp(q/2)", numbers, values, by=known)
        proof.show(more_than_its_share.says, by=gap)
    return proof
