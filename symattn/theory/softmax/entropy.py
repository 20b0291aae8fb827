"""How spread out attention is.

The entropy of a row of weights is at most log n, when all scores are equal, and cannot be far below while the scores
are close together.

    n, m   at least 1, number of scores; number of the others, when one stands apart
    s      1×n    scores, p = softmax(s);  lse(s) = log Σ_j exp(s_j)
    H      -⟨p, log p⟩, the entropy of the weights
    R      spread of the scores: s_i - s_j ≤ R
    a, b   1×m, 1×1   scores, the last one apart

Main results
    entropy_of_softmax    H = lse(s) - ⟨p, s⟩
    entropy_bounds        log n - R ≤ H ≤ log n
    entropy_largest_iff   H = log n exactly when all scores are equal
    entropy_positive      two or more scores have positive entropy
"""

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Iff,
    Implies,
    Positive,
    exp,
    hadamard,
    hstack,
    identity,
    inner,
    log,
    matrix,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, each_vanishes, theorem
from symattn.theory.softmax.convexity import lse, rises
from symattn.theory.softmax.log_sum_exp import lse_above_scores

n, m = sizes("n m", min=1)
s, a, b = row("s", n), row("a", m), row("b", 1)
c, spread = scalar("c"), scalar("R")
x, f, g = row("x", n), row("f", n), row("g", n)
one = ones(1, n)
p = softmax(s)


def entropy(weights: Any) -> Any:
    """-Σ_j p_j log p_j."""
    return -inner(weights, log(weights))


H = entropy(p)


@theorem(section="4.14", says=Equal(H, lse(s) - inner(p, s)), source="textbook calculus")
def entropy_of_softmax():
    """The entropy of the weights is log-sum-exp less the mean score."""
    with argument() as proof:
        each = proof.have("log p_j = s_j - lse(s)", Equal(log(p), s - lse(s) * one))
        proof.show(entropy_of_softmax.says, by=each, words="and the weights sum to 1")
    return proof


far = log(n) * one + log(p)
roots = exp(-far / 2) - one
weighed = inner(p, hadamard(roots, roots))


def _below_log() -> Argument:
    """log n - H is at least Σ_j p_j (1/√(n p_j) - 1)²."""
    r = exp(x / 2) - one
    square = AtMost(hadamard(r, r), exp(x) - one - x)
    with argument() as proof:
        tangent = proof.have("exp lies above its tangent", AtMost(one + x / 2, exp(x / 2)))
        each = proof.have("y = exp(x/2): (y - 1)² ≤ y² - 1 - x, as x/2 ≤ y - 1", square, by=tangent)
        each = proof.at("at x_j = -log(n p_j)", each, {x: -far})
        mean = AtMost(inner(p, f), inner(p, g))
        mean = proof.have("a mean keeps the order", mean, by=AtMost(f, g))
        mean = proof.at("so for the mean", mean, {f: hadamard(roots, roots), g: exp(-far) - one + far}, by=each)
        proof.show(AtMost(weighed, log(n) - H), by=mean, words="p_j exp(x_j) = 1/n, and the weights sum to 1")
    return proof


LARGEST = Equal(H, log(n))
LEVEL = Exists(c, Equal(s, c * one), witness=lse(s) - log(n))


@theorem(section="4.14", says=Iff(LARGEST, LEVEL), instances=({s: c * one},), source="textbook probability")
def entropy_largest_iff():
    """The entropy is log n exactly when all scores are equal."""
    w, y, z = scalar("w"), scalar("y"), scalar("z")
    with argument() as proof:
        above = proof.have("", _below_log())
        none = proof.have("equals leave nothing between them", AtMost(w, 0), by=(AtMost(w, z - y), Equal(y, z)))
        none = proof.at("so if H = log n", none, {w: weighed, y: H, z: log(n)}, by=(above, LARGEST))
        level = each_vanishes(none, Equal(exp(-far / 2), one), weight=p)
        level = proof.have("weights are positive, so each square is 0", level, by=none)
        level = proof.have("take logarithms", Equal(log(exp(-far / 2)), zeros(1, n)), by=level)
        level = proof.have("so p_j is 1/n", Equal(log(p), -log(n) * one), by=level)
        level = proof.have("log p_j = s_j - lse(s)", Equal(s, (lse(s) - log(n)) * one), by=level)
        there = proof.have("", Implies(LARGEST, LEVEL), by=level, under=())
        back = proof.have("back, every weight is 1/n", Equal(entropy(softmax(c * one)), log(n)))
        proof.show(entropy_largest_iff.says, by=(there, back))
    return proof


SPREAD = AtMost(s.T @ one - one.T @ s, spread * ones(n, n))


@theorem(
    section="4.14",
    says=And(AtMost(H, log(n)), AtMost(log(n) - spread, H)),
    given=SPREAD,
    instances=({spread: 1 + 2 * total(exp(s)) + 2 * total(exp(-s))},),
    source="textbook probability",
)
def entropy_bounds():
    """The entropy of n weights is at most log n, and at least log n - R when the scores spread over R."""
    w, y, z, P = scalar("w"), scalar("y"), scalar("z"), matrix("P", 1, n, positive=True)
    with argument(SPREAD) as proof:
        above = proof.have("", _below_log())
        some = proof.have("squares are not negative", AtMost(0, weighed))
        less = proof.have("so H is no more than log n", AtMost(y, z), by=(AtMost(w, z - y), AtMost(0, w)))
        above = proof.at("as here", less, {w: weighed, y: H, z: log(n)}, by=(above, some))
        sums = proof.have("", rises(s.T @ one, spread * ones(n, n) + one.T @ s, SPREAD))
        share = proof.have("so a weight is at most e^R / n", AtMost(p, exp(spread) / n * one), by=sums)
        logs = AtMost(log(P), (spread - log(n)) * one)
        logs = proof.have("log keeps the order", logs, by=AtMost(P, exp(spread) / n * one))
        each = proof.at("take logarithms", logs, {P: p}, by=share)
        below = proof.have("and their mean", AtMost(log(n) - spread, H), by=each)
        proof.show(entropy_bounds.says, by=(above, below))
    return proof


row_ = hstack(a, b)
both = softmax(row_)


@theorem(section="4.14", says=Positive(entropy(both)), source="textbook probability")
def entropy_positive():
    """Two or more scores have weights of positive entropy: attention never looks at one token alone."""
    first, last = both @ vstack(identity(m), zeros(1, m)), total(both @ vstack(zeros(m, 1), identity(1)))
    below, excess = lse(row_) * ones(1, m) - a, lse(row_) - total(b)
    u, v, z, y = scalar("u"), scalar("v"), scalar("z"), row("y", m + 1)
    with argument() as proof:
        mean = proof.have(
            "of m + 1 scores", Equal(entropy(softmax(y)), lse(y) - inner(softmax(y), y)), by=entropy_of_softmax
        )
        parts = Equal(entropy(both), inner(first, below) + last * excess)
        mean = proof.at("here", mean, {y: row_})
        parts = proof.have("the last apart from the others", parts, by=mean)
        others = proof.have("no score is above lse(s)", AtMost(zeros(1, m), below))
        others = proof.have("nor is the mean of some", AtMost(0, inner(first, below)), by=others)
        one_ = proof.have("and the last is below it", Positive(excess), by=lse_above_scores)
        one_ = proof.have("times its weight", Positive(last * excess), by=one_)
        more = proof.have("a sum with a positive number", Positive(z), by=(Equal(z, u + v), AtMost(0, u), Positive(v)))
        values = {z: entropy(both), u: inner(first, below), v: last * excess}
        proof.show(proof.at("is positive", more, values, by=(parts, others, one_)))
    return proof
