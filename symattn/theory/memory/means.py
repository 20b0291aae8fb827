"""Outputs as means of values.

An output is a mean of the values with positive weights.  So it cannot leave the set that the values span, it is the
point that is nearest to them on average, and it is a derivative of log-sum-exp.

    n, m, v   at least 1, number of keys, of queries;  width of a value
    s, S      1×n, m×n   scores of one query, of several
    p         1×n    softmax(s)
    C         n×v    values, c_j in row j
    z         1×v    p C, the output;  Z m×v  softmax(S) C, several outputs
    f         v×1    a direction: c_j f is how far the value c_j lies along it
    q, B      1×k, n×k   a query, keys

Main results
    convex_hull                  an output lies in the relative interior of the convex hull of the values
    convex_function_of_output    a convex function is at most its mean, so at most its largest value, over the values
    weighted_least_squares       an output is the one point with the least mean square distance from the values
    attention_is_lse_gradient    attention with values = keys is the gradient of log-sum-exp of the scores
"""

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Gradient,
    Iff,
    Implies,
    Partial,
    T,
    column,
    exp,
    hadamard,
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
    zeros,
)
from symattn.proof import Argument, argument, calc, each_vanishes, has_square_root, prove, theorem

n, m = sizes("n m", min=1)
k, v = sizes("k v", min=0)
s, S, C = row("s", n), matrix("S", m, n), matrix("C", n, v)
p, Z = softmax(s), softmax(S) @ C
z = p @ C
one = ones(n, 1)
f, b = column("f", v), scalar("b")
along = AtMost(C @ f, b * one)


G, R = column("G", n), column("R", n)


def _no_gap() -> Argument:
    """When gaps that are at least 0 have the mean 0, each is 0: they are squares R∘R, and weights are positive."""
    above, mean, squares = AtMost(zeros(n, 1), G), Equal(total(p @ G), 0), Equal(hadamard(R, R), G)
    with argument(above, mean) as proof:
        root = has_square_root(prove(above, above), Exists(R, squares))
        root = proof.have("what is at least 0 is a square", root, by=above)
        sum_ = proof.have("its mean is 0", Equal(total(hadamard(p.T, hadamard(R, R))), 0), by=(squares, mean))
        roots = each_vanishes(sum_, Equal(R, zeros(n, 1)), weight=p.T)
        roots = proof.have("squares with positive weights that sum to 0 are 0", roots, by=sum_)
        zero = proof.have("so is what they are squares of", Equal(G, zeros(n, 1)), by=(roots, squares))
        proof.show(zero.claim, by=(root, zero))
    return proof


@theorem(
    section="9.4",
    says=And(AtMost(total(z @ f), b), Iff(Equal(total(z @ f), b), Equal(C @ f, b * one))),
    given=along,
    instances=({b: total(hadamard(C @ f, C @ f)) + 1}, {C: one @ row("c", v), b: total(row("c", v) @ f)}),
    source="textbook convexity",
)
def convex_hull():
    """An output lies in every half-space of the values, and on its edge only if all values do.

    That is: it lies in the convex hull of the values, and not on its boundary but in the relative interior.
    """
    gap = b * one - C @ f
    below, edge = convex_hull.says.args
    with argument(along) as proof:
        spread = Equal(b - total(z @ f), total(p @ gap))
        spread = proof.have("the weights sum to 1: the gap of the output is the mean of the gaps", spread)
        below = proof.have("the weights are positive", below, by=(spread, along))
        none = proof.have("so gaps with mean 0 are 0", _no_gap())
        above = proof.have("each gap is at least 0", AtMost(zeros(n, 1), gap), by=along)
        mean = proof.have("on the edge its gap is 0", Equal(total(p @ gap), 0), by=(spread, edge.left))
        none = proof.at("so each gap is", none, {G: gap}, by=(above, mean))
        flat = Implies(*edge.args)
        flat = proof.have("an output on the edge has all values there", flat, by=none, under=along)
        back = proof.have("back, the mean of one number is that number", Implies(*reversed(flat.claim.args)))
        proof.show(convex_hull.says, by=(below, flat, back))
    return proof


low, high = row("l", v), row("h", v)
INSIDE = (AtMost(one @ low, C), AtMost(C, one @ high))


@theorem(
    section="9.4",
    says=And(AtMost(ones(m, 1) @ low, Z), AtMost(Z, ones(m, 1) @ high)),
    given=INSIDE,
    instances=(
        {C: one @ high, low: high},
        {high: ones(1, n) @ (hadamard(C, C) + ones(n, v)), low: -ones(1, n) @ (hadamard(C, C) + ones(n, v))},
    ),
    source="textbook convexity",
)
def outputs_between_values():
    """Each coordinate of an output lies between the least and the largest of that coordinate of the values."""
    below, above = INSIDE
    with argument(below, above) as proof:
        least = proof.have("a mean of numbers above l is above l", outputs_between_values.says.args[0], by=below)
        most = proof.have("and of numbers below h below h", outputs_between_values.says.args[1], by=above)
        proof.show(outputs_between_values.says, by=(least, most))
    return proof


g, h, F = row("g", v), column("h", n), scalar("F")
SUBGRADIENT = AtMost(F * one + (C - one @ z) @ g.T, h)
BOUNDED = AtMost(h, b * one)


@theorem(
    section="9.4",
    says=And(AtMost(F, total(p @ h)), AtMost(F, b)),
    given=(SUBGRADIENT, BOUNDED),
    instances=(
        {h: F * one + (C - one @ z) @ g.T, b: F + total(hadamard((C - one @ z) @ g.T, (C - one @ z) @ g.T)) + 1},
    ),
    source="Jensen's inequality; textbook convexity",
)
def convex_function_of_output():
    """A convex function of an output is at most the mean of its values at the values, so at most the largest.

    F is the function at z, h_j at c_j, and g a subgradient at z: h_j ≥ F + g·(c_j - z), which a convex function has.
    """
    mean, most = convex_function_of_output.says.args
    with argument(SUBGRADIENT, BOUNDED) as proof:
        mean = proof.have("take the mean of the bounds: that of the c_j - z is 0", mean, by=SUBGRADIENT)
        top = proof.have("a mean is at most the largest", AtMost(total(p @ h), b), by=BOUNDED)
        most = proof.have("both together", most, by=(mean, top))
        proof.show(convex_function_of_output.says, by=(mean, most))
    return proof


y, weights = row("y", v), row("w", n)
SUM = Equal(total(weights), 1)


def cost(weights: Any, point: Any) -> Any:
    """The mean square distance of a point from the values."""
    gap = C - one @ point
    return total(weights @ rowsum(hadamard(gap, gap)))


@theorem(
    section="9.5",
    says=Equal(cost(weights, y), cost(weights, weights @ C) + normsquared(y - weights @ C)),
    given=SUM,
    instances=({weights: p},),
    source="the parallel axis theorem; textbook probability",
    sketch="Open the squares: the mixed products with C - 1 w C have the mean 0, since the weights sum to 1.",
)
def mean_square_distance():
    """The mean square distance from any point is that from the mean plus the square of the distance between the two."""
    ...


@theorem(
    section="9.5",
    says=And(AtMost(cost(p, z), cost(p, y)), Iff(Equal(cost(p, y), cost(p, z)), Equal(y, z))),
    instances=({y: z},),
    source="textbook probability",
)
def weighted_least_squares():
    """The output is the one point with the least mean square distance from the values, weighted by attention."""
    least, only = weighted_least_squares.says.args
    with argument() as proof:
        sums = proof.have("weights sum to 1", Equal(total(p), 1))
        apart = proof.at("distances from y and from the mean", mean_square_distance.prove(), {weights: p}, by=sums)
        least = proof.have("squares are at least 0", least, by=apart, hints=[normsquared(y - z)])
        none = proof.have("equal costs leave no distance", Equal(normsquared(y - z), 0), by=(apart, only.args[0]))
        same = proof.have("so the points are the same", each_vanishes(none, Equal(y, z)), by=none)
        there = proof.have("", Implies(*only.args), by=same, under=())
        back = proof.have("back, y is z", Implies(*reversed(only.args)))
        proof.show(weighted_least_squares.says, by=(least, there, back))
    return proof


q, B, tau = row("q", k), matrix("B", n, k), scalar("tau", positive=True)


def lse(scores: Any) -> Any:
    """log Σ_j exp(s_j) of a row, as a number."""
    return total(logsumexp(scores))


@theorem(
    section="9.6",
    says=Equal(Gradient(lse(tau * q @ B.T) / tau, q), softmax(tau * q @ B.T) @ B),
    source="textbook calculus",
)
def attention_is_lse_gradient():
    """Attention with the keys as values is the gradient of log-sum-exp of the scores in the query."""
    share = total(reciprocal(rowsum(exp(tau * q @ B.T))))
    return (
        calc(Gradient(lse(tau * q @ B.T) / tau, q))
        .eq(share * exp(tau * q @ B.T) @ B, by="derivative of log Σ_j exp(τ q·κ_j) over τ")
        .eq(softmax(tau * q @ B.T) @ B, by="p_j = exp(s_j) / Σ_l exp(s_l)")
    )


t = scalar("t")
moved = s + t * T(C @ f)


@theorem(section="9.6", says=Equal(Partial(lse(moved), t), total(softmax(moved) @ C @ f)), source="textbook calculus")
def output_is_slope_of_lse():
    """For any values an output along f is a slope of log-sum-exp: z f = d/dt lse(s + t (C f)ᵀ), at t = 0."""
    share = total(reciprocal(rowsum(exp(moved))))
    return (
        calc(Partial(lse(moved), t))
        .eq(share * total(exp(moved) @ C @ f), by="derivative of log Σ_j exp(s_j + t c_j f)")
        .eq(total(softmax(moved) @ C @ f), by="p_j = exp(s_j) / Σ_l exp(s_l)")
    )
