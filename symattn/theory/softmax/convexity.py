"""Convexity: exponentials lie above their tangents, and what follows for means.

All of it rests on exp(x) ≥ 1 + x.  The theorems are stated for any number of terms and any weights that are not
negative, so that proofs in other chapters can take them at weights of their own.

    m, n     at least 1, sizes
    A, B     m×n    any numbers;  C, D  positive ones
    w        1×n    weights: not negative, where it is said with sum 1
    f, g     1×n    numbers that are averaged
    s, t     1×n    scores;  lse(s) = log Σ_j exp(s_j)
    a, b     the least and the largest value that f may take

Main results
    exp_and_log_rise         exp and log keep the order, both ways
    log_below_tangent        log x ≤ x - 1
    jensen_for_exp           exp of a mean is at most the mean of exp
    lse_above_tangents       lse(t) ≥ lse(s) + ⟨softmax(s), t - s⟩
    weighted_cauchy_schwarz  ⟨f, g⟩² ≤ ⟨f, f⟩ ⟨g, g⟩ for sums weighted by w
    popoviciu                numbers between a and b have variance at most (b - a)² / 4
"""

from functools import cache
from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    exp,
    hadamard,
    inner,
    log,
    logsumexp,
    matrix,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, prove, theorem

m, n = sizes("m n", min=1)
A, B = matrix("A", m, n), matrix("B", m, n)
C, D = matrix("C", m, n, positive=True), matrix("D", m, n, positive=True)
w, f, g = row("w", n), row("f", n), row("g", n)
s, t, r = row("s", n), row("t", n), row("r", n)
a, b, x, y = scalar("a"), scalar("b"), scalar("x"), scalar("y", positive=True)
one = ones(1, n)
WEIGHTS = AtMost(zeros(1, n), w)
SUM = Equal(total(w), 1)


def lse(scores: Any) -> Any:
    """log Σ_j exp(s_j) of a row, as a number."""
    return total(logsumexp(scores))


@theorem(
    section="4.4",
    says=And(Iff(AtMost(A, B), AtMost(exp(A), exp(B))), Iff(AtMost(C, D), AtMost(log(C), log(D)))),
    instances=({B: A + exp(A), D: C + C},),
    source="textbook calculus",
    sketch="exp(b) ≥ exp(a) (1 + b - a), and the same with a and b exchanged; log undoes exp.",
)
def exp_and_log_rise():
    """exp and log keep the order, entry by entry, and so does undoing them."""
    ...


@cache
def below_lse() -> Theorem:
    """No score is above log-sum-exp: one exponential is at most the sum of all."""
    return prove(AtMost(s, lse(s) * one))


@cache
def below_log() -> Theorem:
    """log y ≤ x exactly when y ≤ exp(x), for positive y."""
    return prove(Iff(AtMost(log(y), x), AtMost(y, exp(x))))


L, H = matrix("L", n, n), matrix("M", n, n)


@cache
def _sums_rise() -> Argument:
    """Where L ≤ M the sums of rows and columns of exp(L) are at most those of exp(M)."""
    sums = And(AtMost(rowsum(exp(L)), rowsum(exp(H))), AtMost(one @ exp(L), one @ exp(H)))
    with argument(AtMost(L, H)) as proof:
        entries = proof.have("exp keeps the order", AtMost(exp(L), exp(H)), by=AtMost(L, H))
        proof.show(sums, by=entries, words="and so do the sums of rows and columns")
    return proof


def rises(low: Any, high: Any, why: Any) -> Argument:
    """Where low ≤ high by what is named, for n×n matrices: the same of the sums of rows and columns of exp(…)."""
    with argument(*(why if isinstance(why, tuple) else (why,))) as proof:
        below = proof.have("the differences spread no further", AtMost(low, high), by=why)
        sums = proof.have("", _sums_rise())
        proof.show(proof.at("so of these", sums, {L: low, H: high}, by=below))
    return proof


@theorem(
    section="4.4",
    says=AtMost(log(C), C - ones(m, n)),
    source="textbook calculus",
    sketch="exp(y) ≥ 1 + y at y = log x.",
)
def log_below_tangent():
    """The logarithm lies below its tangent at 1: log x ≤ x - 1."""
    ...


@theorem(
    section="4.4",
    says=AtMost(exp(inner(w, s)), inner(w, exp(s))),
    given=(WEIGHTS, SUM),
    instances=({w: one / n, s: n * t},),
    source="textbook convexity",
)
def jensen_for_exp():
    """The exponential of a mean is at most the mean of the exponentials."""
    gap = exp(s - x * one) - one - s + x * one
    at_x = AtMost(exp(x) * (1 + inner(w, s) - x), inner(w, exp(s)))
    with argument(WEIGHTS, SUM) as proof:
        above = proof.have("exp(s_j - x) is at least 1 + s_j - x", AtMost(zeros(1, n), gap))
        each = proof.have("times a weight", AtMost(zeros(1, n), hadamard(w, gap)), by=(WEIGHTS, above))
        mean = proof.have("add up, times exp(x)", at_x, by=(each, SUM))
        there = proof.at("at the mean x = ⟨w, s⟩", mean, {x: inner(w, s)})
        proof.show(jensen_for_exp.says, by=there)
    return proof


@theorem(
    section="4.4",
    says=AtMost(inner(softmax(s), t - s), lse(t) - lse(s)),
    source="Boyd and Vandenberghe, Convex Optimization, section 3.1.5",
)
def lse_above_tangents():
    """Log-sum-exp lies above its tangents: lse(t) ≥ lse(s) + ⟨softmax(s), t - s⟩."""
    p = softmax(s)
    with argument() as proof:
        weights = proof.have("softmax(s) is positive", AtMost(zeros(1, n), p))
        sums = proof.have("and sums to 1", Equal(total(p), 1))
        mean = proof.at("Jensen, under softmax(s)", jensen_for_exp.prove(), {w: p, s: t - s}, by=(weights, sums))
        whole = Equal(inner(p, exp(t - s)), exp(lse(t) - lse(s)))
        whole = proof.have("p_j exp(t_j - s_j) = exp(t_j - lse(s))", whole)
        below = proof.have("exp keeps the order", AtMost(x, b), by=(AtMost(exp(x), y), Equal(y, exp(b))))
        here = {x: inner(p, t - s), y: whole.claim.left, b: lse(t) - lse(s)}
        proof.show(proof.at("so of these", below, here, by=(mean, whole)))
    return proof


def mean(numbers: Any) -> Any:
    """Their sum weighted by w."""
    return inner(w, numbers)


@theorem(
    section="4.3",
    says=AtMost(mean(hadamard(f, g)) ** 2, mean(hadamard(f, f)) * mean(hadamard(g, g))),
    given=WEIGHTS,
    instances=({w: exp(r)},),
    source="textbook linear algebra",
)
def weighted_cauchy_schwarz():
    """The square of a weighted sum of products is at most the product of the weighted sums of squares."""
    pairs, square, turned = w.T @ w, matrix("S", n, n), f.T @ g - g.T @ f
    with argument(WEIGHTS) as proof:
        left = proof.have("a weight for each row", AtMost(zeros(n, n), w.T @ one), by=WEIGHTS)
        right = proof.have("and one for each column", AtMost(zeros(n, n), one.T @ w), by=WEIGHTS)
        above = proof.have("their product is not negative", AtMost(zeros(n, n), pairs), by=(left, right))
        times = AtMost(zeros(n, n), hadamard(pairs, hadamard(square, square)))
        times = proof.have("nor is it times a square", times, by=above)
        each = proof.at("that of f_i g_j - g_i f_j", times, {square: turned})
        proof.show(weighted_cauchy_schwarz.says, by=each, words="add up over all pairs, and halve")
    return proof


LOW, HIGH = AtMost(a * one, f), AtMost(f, b * one)
variance = mean(hadamard(f, f)) - mean(f) ** 2


@theorem(
    section="4.3",
    says=AtMost(variance, (b - a) ** 2 / 4),
    given=(WEIGHTS, SUM, LOW, HIGH),
    instances=({w: softmax(row("l", n)), f: softmax(s), a: Integer(0), b: Integer(1)},),
    source="Popoviciu's inequality; textbook probability",
)
def popoviciu():
    """Numbers between a and b have a variance of at most (b - a)² / 4, under any weights."""
    inside = hadamard(f - a * one, b * one - f)
    between = AtMost(variance, (mean(f) - a) * (b - mean(f)))
    with argument(*popoviciu.given) as proof:
        above = proof.have("f lies between a and b", AtMost(zeros(1, n), inside), by=(LOW, HIGH))
        each = proof.have("times a weight", AtMost(zeros(1, n), hadamard(w, inside)), by=(WEIGHTS, above))
        added = proof.have("add up: so the variance is at most (μ - a) (b - μ) for the mean μ", between, by=(each, SUM))
        middle = AtMost((x - a) * (b - x), (b - a) ** 2 / 4)
        middle = proof.have("(b - a)² / 4 is more by (x - (a + b)/2)²", middle, hints=[(x - (a + b) / 2) ** 2])
        middle = proof.at("at x = μ", middle, {x: mean(f)})
        proof.show(popoviciu.says, by=(added, middle))
    return proof
