"""What is true of the order of the real numbers, besides sums and products of what is >= 0."""

from __future__ import annotations

from symattn.kernel.proofs import Proof, Sequent, gather, rule
from symattn.kernel.rules.logic import mentioned_in, must_be
from symattn.kernel.syntax.formulas import Array, Equation, Exists, NonNegative, Symbol, is_symbol
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, need, size_of
from symattn.kernel.syntax.substitution import filled
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    add,
    entry,
    exponential,
    multiply,
    negative,
    number,
    power,
    subtract,
    summation,
    symbols,
)


@rule(2)
def vanish(least: Proof, most: Proof) -> Sequent:
    """H |- x >= 0,  H' |- -x >= 0   =>   H, H' |- x = 0."""
    said = must_be(least.conclusion, NonNegative)
    opposite = NonNegative(said.indices, negative(said.body))
    need(most.conclusion == opposite, "the second premise does not say that this is at most 0")
    return gather(least, most), Equation(said.indices, said.body, number(0))


@rule(1)
def root(premise: Proof, letter: Letter) -> Sequent:
    """H |- x >= 0   =>   H |- there is r. r^2 = x  (over the reals), for each value of the indices of x."""
    said = must_be(premise.conclusion, NonNegative)
    need(letter == Letter(letter.name, tuple(map(size_of, said.indices))), "the root must be unknown, one for each x")
    need(letter not in symbols(said.body), "the root must have a name of its own")
    squared = Equation(said.indices, power(entry(letter, *said.indices), 2), said.body)
    return premise.hypotheses, Exists((letter,), squared)


@rule(0)
def tangent(indices: tuple[int, ...], x: Term) -> Sequent:
    """|- exp(x) - (1 + x) >= 0."""
    return (), NonNegative(indices, subtract(exponential(x), add(number(1), x)))


@rule(2)
def for_positive(bound: Proof, about: Proof, letter: Symbol) -> Sequent:
    """H |- x > 0,  H' |- A   =>   H, H' |- A[p := x], for a letter p declared positive that H' does not mention."""
    said = must_be(bound.conclusion, NonNegative)
    declared = is_symbol(letter) and letter.facts == {"positive"} and letter.sizes == tuple(map(size_of, said.indices))
    need(said.strict and declared, "a letter declared positive, and no more, stands for what is > 0 and as large")
    need(letter not in mentioned_in(about.hypotheses), "a hypothesis is about the letter")
    return gather(bound, about), filled(about.conclusion, {letter: Array(said.indices, said.body)})


def quadratic_form(matrix: Array, direction: Letter) -> Term:
    """`v A v^T` for a row v."""
    i, j = matrix.indices
    zero: Index = ("const", 0, ONE_SIZE)
    return summation((i, j), multiply(entry(direction, zero, i), matrix.body, entry(direction, zero, j)))
