"""Partial fractions: what a denominator has in common with what is above it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.kernel.syntax import terms
from symattn.kernel.syntax.terms import Letter, Parameter, Term, entry, exponential, multiply, number, power, reciprocal
from tests.kernel.build import i, index, n, same

a = index(n)
x, y = (entry(Letter(name, (n,)), i) for name in "xy")
t = terms.parameter(Parameter("t", True))
e, f = exponential(x), exponential(y)


def plus(*parts: Term) -> Term:
    return terms.add(*parts)


def over(below: Term) -> Term:
    return reciprocal(below)


@pytest.mark.parametrize(("c", "p", "r"), [(1, 1, 1), (3, 1, 2), (2, 2, 5), (1, 3, 1), (1, Fraction(3, 2), 4)])
def test_the_reciprocal_of_an_exp_beside_a_sum_with_it_is_taken_apart(c: int, p: int | Fraction, r: int) -> None:
    """1/(x (c x^p + r)) = 1/(r x) - c x^(p-1)/(r (c x^p + r))."""
    below = plus(multiply(number(c), power(e, p)), number(r))
    apart = plus(
        multiply(number(Fraction(1, r)), power(e, -1)), multiply(number(Fraction(-c, r)), power(e, p - 1), over(below))
    )
    assert same(multiply(power(e, -1), over(below)), apart)
    assert not same(multiply(power(e, -1), over(below)), multiply(number(2), apart))


def test_the_lead_may_be_a_power() -> None:
    """x^2/(x^2 + 1) = 1 - 1/(x^2 + 1), and x/(x^2 + 1) stays."""
    below = plus(power(e, 2), number(1))
    assert same(multiply(power(e, 2), over(below)), plus(number(1), multiply(number(-1), over(below))))
    assert not same(multiply(e, over(below)), plus(number(1), multiply(number(-1), over(below))))


def test_so_it_is_under_a_sum() -> None:
    """Where nothing can be multiplied out by the denominators: sum of y e^-x/(1 + e^-x) is that of y/(1 + e^x)."""
    inner = [terms.reindex(part, {i: a}) for part in (y, e)]
    back = power(inner[1], -1)
    left = terms.summation([a], multiply(inner[0], back, over(plus(number(1), back))))
    assert same(left, terms.summation([a], multiply(inner[0], over(plus(number(1), inner[1])))))
    assert not same(left, terms.summation([a], multiply(inner[0], over(plus(number(2), inner[1])))))


def test_what_stands_beside_the_lead_must_be_a_number() -> None:
    below = plus(e, f, number(1))
    assert not same(multiply(power(e, -1), over(below)), plus(power(e, -1), multiply(number(-1), over(below))))
    assert same(multiply(power(e, -1), f, over(below)), multiply(f, power(e, -1), over(below)))
    assert same(multiply(t, power(e, -1), over(plus(e, t))), plus(power(e, -1), multiply(number(-1), over(plus(e, t)))))
