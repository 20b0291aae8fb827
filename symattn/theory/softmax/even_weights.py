"""Scores that lie close together have weights that are close to even, to second order in their spread.

The spread R costs at most R² / 8 of the entropy log n, and at most a quarter of it can be told apart by any reading of
the weights: for small spreads that is far better than the bound log n - R.

    n      at least 1, number of scores
    s, t   1×n    scores, p = softmax(s);  a ≤ s_j ≤ b
    H      -⟨p, log p⟩, the entropy of the weights
    w      1×n    between 0 and 1;  h half the spread of s - t
    β      at least 0, an inverse temperature

Main results
    entropy_near_log   log n - (b - a)² / 8 ≤ H
    tv_linear          ⟨w, softmax(s) - softmax(t)⟩ ≤ h / 2
"""

from symattn.language import AtMost, Equal, Partial, exp, hadamard, inner, log, normsquared, row, scalar, softmax, zeros
from symattn.proof import argument, rising, theorem
from symattn.theory.softmax import convexity
from symattn.theory.softmax.convexity import lse, popoviciu
from symattn.theory.softmax.entropy import H, entropy_of_softmax, n, one, s
from symattn.theory.softmax.series import tanh_between, x
from symattn.theory.softmax.total_variation import apart, between, h, t, tv_tanh, w

a, b, y, beta = scalar("a"), scalar("b"), scalar("y"), scalar("beta")
LOW, HIGH, LATER = AtMost(a * one, s), AtMost(s, b * one), AtMost(0, beta)
p = softmax(beta * s)
variance = inner(p, hadamard(s, s)) - inner(p, s) ** 2
lost = log(n) - lse(beta * s) + beta * inner(p, s)
kept = beta**2 * (b - a) ** 2 / 8 - lost


@theorem(
    section="4.14",
    says=AtMost(log(n) - (b - a) ** 2 / 8, H),
    given=(LOW, HIGH),
    instances=({s: softmax(row("l", n)), a: scalar("y") - scalar("y"), b: 1 + scalar("z") ** 2},),
    source="not found stated elsewhere",
)
def entropy_near_log():
    """The entropy of n weights is at least log n - (b - a)² / 8 when the scores lie between a and b.

    The entropy of softmax(β s) is log n at β = 0 and falls with slope -β times the variance of the scores, which by
    Popoviciu is at most (b - a)² / 4.
    """
    with argument(LOW, HIGH) as proof:
        weights = proof.have("weights are not negative", AtMost(zeros(1, n), p))
        sums = proof.have("and sum to 1", Equal(inner(p, one), 1))
        values = {convexity.w: p, convexity.f: s, convexity.a: a, convexity.b: b}
        spread = proof.at("Popoviciu", popoviciu.prove(), values, by=(weights, sums, LOW, HIGH))
        slope = Equal(Partial(kept, beta), beta * ((b - a) ** 2 / 4 - variance))
        slope = proof.have("log n - H falls short of β² (b - a)² / 8 by what has this slope", slope)
        room = proof.have("β times what is not negative", AtMost(0, beta * (y - x)), by=(AtMost(x, y), LATER))
        room = proof.at("here", room, {x: variance, y: (b - a) ** 2 / 4}, by=(spread, LATER))
        step = proof.have("so it is not negative", AtMost(0, Partial(kept, beta)), by=(slope, room))
        risen = proof.have("and is 0 at β = 0", rising(kept, beta, step=step))
        there = proof.at("at β = 1", risen, {beta: 1})
        same = proof.have("entropy is lse(s) less the mean score", entropy_of_softmax)
        proof.show(entropy_near_log.says, by=(there, same))
    return proof


told, share = inner(w, softmax(s) - softmax(t)), (exp(h) - 1) / (exp(h) + 1)


@theorem(
    section="4.16",
    says=AtMost(told, h / 2),
    given=(*between, apart),
    instances=({w: softmax(row("l", n)), h: 1 + normsquared(s - t)},),
    source="Cohen and Fausti, arXiv:2309.02413, by the Hilbert distance",
)
def tv_linear():
    """Scores whose differences spread over 2 h have weights with total variation at most h / 2: a quarter of that."""
    with argument(*tv_linear.given) as proof:
        some = proof.have("j = k: the spread is at least 0", AtMost(0, h), by=apart)
        half = proof.have("so is its quarter", AtMost(0, h / 2), by=some)
        bound = proof.have("total variation is at most tanh(h / 2)", tv_tanh)
        flat = proof.at("tanh x ≤ x at x = h / 2", tanh_between.prove(), {x: h / 2}, by=half)
        both = proof.have("which is less", AtMost(a, b), by=(AtMost(a, y), AtMost(y, b)))
        proof.show(proof.at("so", both, {a: told, b: h / 2, y: share}, by=(bound, flat)))
    return proof
