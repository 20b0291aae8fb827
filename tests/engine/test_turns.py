"""cos and sin inside of each other, of exp and of sums, against mpmath: the normal form has the value of its term.

The judge in `tests.kernel.model` knows whole angles only; here they are any real numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import mpmath
import pytest

from symattn.engine.finder import Stuck, find
from symattn.engine.normal import normal
from symattn.errors import KernelError
from symattn.kernel.plain.checking import holds
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import fresh, variable
from symattn.kernel.syntax.terms import Letter, Parameter, Term
from symattn.proof.search.equations.back_to_terms import term_of_poly
from tests.kernel.random_terms import n

A, S = Letter("A", (n, n)), Letter("S", (n, n), frozenset({"skew"}))
x, a, b = Letter("x", (n,)), Parameter("a"), Parameter("b")
SCOPE = tuple(variable(name, n) for name in "ij")
CLOSE = mpmath.mpf(10) ** -25


class Angles:
    """Random terms in which functions stand inside of functions."""

    def __init__(self, seed: int) -> None:
        self.random, self.count = random.Random(seed), 0

    def leaf(self, scope: tuple[int, ...]) -> Term:
        pick = self.random.choice
        return pick([
            terms.number(pick([-2, -1, 1, 3, Fraction(1, 2)])), terms.parameter(pick([a, b])),
            terms.entry(pick([A, S]), pick(scope), pick(scope)), terms.entry(x, pick(scope)),
            terms.delta(pick(scope), pick(scope)),
        ])  # fmt: skip

    def term(self, depth: int, scope: tuple[int, ...] = SCOPE) -> Term:
        kind = self.random.random()
        below = lambda: self.term(depth - 1, scope)  # noqa: E731
        if depth == 0 or kind < 0.15:
            return self.leaf(scope)
        if kind < 0.55:
            return self.random.choice([terms.cosine, terms.sine])(below())
        if kind < 0.6:
            return terms.exponential(below())
        if kind < 0.65:
            return terms.power(below(), 2)
        if kind < 0.72:
            self.count += 1
            bound = variable(f"s{self.count}", n)
            return terms.summation((bound,), self.term(depth - 1, (*scope, bound)))
        if kind < 0.76:
            return terms.derivative(below(), a)
        return self.random.choice([terms.add, terms.multiply])(below(), below())


class Numbers:
    """The value of a term at real numbers of 40 digits."""

    def __init__(self, seed: int, size: int) -> None:
        source = random.Random(seed)
        draw = lambda: mpmath.mpf(source.uniform(-2, 2))  # noqa: E731
        self.size, places = size, [*product(range(size), repeat=2)]
        skew = {p: draw() for p in places}
        self.entries = {A: {p: draw() for p in places}, x: {(i,): draw() for i in range(size)}}
        self.entries[S] = {(i, j): skew[i, j] - skew[j, i] for i, j in places}
        self.parameters = {a: draw(), b: draw()}

    def of(self, term: Term, at: dict[int, int]) -> Any:
        args, below = term.args, lambda t: self.of(t, at)
        match term.kind:
            case "number":
                return mpmath.mpf(args[0].numerator) / args[0].denominator
            case "cardinal":
                return mpmath.mpf(sum(c * self.size ** len(symbols) for symbols, c in args[0].terms))
            case "parameter":
                return self.parameters[args[0]]
            case "entry":
                return self.entries[args[0]][tuple(at[v] for v in args[1:])]
            case "delta":
                return mpmath.mpf(at[args[0]] == at[args[1]])
            case "add":
                return sum(map(below, args), mpmath.mpf(0))
            case "multiply":
                return prod(map(below, args), start=mpmath.mpf(1))
            case "power":
                return below(args[0]) ** (mpmath.mpf(args[1].numerator) / args[1].denominator)
            case "exp" | "cos" | "sin":
                return getattr(mpmath, term.kind)(below(args[0]))
            case "sum":
                every = product(range(self.size), repeat=len(args[0]))
                return sum(
                    (self.of(args[1], {**at, **dict(zip(args[0], v, strict=True))}) for v in every), mpmath.mpf(0)
                )
            case "derivative":
                return self.slope(args[0], args[1], at)
        raise AssertionError(term.kind)

    def slope(self, body: Term, target: Parameter, at: dict[int, int]) -> Any:
        """A difference quotient, whose error is far below CLOSE in 120 digits."""
        here, step = self.parameters[target], mpmath.mpf(10) ** -40
        ends = []
        for there in (here + step, here - step):
            self.parameters[target] = there
            ends.append(self.of(body, at))
        self.parameters[target] = here
        return (ends[0] - ends[1]) / (2 * step)


def disagreements(seeds: range, depth: int) -> Iterator[str | None]:
    """For each term that has a normal form, what is wrong with that, or with the steps that lead to it."""
    with mpmath.workdps(120):
        for seed in seeds:
            term = Angles(seed).term(depth)
            try:
                again = term_of_poly(normal(term), fresh)
            except KernelError:
                continue
            yield _wrong(seed, term, again)


def _wrong(seed: int, term: Term, again: Term) -> str | None:
    for size in (1, 2):
        numbers = Numbers(seed, size)
        at = {v: (seed + k) % size for k, v in enumerate(SCOPE)}
        left, right = (numbers.of(t, at) for t in (term, again))
        if abs(left - right) > CLOSE * (1 + abs(left)):
            return f"{seed}: {term} is {left}, its normal form {right}"
    difference = terms.subtract(term, again)
    try:
        evidence = find(difference)
    except (Stuck, KernelError):
        return None
    return None if holds(difference, *evidence) else f"{seed}: the kernel refuses the steps for {term}"


@pytest.mark.parametrize("depth", [2, 3])
def test_a_normal_form_has_the_value_of_its_term(depth: int) -> None:
    found = list(disagreements(range(150), depth))
    assert [wrong for wrong in found if wrong] == []
    assert len(found) > 120


def test_a_wrong_law_of_angles_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sin as if it were even."""
    from symattn.engine.normal import forget, turns

    right = turns._multiple
    monkeypatch.setattr(turns, "_multiple", lambda m, c: right(m, abs(c)))
    forget()
    try:
        assert any(disagreements(range(1000, 1060), 3))
    finally:
        monkeypatch.undo()
        forget()
