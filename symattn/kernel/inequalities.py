"""Kernel, top floor: inequalities.  They come from sums and products of what is visibly not negative."""

from __future__ import annotations

from symattn.errors import KernelError
from symattn.kernel.formulas import And, Array, Equation, Exists, ForAll, NonNegative, Semidefinite, refresh
from symattn.kernel.logic import Use, bounded, mentioned_in, must_be, need, used
from symattn.kernel.plain import Proof, holds
from symattn.kernel.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.sizes import ONE_SIZE, Index, size_of
from symattn.kernel.terms import (
    Letter,
    Term,
    add,
    entry,
    exponential,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    reindex,
    subtract,
    summation,
    symbols,
)
from symattn.kernel.theorem import Sequent, Theorem, gather, rule


@rule
def bound(
    premises: tuple[Theorem, ...], claim: NonNegative, shown: Term, uses: tuple[Use, ...], proof: Proof
) -> Sequent:
    """H |- b_p >= 0 or l_q = r_q  (p, q = 1, ...)   =>   H |- body >= 0, when body = shown + factors (b or l - r).

    The term shown and the factors of bounds are visibly not negative.  `> 0` needs the term shown to be positive, or a
    strict premise with a positive factor and no sum.
    """
    need(holds(gap(premises, claim, shown, uses), *proof), "the steps do not show that the claim is this combination")
    return gather(*premises), claim


def gap(premises: tuple[Theorem, ...], claim: NonNegative, shown: Term, uses: tuple[Use, ...]) -> Term:
    """What the claim says to be >= 0, less the term shown and what the uses of the premises give."""
    must_be(claim, NonNegative, "bound")
    need(visibly_nonnegative(shown), "the term shown is not visibly >= 0")
    rest, strict = [subtract(claim.body, shown)], visibly_positive(shown)
    for use in uses:
        (_, _, over, factor), premise = use, premises[use[0]].conclusion
        if not isinstance(premise, Equation | NonNegative):
            raise KernelError("bound needs premises that are bounds or equations")
        body = subtract(premise.left, premise.right) if isinstance(premise, Equation) else premise.body
        rest.append(used(premise, body, use, claim.indices))
        if isinstance(premise, NonNegative):
            need(visibly_nonnegative(factor), "a factor of a bound is not visibly >= 0")
            strict = strict or (premise.strict and not over and visibly_positive(factor))
    need(strict or not claim.strict, "nothing in the combination is visibly > 0")
    return bounded(add(*rest), claim)


@rule
def vanish(premises: tuple[Theorem, ...], over: tuple[int, ...]) -> Sequent:
    """H |- b_ij >= 0  (all i, j),  H' |- - sum over j of b_ij >= 0  (all i)   =>   H, H' |- b_ij = 0  (all i, j)."""
    said = must_be(premises[0].conclusion, NonNegative, "vanish")
    need(set(over) <= set(said.indices), "a variable that is summed over is no index of the terms")
    rest = tuple(v for v in said.indices if v not in over)
    least = NonNegative(rest, negative(summation(over, said.body)))
    need(premises[1].conclusion == least, "the second premise does not say that the sum is at most 0")
    return gather(*premises), Equation(said.indices, said.body, number(0))


@rule
def square_root(premises: tuple[Theorem, ...], claim: Equation) -> Sequent:
    """H |- x^2 = 0   =>   H |- x = 0  (over a field)."""
    must_be(claim, Equation, "square_root")
    (premise,) = premises
    squared = Equation(claim.indices, power(claim.left, 2), number(0))
    need(premise.conclusion == squared and claim.right == number(0), "the premise does not say that the square is 0")
    return premise.hypotheses, claim


@rule
def root(premises: tuple[Theorem, ...], letter: Letter) -> Sequent:
    """H |- x >= 0   =>   H |- there is r. r^2 = x  (over the reals), for each value of the indices of x."""
    (premise,) = premises
    said = must_be(premise.conclusion, NonNegative, "root")
    need(letter == Letter(letter.name, tuple(map(size_of, said.indices))), "the root must be unknown, one for each x")
    need(letter not in symbols(said.body), "the root must have a name of its own")
    squared = Equation(said.indices, power(entry(letter, *said.indices), 2), said.body)
    return premise.hypotheses, Exists((letter,), squared)


@rule
def tangent(premises: tuple[Theorem, ...], claim: NonNegative, argument: Term) -> Sequent:
    """|- exp(x) - 1 - x >= 0."""
    must_be(claim, NonNegative, "tangent")
    gap = subtract(exponential(argument), add(number(1), argument))
    need(not premises and claim == NonNegative(claim.indices, gap), "the claim is not exp(x) - (1 + x) >= 0")
    return (), claim


@rule
def regular(premises: tuple[Theorem, ...], claim: Equation) -> Sequent:
    """|- x x (1/x) = x, also for x = 0  (over a field)."""
    must_be(claim, Equation, "regular")
    x = claim.right
    need(not premises and claim == Equation(claim.indices, multiply(x, x, reciprocal(x)), x), "not x x/x = x")
    return (), claim


@rule
def semidefinite(premises: tuple[Theorem, ...], claim: Semidefinite, direction: Letter) -> Sequent:
    """H |- A_ij = A_ji,  H' |- v A v^T >= 0 for a letter v that H' does not mention   =>   H, H' |- A semidefinite."""
    must_be(claim, Semidefinite, "semidefinite")
    mirror, form = premises
    (i, j), body = claim.matrix.indices, claim.matrix.body
    size = size_of(i)
    mirrored = Equation((i, j), body, reindex_pair(body, i, j))
    need(mirror.conclusion == mirrored, "the first premise does not say that the matrix is symmetric")
    need(direction == Letter(direction.name, (ONE_SIZE, size)), "the direction must be a row of which nothing is known")
    need(direction not in mentioned_in(form.hypotheses) | symbols(body), "the direction is not arbitrary")
    said = NonNegative((), quadratic_form(claim.matrix, direction))
    need(form.conclusion == said, "the second premise is another form")
    return gather(mirror, form), claim


@rule
def quadratic(premises: tuple[Theorem, ...], direction: Letter) -> Sequent:
    """H |- A semidefinite   =>   H |- A_ij = A_ji  and  v A v^T >= 0 for all v."""
    (premise,) = premises
    matrix = must_be(premise.conclusion, Semidefinite, "quadratic").matrix
    (i, j), body = matrix.indices, matrix.body
    need(direction == Letter(direction.name, (ONE_SIZE, size_of(i))), "the direction must be a row, not more")
    need(direction not in symbols(body), "the direction is not arbitrary")
    form = ForAll((direction,), NonNegative((), quadratic_form(matrix, direction)))
    return premise.hypotheses, And((Equation((i, j), body, reindex_pair(body, i, j)), form))


def reindex_pair(body: Term, i: int, j: int) -> Term:
    """The body with i and j exchanged."""
    return reindex(refresh(body, frozenset({i, j})), {i: j, j: i})


def quadratic_form(matrix: Array, direction: Letter) -> Term:
    """`v A v^T` for a row v."""
    i, j = matrix.indices
    zero: Index = ("const", 0, ONE_SIZE)
    return summation((i, j), multiply(entry(direction, zero, i), matrix.body, entry(direction, zero, j)))
