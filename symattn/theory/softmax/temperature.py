"""Softmax from hot to cold.

At inverse temperature β the weights of β s go from equal ones to those of the largest scores alone.  How fast is said
here without limits: by bounds for every β, with the gap Δ between the largest score and the others.

    n, m, k   at least 1, number of scores; of those below the largest; of those that tie for it
    a         1×m    scores below the largest
    b         a number, the largest score, which stands last; k times in front where it ties
    β, Δ      inverse temperature, positive; gap: a_j + Δ ≤ b
    r         Σ_j exp(β (a_j - b))
    ε, δ      what the others may weigh, and what the largest must: ε + δ = 1
    R         spread of scores: s_i - s_j ≤ R

Main results
    temperature_limit   the others weigh r / (1 + r) ≤ m / (e^(βΔ) + m)
    cold_weights        which is at most ε as soon as βΔ ≥ m / ε - m
    tied_maxima_share   k largest scores have the weight 1 / (k + r) each: tied scores never give a one-hot row
    hot_weights         weights lie between e^(-βR) / n and e^(βR) / n
    sharpness_iff       a gap Δ ensures the weight 1 - ε exactly when βΔ ≥ log(m (1 - ε) / ε)
"""

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    ForAll,
    Iff,
    Implies,
    exp,
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
from symattn.proof import Theorem, argument, prove, theorem
from symattn.theory.softmax.convexity import below_log, rises, x as exponent, y as number

n, m, k = sizes("n m k", min=1)
a, s = row("a", m), row("s", n)
b, gap, spread = scalar("b"), scalar("Delta"), scalar("R")
beta, epsilon, delta = (scalar(name, positive=True) for name in ("beta", "epsilon", "delta"))
low = ones(1, m)
single = identity(1)
APART = AtMost(a + gap * low, b * low)
r = total(exp(beta * (a - b * low)))


def weights(a: Any, b: Any) -> Any:
    """Of the scores a, and b at the end."""
    return softmax(hstack(beta * a, beta * b * single))


def largest(a: Any, b: Any) -> Any:
    """The weight of b."""
    return total(weights(a, b) @ vstack(zeros(m, 1), single))


top = largest(a, b)
most = m / (exp(beta * gap) + m)
APART_INSTANCE = {b: total(exp(a)) + gap}


@cache
def few_others() -> Theorem:
    """r ≤ m e^(-βΔ), where every other score is at least Δ below b."""
    return prove(AtMost(r, m * exp(-beta * gap)), APART)


@theorem(
    section="4.6",
    says=And(Equal(1 - top, r / (1 + r)), AtMost(1 - top, most)),
    given=APART,
    instances=(APART_INSTANCE,),
    source="textbook calculus",
)
def temperature_limit():
    """All scores but the largest weigh together r / (1 + r), which is at most m / (e^(βΔ) + m)."""
    with argument(APART) as proof:
        exact = proof.have("over the exponential of b, the others are r", Equal(1 - top, r / (1 + r)))
        few = proof.have("each is at most e^(-βΔ)", few_others())
        bound = proof.have("r / (1 + r) rises with r", AtMost(1 - top, most), by=few)
        proof.show(temperature_limit.says, by=(exact, bound))
    return proof


@theorem(
    section="4.6",
    says=Equal(1 - largest((b - gap) * low, b), most),
    source="textbook calculus",
    sketch="r = m e^(-βΔ) when every other score is b - Δ.",
)
def temperature_limit_attained():
    """The bound m / (e^(βΔ) + m) is the weight of the others when all of them are at the gap."""
    ...


@theorem(
    section="4.6",
    says=AtMost(1 - top, epsilon),
    given=(APART, AtMost(m, epsilon * (beta * gap + m))),
    instances=({gap: 1 + total(exp(a)), b: 1 + 2 * total(exp(a)), epsilon: m / (m + beta)},),
    source="textbook calculus",
)
def cold_weights():
    """The largest score has the weight 1 - ε or more as soon as β Δ ≥ m / ε - m: a limit, without limits."""
    enough, x, y = cold_weights.given[1], scalar("x"), scalar("y")
    with argument(*cold_weights.given) as proof:
        bound = proof.have("", AtMost(1 - top, most), by=(temperature_limit, APART))
        tangent = proof.have("e^(βΔ) is at least 1 + βΔ", AtMost(beta * gap, exp(beta * gap)))
        known = AtMost(m, epsilon * (x + m)), AtMost(x, y)
        wide = proof.have("what is above x will do for it", AtMost(m, epsilon * (y + m)), by=known)
        wide = proof.at("such as e^(βΔ) for βΔ", wide, {x: beta * gap, y: exp(beta * gap)}, by=(enough, tangent))
        small = proof.have("divide", AtMost(most, epsilon), by=wide)
        proof.show(cold_weights.says, by=(bound, small))
    return proof


others = total(weights(a, b) @ vstack(identity(m), zeros(1, m)))


@theorem(section="4.6", says=Equal(others + (1 - top), 2 * (1 - top)), source="textbook calculus")
def distance_from_one_hot():
    """The weights differ from the one-hot row of the largest score by 2 (1 - p_max), in the sum of absolute values."""
    with argument() as proof:
        sums = proof.have("the weights sum to 1", Equal(others, 1 - top))
        proof.show(distance_from_one_hot.says, by=sums)
    return proof


shares = softmax(hstack(beta * b * ones(1, k), beta * a)) @ vstack(identity(k), zeros(m, k))
equal = ones(1, k)


@theorem(
    section="4.6",
    says=And(
        Equal(shares, 1 / (k + r) * equal),
        AtMost(shares, equal / k),
        AtMost(1 / (k + m * exp(-beta * gap)) * equal, shares),
    ),
    given=APART,
    instances=(APART_INSTANCE,),
    source="textbook calculus",
)
def tied_maxima_share():
    """k scores that tie for the largest have equal weights, between 1 / (k + m e^(-βΔ)) and 1 / k.

    So the limit for β → ∞ is one-hot only when one score is the largest.
    """
    exact, above, below = tied_maxima_share.says.args
    with argument(APART) as proof:
        exact = proof.have("over the exponential of b, the sum of all is k + r", exact)
        above = proof.have("r is positive", above, by=exact)
        few = proof.have("each other one is at most e^(-βΔ)", few_others())
        below = proof.have("so r is at most m e^(-βΔ)", below, by=(exact, few))
        proof.show(tied_maxima_share.says, by=(exact, above, below))
    return proof


one = ones(1, n)
SPREAD = AtMost(s.T @ one - one.T @ s, spread * ones(n, n))


@theorem(
    section="4.6",
    says=And(
        AtMost(softmax(beta * s), exp(beta * spread) / n * one),
        AtMost(exp(-beta * spread) / n * one, softmax(beta * s)),
    ),
    given=SPREAD,
    instances=({spread: 1 + 2 * total(exp(s)) + 2 * total(exp(-s))},),
    source="textbook calculus",
)
def hot_weights():
    """Scores that spread over R have weights between e^(-βR) / n and e^(βR) / n, so for small β nearly equal ones."""
    rows, columns = beta * s.T @ one, beta * one.T @ s
    upper, lower = hot_weights.says.args
    with argument(SPREAD) as proof:
        sums = proof.have("", rises(rows, beta * spread * ones(n, n) + columns, SPREAD))
        upper = proof.have("divide by n and by the sum of the exponentials", upper, by=sums)
        lower = proof.have("and in the same way for the columns", lower, by=sums)
        proof.show(hot_weights.says, by=(upper, lower))
    return proof


ALWAYS = ForAll((a, b), Implies(APART, AtMost(delta, top)))
ENOUGH = AtMost(log(m * delta / epsilon), beta * gap)


@theorem(
    section="4.7",
    says=Iff(ALWAYS, ENOUGH),
    given=Equal(delta + epsilon, 1),
    instances=({delta: exp(b) / (1 + exp(b)), epsilon: 1 / (1 + exp(b))},),
    source="textbook calculus",
)
def sharpness_iff():
    """Every row with the gap Δ has its largest weight at least 1 - ε exactly when β Δ ≥ log(m (1 - ε) / ε).

    So the scale of the scores must grow like the logarithm of their number.
    """
    (one_in_all,) = sharpness_iff.given
    clear = AtMost(m * delta, epsilon * exp(beta * gap))
    worst, x, y, z = m * exp(-beta * gap), *(scalar(name) for name in "xyz")
    values = {x: r * delta, y: epsilon, z: 1 - delta}
    with argument(one_in_all) as proof:
        same = proof.at(
            "the same without the logarithm", below_log(), {number: m * delta / epsilon, exponent: beta * gap}
        )
        same = proof.have("times ε", Iff(ENOUGH, clear), by=same)
        whole = proof.have("ε = 1 - δ", Equal(epsilon, 1 - delta), by=one_in_all)
        put = proof.have("the same number may stand for it", AtMost(x, z), by=(AtMost(x, y), Equal(y, z)))
        few = proof.have("each other is at most e^(-βΔ)", few_others())
        little = proof.have("so they weigh little", AtMost(r * delta, epsilon), by=(few, clear))
        high = proof.at("as ε = 1 - δ", put, values, by=(little, whole))
        high = proof.have("the weight 1 / (1 + r) of b is large enough", AtMost(delta, top), by=high)
        high = proof.have("for every such row", ALWAYS, by=high, under=(clear, one_in_all))
        back = proof.have("", Implies(clear, ALWAYS), by=high, under=one_in_all)
        row_ = AtMost(delta, 1 / (1 + worst))
        row_ = proof.have("back, with every other score at b - Δ", row_, by=ALWAYS, hints=((b - gap) * low, b))
        row_ = proof.have("times 1 + m e^(-βΔ)", AtMost(worst * delta, 1 - delta), by=row_)
        values = {x: worst * delta, y: 1 - delta, z: epsilon}
        there = proof.at("as ε = 1 - δ", put, values, by=(row_, whole))
        there = proof.have("times e^(βΔ)", clear, by=there)
        there = proof.have("", Implies(ALWAYS, clear), by=there, under=one_in_all)
        proof.show(sharpness_iff.says, by=(same, there, back))
    return proof
