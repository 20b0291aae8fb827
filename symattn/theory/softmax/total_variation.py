"""How far apart two rows of attention weights can be.

Weights w between 0 and 1 read ⟨w, p⟩ off a row p; the largest difference that they can see between p and q is their
total variation, ½ Σ_j |p_j - q_j|.  It is bounded by the spread of the differences of the scores alone, whatever their
number: this is what errors in scores do to weights.

    n, m   at least 1, number of scores; the same, when there is one more
    s, t   1×n    scores, p = softmax(s) and q = softmax(t)
    h      half the spread: (s_j - t_j) - (s_k - t_k) ≤ 2 h for all j, k
    w      1×n    between 0 and 1

Main results
    tv_tanh            ⟨w, p - q⟩ ≤ (e^h - 1) / (e^h + 1) = tanh(h / 2)
    tv_tanh_attained   for any number of scores, and any h, some scores and some w attain it
    ratios_of_weights  q_j e^(-2h) ≤ p_j ≤ q_j e^(2h)
"""

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    exp,
    hadamard,
    hstack,
    identity,
    inner,
    log,
    matrix,
    normsquared,
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
from symattn.theory.softmax import convexity
from symattn.theory.softmax.convexity import weighted_cauchy_schwarz

n, m = sizes("n m", min=1)
s, t, w, f, g = row("s", n), row("t", n), row("w", n), row("f", n), row("g", n)
h, e = scalar("h"), scalar("e")
one = ones(1, n)
apart = AtMost((s - t).T @ one - one.T @ (s - t), 2 * h * ones(n, n))
between = AtMost(zeros(1, n), w), AtMost(w, one)

alpha, beta, r = row("alpha", n), row("beta", n), row("r", n)
a, b, A, B = total(alpha), total(beta), inner(alpha, hadamard(r, r)), inner(beta, hadamard(r, r))
masses = AtMost(zeros(1, n), alpha), AtMost(zeros(1, n), beta), AtMost(zeros(1, n), r)
ratios = AtMost(r.T @ one, e * one.T @ r)
large = AtMost(1, e)
LOW, HIGH = matrix("L", n, n), matrix("M", n, n)


@cache
def _by_pairs() -> Argument:
    """For α, β ≥ 0 and numbers r within a factor e ≥ 1 of each other: (e + 1) (A b - a B) ≤ (e - 1) (A + B) (a + b).

    Here a, b are the sums of α and β, and A, B those of α r² and β r².  Pair by pair
    (e - 1) (r_j + r_k)² - (e + 1) (r_j² - r_k²) = 2 (r_j + r_k) (e r_k - r_j), and the mixed products r_j r_k are dealt
    with by Cauchy and Schwarz.  Nothing is divided by, and no extreme points are looked for.
    """
    U, V = inner(alpha, r), inner(beta, r)
    names = p, q, x, y, u, v = tuple(scalar(name) for name in "pqxyuv")
    values = dict(zip(names, (a, b, A, B, U, V), strict=True))
    weight, gap, zero = alpha.T @ beta, e * one.T @ r - r.T @ one, zeros(n, n)
    mixed = prove(AtMost(2 * u * v, p * x + q * y), (AtMost(u**2, p * x), AtMost(v**2, q * y)), check=False)
    times = prove(AtMost(0, (e - 1) * u), (large, AtMost(0, u)), check=False)
    with argument(*masses, ratios, large) as proof:
        left = proof.have("a weight for each row", AtMost(zero, alpha.T @ one), by=masses[0])
        right = proof.have("and one for each column", AtMost(zero, one.T @ beta), by=masses[1])
        above = proof.have("their product is not negative", AtMost(zero, weight), by=(left, right))
        product = AtMost(zero, hadamard(LOW, HIGH))
        product = proof.have("so is any product of two such", product, by=(AtMost(zero, LOW), AtMost(zero, HIGH)))
        near = proof.have("e r_k is at least r_j", AtMost(zero, gap), by=ratios)
        each = proof.at("so is that with e r_k - r_j", product, {LOW: weight, HIGH: gap}, by=(above, near))
        either = proof.have("r_j + r_k is one", AtMost(zero, r.T @ one + one.T @ r), by=masses[2])
        sides = {LOW: hadamard(weight, gap), HIGH: r.T @ one + one.T @ r}
        all_pairs = proof.at("times r_j + r_k", product, sides, by=(each, either))
        schwarz = [_schwarz(weights) for weights in (alpha, beta)]
        mixed = proof.at("2 U V ≤ a A + b B, as (U - V)² ≥ 0", mixed, values, by=schwarz)
        rest = proof.have("all on one side", AtMost(0, a * A + b * B - 2 * U * V), by=mixed)
        rest = proof.at("times e - 1", times, {u: a * A + b * B - 2 * U * V}, by=rest)
        proof.show(AtMost((e + 1) * (A * b - a * B), (e - 1) * (A + B) * (a + b)), by=(all_pairs, rest))
    return proof


def _schwarz(weights: Any) -> Argument:
    """U² ≤ a A: Cauchy and Schwarz for r and 1."""
    with argument(AtMost(zeros(1, n), weights)) as proof:
        found = weighted_cauchy_schwarz.prove()
        found = proof.at("Cauchy and Schwarz for r and 1", found, {convexity.w: weights, f: r, g: one}, by=proof.given)
        bound = AtMost(inner(weights, r) ** 2, total(weights) * inner(weights, hadamard(r, r)))
        proof.show(bound, by=found)
    return proof


def _rises(proof: Argument, low: Any, high: Any, why: Any) -> Theorem:
    """exp(low) ≤ exp(high), entry by entry."""
    rises = proof.have("exp keeps the order", AtMost(exp(LOW), exp(HIGH)), by=AtMost(LOW, HIGH))
    below = proof.have("as the differences spread over 2 h only", AtMost(low, high), by=why)
    return proof.at("so of these", rises, {LOW: low, HIGH: high}, by=below)


@theorem(
    section="4.16",
    says=AtMost(inner(w, softmax(s) - softmax(t)), (exp(h) - 1) / (exp(h) + 1)),
    given=(*between, apart),
    instances=({w: softmax(row("l", n)), h: 1 + normsquared(s - t)},),
    source="not found stated elsewhere in this form; Cohen and Fausti, arXiv:2309.02413, by the Hilbert distance",
)
def tv_tanh():
    """Scores whose differences spread over 2 h have weights with total variation at most tanh(h / 2).

    (e^h - 1) / (e^h + 1) = tanh(h / 2).  No w between 0 and 1 tells the rows of weights further apart.
    """
    E, root, zero = exp(h), exp((s - t) / 2), zeros(1, n)
    chosen, others = hadamard(w, exp(t)), hadamard(one - w, exp(t))
    low, high = (s - t).T @ one / 2, h * ones(n, n) + one.T @ (s - t) / 2
    cleared = AtMost(
        (E + 1) * (inner(w, exp(s)) * total(exp(t)) - inner(w, exp(t)) * total(exp(s))),
        (E - 1) * total(exp(s)) * total(exp(t)),
    )
    with argument(*tv_tanh.given) as proof:
        some = proof.have("j = k: the spread is at least 0", AtMost(0, h), by=apart)
        some = proof.have("so e^h is at least 1", AtMost(1, E), by=some)
        near = _rises(proof, low, high, apart)
        near = proof.have("r = exp((s - t) / 2): r_j ≤ e^h r_k", AtMost(root.T @ one, E * one.T @ root), by=near)
        alpha_ = proof.have("α = w exp(t)", AtMost(zero, chosen), by=between[0])
        beta_ = proof.have("β = (1 - w) exp(t)", AtMost(zero, others), by=between[1])
        values = {alpha: chosen, beta: others, r: root, e: E}
        root_ = proof.have("exponentials are positive", AtMost(zero, root))
        bound = proof.at("e is e^h", proof.have("", _by_pairs()), values, by=(alpha_, beta_, root_, near, some))
        bound = proof.have("α r² = w exp(s), and α + β = exp(t)", cleared, by=bound)
        proof.show(tv_tanh.says, by=bound, words="divide by the sums of the exponentials and by e^h + 1")
    return proof


ahead, behind = hstack(-log(m) * ones(1, m), h * identity(1)), hstack((h - log(m)) * ones(1, m), zeros(1, 1))
last = hstack(zeros(1, m), identity(1))


@theorem(
    section="4.16",
    says=And(
        AtMost((ahead - behind).T @ ones(1, m + 1) - ones(m + 1, 1) @ (ahead - behind), 2 * h * ones(m + 1, m + 1)),
        Equal(inner(last, softmax(ahead) - softmax(behind)), (exp(h) - 1) / (exp(h) + 1)),
    ),
    given=AtMost(0, h),
    where={row("a", m + 1): ahead, row("b", m + 1): behind},
    instances=({h: scalar("x") ** 2},),
    source="not found stated elsewhere",
    sketch=(
        "One score against m that together weigh as much as one: its weight is e^h / (e^h + 1) in the first row and "
        "1 / (e^h + 1) in the second."
    ),
)
def tv_tanh_attained():
    """The bound tanh(h / 2) is attained for every number of scores from 2 on, and every h ≥ 0.

    One score gains h while m others, which together weigh as much as a score of 0, lose h.
    """
    ...


@theorem(
    section="4.16",
    says=And(AtMost(softmax(s), exp(2 * h) * softmax(t)), AtMost(exp(-2 * h) * softmax(t), softmax(s))),
    given=apart,
    instances=({h: 1 + normsquared(s - t)},),
    source="textbook calculus",
)
def weights_within_factor():
    """Scores whose differences spread over 2 h have weights within a factor e^(2 h) of each other."""
    rows, columns = (s - t).T @ one + one.T @ t, s.T @ one + one.T @ (t - s)
    grow = 2 * h * ones(n, n)
    with argument(apart) as proof:
        up = _rises(proof, rows, grow + one.T @ s, apart)
        up = proof.have("add up over k", AtMost(rowsum(exp(rows)), exp(2 * h) * total(exp(s)) * one.T), by=up)
        up = proof.have("divide by both sums", AtMost(softmax(s), exp(2 * h) * softmax(t)), by=up)
        down = _rises(proof, columns, grow + t.T @ one, apart)
        down = proof.have("add up over j", AtMost(one @ exp(columns), exp(2 * h) * total(exp(t)) * one), by=down)
        down = proof.have("divide by both sums", AtMost(exp(-2 * h) * softmax(t), softmax(s)), by=down)
        proof.show(weights_within_factor.says, by=(up, down))
    return proof
