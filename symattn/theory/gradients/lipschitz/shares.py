"""A score above all others reads more than its share, by an amount that its size alone bounds from below.

    n        at least 0;  there are n + 2 scores
    e₀, e₁   1×(n+2)    two places
    r, q     numbers, the scores there, and 0 everywhere else;  p = softmax(r e₀ + q e₁)

Main results
    more_than_its_share   p₁ ≥ 1/(n + 2) + q exp(-q) / (2 (n + 2)²) where q ≥ 0 and r ≤ q/2
"""

from __future__ import annotations

from functools import cache

from sympy import Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    exp,
    hstack,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, prove, theorem

n = sizes("n", min=0)
N = n + 2
q, r = scalar("q"), scalar("r")
first, second = unit(N, 0), unit(N, 1)
p = softmax(r * first + q * second)
OWN, OTHER = total(p @ first.T), total(p @ second.T)


def _shares() -> Argument:
    """With 1 = w (n + exp(r) + exp(q)) the first two weights are w exp(r) and w exp(q)."""
    blocks = hstack(ones(1, 1), zeros(1, 1), zeros(1, n)), hstack(zeros(1, 1), ones(1, 1), zeros(1, n))
    here, sums = r * first + q * second, n + exp(r) + exp(q)
    z, x, y = row("z", N), scalar("x"), scalar("y", positive=True)
    w, part = (total(reciprocal(whole * ones(1, 1))) for whole in (sums, y))
    claims = [Equal(one, w * exp(score)) for one, score in ((OWN, r), (OTHER, q))]
    with argument() as proof:
        cut = [proof.have("the two places", Equal(*pair)) for pair in zip((first, second), blocks, strict=True)]
        whole = proof.have("the exponentials sum to", Equal(rowsum(exp(here)), sums * ones(1, 1)), by=cut)
        steps = []
        for place, score in ((first, r), (second, q)):
            known = Equal(rowsum(exp(z)), y * ones(1, 1)), Equal(total(z @ place.T), x)
            share = Equal(total(softmax(z) @ place.T), part * exp(x))
            share = proof.have("a weight is its exponential over their sum", share, by=known)
            there = proof.have("where the score is", Equal(total(here @ place.T), score))
            steps.append(proof.at("so here", share, {z: here, x: score, y: sums}, by=(whole, there)))
        proof.show(And(*claims, Equal(w * sums, 1), AtMost(0, w)), by=steps)
    return proof


def part_of_one() -> Theorem:
    """a² ≤ 1 where 0 ≤ a ≤ 1."""
    a = scalar("a")
    return prove(AtMost(a**2, 1), (AtMost(0, a), AtMost(a, 1)))


def at_most_all() -> Argument:
    """The first weight is at most 1: o² ≤ 1."""
    z = row("z", N)
    own = total(softmax(z) @ first.T)
    with argument() as proof:
        some = proof.have("a weight is not negative", AtMost(0, own))
        most = proof.have("and at most 1", AtMost(own, 1))
        square = proof.at("so is its square", part_of_one(), {scalar("a"): own}, by=(some, most))
        proof.show(proof.at("here", square, {z: r * first + q * second}))
    return proof


LEAST = q * exp(-q) / (2 * N**2)
LOW = AtMost(r, q / 2), AtMost(0, q)


@cache
def above_its_share() -> Argument:
    """In numbers, with o and z for exp(r) and exp(q), x for exp(q/2), k for exp(-q), and w for the share of a one.

    The second weight w z is above 1/(n + 2) by w ((n + 2) z - (n + o + z)) / (n + 2), of which x² - x ≥ q/2 is left.
    """
    w, x, z, own, k, share = (scalar(name) for name in ("w", "x", "z", "o", "k", "h"))
    sums, m = n + own + z, scalar("m", positive=True)
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
        both = AtMost(w * q / 2, m * w * z - 1), AtMost(k * q, m * w * q), Equal(share, w * z)
        gap = proof.have("both, over m", AtMost(q * k / (2 * m**2), share - 1 / m), by=both)
        proof.show(proof.at("which is n + 2", gap, {m: N}, by=(rest, whole, both[2])))
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
