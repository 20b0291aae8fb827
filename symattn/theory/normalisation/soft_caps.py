"""Scores that cannot grow, to higher order: a soft cap moves none of them far, and no two of them apart.

    c      a positive number, the cap
    t, r   scores;  cap(t) = c tanh(t / c)
    s, g   g q Bᵀ for a query and keys of length 1, with gain g;  p = softmax(s)

Main results
    qknorm_entropy_near    the entropy of n weights with gain g is at least log n - g² / 2
    softcap_lipschitz      0 ≤ cap(r) - cap(t) ≤ r - t for t ≤ r
    softcap_near_identity  t - t³/(3 c²) ≤ cap(t) ≤ t for t ≥ 0, and cap(-t) = -cap(t)
"""

from symattn.language import And, AtMost, Equal, exp, log, ones, scalar, unit
from symattn.proof import argument, rising, theorem
from symattn.theory.normalisation.bounded_scores import (
    UNIT,
    UNITS,
    B,
    c,
    cap,
    entropy,
    g,
    k,
    n,
    q,
    qknorm_logit_bound,
    r,
    s as scores,
    t,
)
from symattn.theory.softmax import even_weights
from symattn.theory.softmax.even_weights import entropy_near_log
from symattn.theory.softmax.series import tanh_between, x


@theorem(
    section="10.4",
    says=AtMost(log(n) - g**2 / 2, entropy),
    given=(UNIT, UNITS),
    instances=({q: unit(k, 0), B: ones(n, 1) @ unit(k, 0)},),
    source="not found stated elsewhere",
)
def qknorm_entropy_near():
    """With gain g the entropy of n weights is at least log n - g² / 2, which for g < 4 is more than log n - 2 g."""
    values = {even_weights.s: scores, even_weights.a: -g, even_weights.b: g}
    with argument(UNIT, UNITS) as proof:
        bounds = proof.have("no score is above g or below -g", qknorm_logit_bound)
        close = proof.at("scores this close have even weights", entropy_near_log.prove(), values, by=bounds)
        proof.show(qknorm_entropy_near.says, by=close, words="(2 g)² / 8 is g² / 2")
    return proof


step = scalar("h")
ORDER = AtMost(t, r)


@theorem(
    section="10.5",
    says=And(AtMost(0, cap(r) - cap(t)), AtMost(cap(r) - cap(t), r - t)),
    given=ORDER,
    instances=({r: t + exp(scalar("y"))},),
    source="textbook calculus",
)
def softcap_lipschitz():
    """The soft cap keeps the order of two scores and moves them no further apart: it is 1-Lipschitz."""
    least, most = softcap_lipschitz.says.args
    moved = cap(t + step) - cap(t)
    with argument(ORDER) as proof:
        up = proof.have("the slope of the cap is positive, so it never falls as h grows from 0", rising(moved, step))
        flat = proof.have("nor does h less what it gains, as the slope is at most 1", rising(step - moved, step))
        up = proof.at("at h = r - t", up, {step: r - t}, by=ORDER)
        flat = proof.at("at h = r - t", flat, {step: r - t}, by=ORDER)
        least = proof.have("t + h is r", least, by=up)
        most = proof.have("t + h is r", most, by=flat)
        proof.show(softcap_lipschitz.says, by=(least, most))
    return proof


LATER = AtMost(0, t)


@theorem(
    section="10.5",
    says=And(AtMost(t - t**3 / (3 * c**2), cap(t)), AtMost(cap(t), t), Equal(cap(-t), -cap(t))),
    given=LATER,
    instances=({t: exp(scalar("y"))},),
    source="textbook calculus",
)
def softcap_near_identity():
    """The soft cap moves a score towards 0, by at most |t|³ / (3 c²): what is far below the cap hardly moves."""
    low, high, odd = softcap_near_identity.says.args
    with argument(LATER) as proof:
        share = proof.have("t / c is not negative", AtMost(0, t / c), by=LATER)
        both = proof.at("x = t / c: x - x³/3 ≤ tanh x ≤ x", tanh_between.prove(), {x: t / c}, by=share)
        low = proof.have("times c", low, by=both)
        high = proof.have("times c", high, by=both)
        odd = proof.have("tanh is odd", odd)
        proof.show(softcap_near_identity.says, by=(low, high, odd))
    return proof
