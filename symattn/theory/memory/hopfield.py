"""Modern Hopfield networks: attention as a step down an energy.

A state ξ is compared with n patterns and replaced by their mean, weighted by softmax.  With the patterns as keys and
values, and the state as query, that is attention.

    n, m, d   at least 1, patterns; patterns besides the one that is sought;  width
    X         n×d    patterns, one in each row
    ξ         1×d    the state
    β         a positive number, the inverse temperature
    ξ'        1×d    softmax(β ξ Xᵀ) X, the next state
    E(ξ)      |ξ|²/2 - lse(β ξ Xᵀ)/β, the energy
    Y, x      m×d, 1×d   the other patterns, and the one that is sought, all of length at most R
    Δ         a gap: x scores at least Δ more than the others

Main results
    hopfield_energy_gradient   the gradient of the energy is ξ - ξ'
    hopfield_fixed_points      a state stays where it is exactly where that is 0
    hopfield_descent           a step lowers the energy by at least |ξ - ξ'|²/2
    hopfield_retrieval         one step comes within 2 R m / (e^(β Δ) + m) of the pattern that is sought
"""

from typing import Any

from symattn.language import (
    AtMost,
    Equal,
    Gradient,
    Iff,
    exp,
    hadamard,
    matrix,
    normsquared,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, at_sizes, calc, prove, theorem
from symattn.theory.memory import means
from symattn.theory.memory.means import lse
from symattn.theory.softmax import convexity
from symattn.theory.softmax.convexity import lse_above_tangents

n, m, d = sizes("n m d", min=1)
X, state = matrix("X", n, d), row("xi", d)
beta = scalar("beta", positive=True)
scores = beta * state @ X.T
after = softmax(scores) @ X
RAMSAUER = "Ramsauer et al.: Hopfield Networks is All You Need, arXiv:2008.02217"


def energy(state: Any) -> Any:
    """|ξ|²/2 - lse(β ξ Xᵀ)/β."""
    return normsquared(state) / 2 - lse(beta * state @ X.T) / beta


slope = Gradient(energy(state), state)


@theorem(section="9.1", says=Equal(slope, state - after), source=RAMSAUER)
def hopfield_energy_gradient():
    """The gradient of the energy is ξ - ξ': a step of the network is a step of gradient descent, of length 1."""
    return calc(slope).eq(state - after, by="the gradient of |ξ|²/2 is ξ, and that of log-sum-exp is softmax")


@theorem(
    section="9.1",
    says=Iff(Equal(after, state), Equal(slope, zeros(1, d))),
    instances=({X: ones(n, 1) @ row("x", d), state: row("x", d)},),
    source=RAMSAUER,
)
def hopfield_fixed_points():
    """A step leaves a state as it is exactly where the gradient of the energy is 0."""
    with argument() as proof:
        gradient = proof.have("the gradient is ξ - ξ'", hopfield_energy_gradient)
        proof.show(hopfield_fixed_points.says, by=gradient)
    return proof


@theorem(section="9.1", says=AtMost(normsquared(state - after) / 2, energy(state) - energy(after)), source=RAMSAUER)
def hopfield_descent():
    """A step lowers the energy by at least |ξ - ξ'|²/2, at any temperature and for any patterns.

    So the steps get small: the squares of all steps together are at most twice what the energy falls.
    """
    there = beta * after @ X.T
    with argument() as proof:
        convex = proof.have("log-sum-exp lies above its tangents", lse_above_tangents)
        convex = proof.at("from ξ to ξ'", convex, {convexity.s: scores, convexity.t: there})
        proof.show(hopfield_descent.says, by=convex, words="⟨p, β (ξ' - ξ) Xᵀ⟩ is β (ξ' - ξ)·ξ'")
    return proof


others, sought = matrix("Y", m, d), row("x", d)
R, gap = scalar("R"), scalar("Delta")
patterns = vstack(others, sought)
found = softmax(beta * state @ patterns.T) @ patterns
FAR = AtMost(state @ others.T + gap * ones(1, m), state @ sought.T @ ones(1, m))
LONG = (AtMost(rowsum(hadamard(others, others)), R**2 * ones(m, 1)), AtMost(normsquared(sought), R**2))
rest = m / (exp(beta * gap) + m)
away = softmax(beta * state @ others.T) @ others - sought
behind = beta * (state @ others.T - state @ sought.T @ ones(1, m))
taken = total(exp(behind))


def _others_are_near() -> Argument:
    """The mean of the other patterns is at most 2 R from the one that is sought."""
    p, gaps = softmax(beta * state @ others.T), others - ones(m, 1) @ sought
    sums = others + ones(m, 1) @ sought
    cost = total(p @ rowsum(hadamard(gaps, gaps)))
    with argument(*LONG) as proof:
        near = AtMost(
            rowsum(hadamard(gaps, gaps)), 2 * rowsum(hadamard(others, others)) + 2 * normsquared(sought) * ones(m, 1)
        )
        near = proof.have("|y + x|² is not negative", near, hints=[rowsum(hadamard(sums, sums))])
        near = proof.have(
            "so no pattern is further than 2 R",
            AtMost(rowsum(hadamard(gaps, gaps)), 4 * R**2 * ones(m, 1)),
            by=(near, *LONG),
        )
        near = proof.have("on average too", AtMost(cost, 4 * R**2), by=near)
        weights = proof.have("weights sum to 1", Equal(total(p), 1))
        spread = at_sizes(means.mean_square_distance.prove(), {means.n: m, means.v: d})
        values = {row("w", m): p, matrix("C", m, d): others, means.row("y", d): sought}
        spread = proof.at("the mean is nearer than the patterns are on average", spread, values, by=weights)
        centred = others - ones(m, 1) @ p @ others
        inner_ = proof.have(
            "", AtMost(normsquared(away), cost), by=spread, hints=[total(p @ rowsum(hadamard(centred, centred)))]
        )
        proof.show(AtMost(normsquared(away), 4 * R**2), by=(inner_, near))
    return proof


def _weight_of_others() -> Argument:
    """The weight of the others is at most m / (e^(β Δ) + m)."""
    with argument(FAR) as proof:
        low = proof.have("all others score Δ less", AtMost(behind, -beta * gap * ones(1, m)), by=FAR)
        each = proof.have("exp keeps the order", AtMost(exp(behind), exp(-beta * gap) * ones(1, m)), by=low)
        all_ = proof.have("add up", AtMost(taken, m * exp(-beta * gap)), by=each)
        proof.show(AtMost(taken / (1 + taken), rest), by=all_)
    return proof


@theorem(
    section="9.2",
    says=AtMost(normsquared(found - sought), (2 * R * rest) ** 2),
    given=(FAR, *LONG),
    instances=({others: -(ones(m, 1) @ sought), gap: normsquared(state) * 0, R: 1 + normsquared(sought)},),
    source="not found stated elsewhere in this form; " + RAMSAUER,
)
def hopfield_retrieval():
    """One step from ξ comes within 2 R m / (e^(β Δ) + m) of the pattern that scores Δ more than the m others.

    All patterns are of length R at most.  The pattern that is sought stands last; the order does not matter.
    """
    (a, b, c, e, f), (u, v) = (scalar(name) for name in "abcef"), (row(name, d) for name in "uv")
    share = taken / (1 + taken)
    smaller = prove(AtMost(a**2, b**2), (AtMost(0, a), AtMost(a, b)), check=False)
    bounds = (AtMost(a**2, b**2), AtMost(c, e**2), Equal(f, a**2 * c))
    product = prove(AtMost(f, (e * b) ** 2), bounds, check=False)
    values = {a: share, b: rest, c: normsquared(away), e: 2 * R, f: normsquared(found - sought)}
    with argument(*hopfield_retrieval.given) as proof:
        near = proof.have("so no more than 2 R is left", _others_are_near())
        few = proof.have("so their weight is small", _weight_of_others())
        apart = proof.have("the others pull by their weight", Equal(found - sought, share * away))
        length = Equal(normsquared(u), a**2 * normsquared(v))
        length = proof.have("so the square of the distance is", length, by=Equal(u, a * v))
        length = proof.at("by their squares", length, {u: found - sought, v: away, a: share}, by=apart)
        some = proof.have("exponentials are positive", AtMost(0, share))
        few = proof.at("squares of weights", smaller, {a: share, b: rest}, by=(some, few))
        bound = proof.at("times the square of 2 R", product, values, by=(few, near, length))
        proof.show(hopfield_retrieval.says, by=bound)
    return proof
