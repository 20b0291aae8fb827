"""Scores that cannot grow: queries and keys of a fixed length, and a soft cap.

Normalised queries and keys have scores between -g and g, whatever the tokens are, so no weight is near 1 among many;
a soft cap c tanh(s / c) does that to any scores.

    m, k   at least 1, keys besides the one in question;  width
    q      1×k    a query of length 1
    κ      1×k    a key, B (m+1)×k keys, one in each row; of length 1 as well
    g      a positive number, the gain
    s      1×(m+1)   g q Bᵀ, the scores;  p their softmax
    c      a positive number, the cap;  t, r other numbers

Main results
    qknorm_logit_bound     scores of unit queries and keys with gain g lie between -g and g
    qknorm_weights         so each of m + 1 weights lies between 1/(1 + m e^2g) and 1/(1 + m e^-2g)
    qknorm_entropy         and their entropy is at least log(m + 1) - 2 g
    rmsnorm_logit_bound    with squared length k instead, and the scale τ² = 1/k, their squares are at most k
    softcap                c tanh(s / c) lies between -c and c and has a slope between 0 and 1
    softcap_shift_false    it does not move along with a common shift of the scores, so the weights change
"""

from typing import Any

from sympy import Integer

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Iff,
    Not,
    Partial,
    Positive,
    T,
    exp,
    hadamard,
    hstack,
    identity,
    inner,
    log,
    logsumexp,
    matrix,
    normsquared,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, at_sizes, theorem

n, m, k = sizes("n m k", min=1)
q, key, g = row("q", k), row("kappa", k), scalar("g", positive=True)
B = matrix("B", n, k)
one = ones(1, n)
UNIT = Equal(normsquared(q), 1)
UNITS = Equal(rowsum(hadamard(B, B)), ones(n, 1))
s = g * q @ B.T
p = softmax(s)


@theorem(
    section="10.4",
    says=And(AtMost(-g * one, s), AtMost(s, g * one)),
    given=(UNIT, UNITS),
    instances=({q: unit(k, 0), B: ones(n, 1) @ unit(k, 0)},),
    source="Henry et al.: Query-Key Normalization for Transformers, arXiv:2010.04245",
)
def qknorm_logit_bound():
    """Queries and keys of length 1, with gain g, have scores between -g and g, so they differ by at most 2 g."""
    low, high = qknorm_logit_bound.says.args
    with argument(UNIT, UNITS) as proof:
        apart = normsquared(q) * one + T(rowsum(hadamard(B, B)))
        high_ = AtMost(2 * q @ B.T, apart)
        near = hadamard(B - ones(n, 1) @ q, B - ones(n, 1) @ q)
        far = hadamard(B + ones(n, 1) @ q, B + ones(n, 1) @ q)
        high_ = proof.have("|q - κ|² is not negative", high_, hints=[T(rowsum(near))])
        low_ = proof.have("nor is |q + κ|²", AtMost(-2 * q @ B.T, apart), hints=[T(rowsum(far))])
        high = proof.have("the lengths are 1", high, by=(high_, UNIT, UNITS))
        low = proof.have("on both sides", low, by=(low_, UNIT, UNITS))
        proof.show(qknorm_logit_bound.says, by=(low, high))
    return proof


others, keys = matrix("B", m, k), vstack(matrix("B", m, k), key)
SHORT = (UNIT, Equal(rowsum(hadamard(others, others)), ones(m, 1)), Equal(normsquared(key), 1))
weight = softmax(hstack(g * q @ others.T, g * q @ key.T)) @ vstack(zeros(m, 1), identity(1))


@theorem(
    section="10.4",
    says=And(
        AtMost(reciprocal(1 + m * exp(2 * g)) * identity(1), weight),
        AtMost(weight, reciprocal(1 + m * exp(-2 * g)) * identity(1)),
    ),
    given=SHORT,
    instances=({q: unit(k, 0), others: ones(m, 1) @ unit(k, 0), key: -unit(k, 0)},),
    source="not found stated elsewhere",
)
def qknorm_weights():
    """With gain g, each of m + 1 weights lies between 1/(1 + m e^2g) and 1/(1 + m e^-2g).

    The key whose weight it is stands last.  To attend to one of many tokens, g must grow as log m / 2.
    """
    low, high = qknorm_weights.says.args
    gap = g * q @ others.T - g * q @ key.T @ ones(1, m)
    sum_ = total(exp(gap))
    bounds = AtMost(-2 * g * ones(1, m), gap), AtMost(gap, 2 * g * ones(1, m))
    with argument(*SHORT) as proof:
        of_others, of_last = (at_sizes(qknorm_logit_bound.prove(), {n: size}) for size in (m, 1))
        scores = proof.at("of the others", of_others, {matrix("B", m, k): others}, by=SHORT)
        alone = proof.at("and of the last", of_last, {matrix("B", 1, k): key}, by=SHORT)
        below = proof.have("so they are at most 2 g apart", bounds[0], by=(scores, alone))
        above = proof.have("either way", bounds[1], by=(scores, alone))
        least = proof.have("exp keeps the order", AtMost(exp(-2 * g) * ones(1, m), exp(gap)), by=below)
        most = proof.have("on both sides", AtMost(exp(gap), exp(2 * g) * ones(1, m)), by=above)
        least = proof.have("add up", AtMost(m * exp(-2 * g), sum_), by=least)
        most = proof.have("", AtMost(sum_, m * exp(2 * g)), by=most)
        share = Equal(weight, reciprocal(1 + sum_) * identity(1))
        share = proof.have("over its own exponential, a weight is 1 / (1 + Σ_j exp(s_j - s_last))", share)
        low = proof.have("so the weight is at least 1 / (1 + m e^2g)", low, by=(share, most))
        high = proof.have("and at most 1 / (1 + m e^-2g)", high, by=(share, least))
        proof.show(qknorm_weights.says, by=(low, high))
    return proof


entropy = -inner(p, log(p))


@theorem(
    section="10.4",
    says=AtMost(log(n) - 2 * g, entropy),
    given=(UNIT, UNITS),
    instances=({q: unit(k, 0), B: ones(n, 1) @ unit(k, 0)},),
    source="not found stated elsewhere",
)
def qknorm_entropy():
    """With gain g the entropy of n weights is at least log n - 2 g: the smaller the gain, the more even they are."""
    lse, u = total(logsumexp(s)), scalar("u")
    with argument(UNIT, UNITS) as proof:
        scores = proof.have("no score is above g or below -g", qknorm_logit_bound)
        top = proof.have("the mean score is at most g", AtMost(inner(p, s), g), by=scores)
        each = proof.have("exp keeps the order", AtMost(exp(-g) * one, exp(s)), by=scores)
        mass = proof.have("add up", AtMost(n * exp(-g), total(exp(s))), by=each)
        ratio = proof.have("divide", AtMost(exp(log(n) - g - lse), 1), by=mass)
        logs = proof.have("exp(x) is at least 1 + x", AtMost(u, 0), by=AtMost(exp(u), 1))
        logs = proof.at("so log n - g is at most lse(s)", logs, {u: log(n) - g - lse}, by=ratio)
        same = proof.have("entropy is lse(s) less the mean score", Equal(entropy, lse - inner(p, s)))
        proof.show(qknorm_entropy.says, by=(same, logs, top))
    return proof


tau = scalar("tau")
LONG = (Equal(normsquared(q), k), Equal(normsquared(key), k), Equal(tau**2 * k, 1))


@theorem(
    section="10.4",
    says=AtMost(total(tau * q @ key.T) ** 2, k),
    given=LONG,
    instances=({k: n**2, q: ones(1, n**2), key: ones(1, n**2), tau: 1 / n},),
    source="textbook linear algebra",
)
def rmsnorm_logit_bound():
    """RMS-normalised queries and keys of width k, with the usual scale, have scores whose squares are at most k."""
    with argument(*LONG) as proof:
        square = proof.have("Cauchy and Schwarz", AtMost(total(q @ key.T) ** 2, normsquared(q) * normsquared(key)))
        square = proof.have(
            "the square of both lengths is k", AtMost(total(q @ key.T) ** 2, k**2), by=(square, *LONG[:2])
        )
        proof.show(rmsnorm_logit_bound.says, by=(square, LONG[2]))
    return proof


c, t, r = scalar("c", positive=True), scalar("t"), scalar("r")


def cap(score: Any) -> Any:
    """c tanh(s / c), with tanh(x) = (e^2x - 1) / (e^2x + 1)."""
    grown = exp(2 * score / c)
    return c * (grown - 1) / (grown + 1)


@theorem(
    section="10.5",
    says=And(
        Positive(cap(t) + c),
        Positive(c - cap(t)),
        Equal(Partial(cap(t), t), 1 - cap(t) ** 2 / c**2),
        Positive(Partial(cap(t), t)),
        AtMost(Partial(cap(t), t), 1),
    ),
    instances=({c: Integer(2)},),
    source="textbook calculus; for scores Gemma 2, arXiv:2408.00118",
)
def softcap():
    """The soft cap c tanh(s / c) lies between -c and c, and its slope 1 - tanh² is positive and at most 1."""
    above, below, slope, rises, flat = softcap.says.args
    grown = exp(2 * t / c)
    with argument() as proof:
        above = proof.have("c + c tanh x is 2 c e^2x / (e^2x + 1)", above, hints=[2 * c * grown / (grown + 1)])
        below = proof.have("c - c tanh x is 2 c / (e^2x + 1)", below, hints=[2 * c / (grown + 1)])
        slope = proof.have("the derivative of tanh is 1 - tanh²", slope)
        product = Equal(Partial(cap(t), t), 4 * grown / (grown + 1) ** 2)
        product = proof.have("which is 4 e^2x / (e^2x + 1)²", product)
        rises = proof.have("so it is positive", rises, by=product)
        flat = proof.have("and at most 1, for tanh² is not negative", flat, by=slope, hints=[cap(t) ** 2 / c**2])
        proof.show(softcap.says, by=(above, below, slope, rises, flat))
    return proof


@theorem(
    section="10.5",
    says=Iff(Positive(r - t), Positive(cap(r) - cap(t))),
    instances=({c: Integer(2), r: n, t: m},),
    source="textbook calculus",
)
def softcap_keeps_order():
    """The soft cap is strictly increasing, so it leaves the order of the scores as it is."""
    e, f, x, y = scalar("e", positive=True), scalar("f", positive=True), scalar("x"), scalar("y")
    caps = c * (f - 1) / (f + 1) - c * (e - 1) / (e + 1)
    with argument() as proof:
        scaled = proof.have("c is positive", Iff(Positive(r - t), Positive(2 * r / c - 2 * t / c)))
        rises = proof.have("exp keeps the order both ways", Iff(Positive(x - y), Positive(exp(x) - exp(y))))
        rises = proof.at("as here", rises, {x: 2 * r / c, y: 2 * t / c})
        caps = proof.have("caps differ by 2 c (f - e) / ((e + 1) (f + 1))", Iff(Positive(f - e), Positive(caps)))
        caps = proof.at("at these", caps, {f: exp(2 * r / c), e: exp(2 * t / c)})
        proof.show(softcap_keeps_order.says, by=(scaled, rises, caps))
    return proof


@theorem(
    section="10.5",
    says=Not(ForAll(t, Equal(cap(t + c), cap(t) + c))),
    source="not found stated elsewhere",
    sketch="At t = 0 it would say that the cap takes c to c: (e² - 1) / (e² + 1) = 1.",
)
def softcap_shift_false():
    """The soft cap does not move along with a shift of the scores: one by c would take 0 to c, which it never reaches.

    So what rests on softmax not seeing a common shift, such as that a bias of the keys does nothing, fails with a cap.
    """
    ...
