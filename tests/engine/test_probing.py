"""A look at numbers: what has a value that is not 0 is no longer searched, and what is 0 never has one."""

from __future__ import annotations

import pytest

from symattn.engine.probing import is_nowhere_near_zero
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import Letter, Parameter
from symattn.kernel.syntax.sizes import symbol_size, variable
from symattn.kernel.syntax.terms import Term

n = symbol_size("n")
i, j, k = (variable(name, n) for name in "ijk")
A, P = Letter("A", (n, n)), Letter("P", (n, n), frozenset({"permutation"}))
S, M = (Letter(name, (n, n), frozenset({fact})) for name, fact in (("S", "symmetric"), ("M", "mask")))
a, t = terms.parameter(Parameter("a")), terms.parameter(Parameter("t", True))
SEES = terms.before(i, j)


def less(left: Term, right: Term) -> Term:
    return terms.subtract(left, right)


@pytest.mark.parametrize(
    "zero",
    [
        less(terms.multiply(SEES, SEES), SEES),
        less(terms.add(SEES, terms.before(j, i)), terms.add(terms.number(1), terms.delta(i, j))),
        less(terms.summation((k,), terms.multiply(terms.delta(i, k), terms.entry(A, k, j))), terms.entry(A, i, j)),
        less(terms.multiply(terms.exponential(a), terms.exponential(t)), terms.exponential(terms.add(a, t))),
        less(terms.multiply(t, terms.reciprocal(t)), terms.number(1)),
        terms.reciprocal(less(a, a)),
        less(terms.summation((k,), terms.number(1)), terms.cardinal(n)),
        less(
            terms.entry(symmetric := Letter("S", (n, n), frozenset({"symmetric"})), i, j), terms.entry(symmetric, j, i)
        ),
        less(
            terms.power(terms.entry(mask := Letter("M", (n, n), frozenset({"mask"})), i, j), 2), terms.entry(mask, i, j)
        ),
    ],
)
def test_what_is_zero_has_no_other_value(zero: Term) -> None:
    assert not is_nowhere_near_zero(zero)


@pytest.mark.parametrize(
    "other",
    [
        less(SEES, terms.before(j, i)),
        terms.multiply(SEES, less(terms.entry(A, i, j), terms.entry(A, j, i))),
        less(terms.multiply(SEES, terms.entry(A, i, j)), terms.entry(A, i, j)),
        terms.multiply(SEES, less(terms.exponential(terms.entry(A, i, j)), terms.entry(A, i, j))),
    ],
)
def test_what_is_not_zero_is_seen(other: Term) -> None:
    assert is_nowhere_near_zero(other)


def test_what_has_no_numbers_is_not_judged() -> None:
    entry = terms.entry(P, i, j)
    assert not is_nowhere_near_zero(less(entry, terms.multiply(terms.number(2), entry)))
    assert not is_nowhere_near_zero(terms.derivative(terms.entry(A, i, j), A, i, j))
    long = terms.summation(tuple(variable(f"v{at}", n) for at in range(12)), terms.number(1))
    assert not is_nowhere_near_zero(terms.add(long, SEES))
