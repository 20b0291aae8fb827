"""A bound that is a visible part plus a factor times a known bound; where the factor may be below 0 there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine import rules
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import symbol_size
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.inequalities.division import STEPS, by_division
from tests.kernel.build import i, j, letter, matrix, n

n_, d, k = (terms.cardinal(symbol_size(name)) for name in "ndk")
a, p, q = terms.parameter(Parameter("a")), terms.parameter(Parameter("p", True)), terms.parameter(Parameter("q", True))
x = matrix(letter("A", n, n)).at(i, j)
times, plus, minus, number = terms.multiply, terms.add, terms.subtract, terms.number


def divided(goal: NonNegative, *known: NonNegative | Equation) -> bool:
    """Whether the goal is found, from the bound that is known and nothing else."""
    found = by_division(Elaborator(prefix="s"), goal, [rules.assume((), fact) for fact in known])
    if found is None:
        return False
    assert found.conclusion == goal
    assert set(found.hypotheses) <= set(known)
    assert replay(found) == found
    return True


def at_least(body: Term, strict: bool = False) -> NonNegative:
    return NonNegative((), body, strict)


SMALL = at_least(minus(d, times(number(2), k)))

FOLLOWS: dict[str, tuple[NonNegative, NonNegative]] = {
    "itself": (SMALL, SMALL),
    "a multiple": (at_least(minus(times(number(3), d), times(number(6), k))), SMALL),
    "a fraction": (at_least(minus(times(number(Fraction(1, 3)), d), times(number(Fraction(2, 3)), k))), SMALL),
    "times a size": (at_least(times(n_, minus(d, times(number(2), k)))), SMALL),
    "over a size": (SMALL, at_least(times(n_, minus(d, times(number(2), k))))),
    "times a positive number": (at_least(times(p, minus(d, times(number(2), k)))), SMALL),
    "with something more": (at_least(minus(plus(d, n_), times(number(2), k))), SMALL),
    "times one sum and with another": (
        at_least(plus(minus(times(d, d), times(number(2), d, k)), minus(times(n_, d), times(n_, k)))),
        SMALL,
    ),
    "with a square": (at_least(plus(minus(d, times(number(2), k)), times(a, a))), SMALL),
    "of entries": (at_least(times(p, plus(minus(q, p), n_))), at_least(minus(q, p))),
    "a number of it": (at_least(plus(a, number(1))), at_least(a)),
}
DOES_NOT: dict[str, tuple[NonNegative, NonNegative]] = {
    "the other way": (at_least(minus(times(number(2), k), d)), SMALL),
    "times what may be below 0": (at_least(times(a, minus(d, times(number(2), k)))), SMALL),
    "with something less": (at_least(minus(minus(d, n_), times(number(2), k))), SMALL),
    "a little less": (at_least(minus(minus(d, times(number(2), k)), number(1))), SMALL),
    "of something else": (at_least(minus(n_, times(number(2), k))), SMALL),
    "over what may be 0": (at_least(minus(q, p)), at_least(times(a, minus(q, p)))),
    "strictly": (at_least(minus(q, p), strict=True), at_least(minus(q, p))),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_a_bound_follows_by_division(name: str) -> None:
    assert divided(*FOLLOWS[name])


@pytest.mark.parametrize("name", DOES_NOT)
def test_a_near_miss_does_not(name: str) -> None:
    assert not divided(*DOES_NOT[name])


def test_a_strict_bound_follows_from_one_and_from_something_positive() -> None:
    strict = at_least(minus(q, p), strict=True)
    assert divided(strict, strict)
    assert divided(at_least(plus(minus(q, p), n_), strict=True), at_least(minus(q, p)))


def test_bounds_about_the_same_entries_are_divided() -> None:
    known = NonNegative((i, j), minus(p, x))
    assert divided(NonNegative((i, j), plus(minus(times(q, p), times(q, x)), q)), known)


def test_bounds_about_other_entries_are_not() -> None:
    assert not divided(NonNegative((i, j), minus(p, x)), NonNegative((j, i), minus(p, x)))


def test_the_first_known_bound_that_fits_is_used() -> None:
    assert divided(SMALL, at_least(minus(n_, k)), Equation((), d, k), SMALL)


def test_an_equation_is_not_divided_by() -> None:
    assert not divided(SMALL, Equation((), d, times(number(2), k)))


def test_nothing_is_divided_by_what_is_0() -> None:
    assert not divided(SMALL, at_least(number(0)))


def test_a_division_takes_no_more_than_so_many_steps() -> None:
    less_one = at_least(minus(n_, number(1)))
    assert divided(at_least(minus(times(*[n_] * STEPS), number(1))), less_one)
    assert not divided(at_least(minus(times(*[n_] * (STEPS + 1)), number(1))), less_one)
