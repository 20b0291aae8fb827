"""exp, log, reciprocals and powers: what cancels only because something is seen not to vanish."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symattn.engine.normal import normal
from symattn.errors import KernelError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    cardinal,
    entry,
    exponential,
    multiply,
    number,
    reciprocal,
)
from tests.kernel.build import i, index, j, letter, n, same, z

a = index(n)
zero, one = number(0), number(1)
x, y = (entry(Letter(name, (n,)), i) for name in "xy")
t, u = terms.parameter(Parameter("t", True)), terms.parameter(Parameter("u"))
P = entry(letter("P", n, n, "positive"), i, j)


def half(term: Term) -> Term:
    return terms.power(term, Fraction(1, 2))


def test_exp_turns_sums_into_products() -> None:
    assert same(exponential(terms.add(x, y)), multiply(exponential(x), exponential(y)))
    assert same(exponential(multiply(number(3), x)), terms.power(exponential(x), 3))
    assert same(multiply(exponential(x), exponential(terms.negative(x))), one)
    assert same(half(exponential(multiply(number(2), x))), exponential(x))
    assert not same(exponential(multiply(x, y)), multiply(exponential(x), exponential(y)))
    assert not same(exponential(zero), zero)


def test_exp_of_a_skew_entry_is_turned_into_its_reciprocal() -> None:
    skew = letter("K", n, n, "skew")
    forth, back = (exponential(entry(skew, *at)) for at in ((i, j), (j, i)))
    assert same(multiply(forth, back), one)
    assert not same(forth, back)


@pytest.mark.parametrize("places", [(i, j), (j, i)])
def test_a_quotient_by_a_skew_exp_is_reduced_by_the_right_one(places: tuple[int, int]) -> None:
    """exp(K_ij) / (exp(K_ij) + b_i) = 1 - b_i / (exp(K_ij) + b_i), and not so for exp(K_ji)."""
    skew, b = letter("K", n, n, "skew"), entry(Letter("b", (n,), frozenset({"positive"})), places[0])
    normal(b)
    forth, back = (exponential(entry(skew, *at)) for at in (places, places[::-1]))
    whole = terms.add(forth, b)
    expected = terms.subtract(one, multiply(b, reciprocal(whole)))
    assert same(multiply(forth, reciprocal(whole)), expected)
    assert not same(multiply(back, reciprocal(whole)), expected)


def test_a_sum_that_may_be_empty_is_positive_only_beside_something_that_is() -> None:
    empty = terms.summation([index(z)], exponential(u))
    mask = terms.summation([a], multiply(entry(letter("M", n, n, "mask"), i, a), exponential(u)))
    for rest in (one, t, exponential(x)):
        whole = terms.add(rest, empty)
        assert same(multiply(whole, reciprocal(whole)), one)
    shown = terms.add(one, mask)
    assert same(multiply(shown, reciprocal(shown)), one)
    for loose in (
        empty,
        terms.add(empty, cardinal(z)),
        terms.power(empty, 2),
        mask,
        terms.add(one, terms.negative(empty)),
        terms.add(u, empty),
    ):
        assert not same(multiply(loose, reciprocal(loose)), one)
        assert not same(multiply(half(loose), half(loose)), loose)


def test_log_undoes_exp_and_is_undone_by_it() -> None:
    whole = terms.summation([a], exponential(entry(letter("A", n, n), i, a)))
    assert same(terms.logarithm(exponential(x)), x)
    assert same(exponential(terms.logarithm(whole)), whole)
    assert same(exponential(multiply(number(-2), terms.logarithm(whole))), terms.power(whole, -2))
    assert same(terms.logarithm(multiply(t, whole)), terms.add(terms.logarithm(t), terms.logarithm(whole)))


def test_log_of_what_may_vanish_is_left_alone() -> None:
    assert not same(exponential(terms.logarithm(x)), x)
    assert not same(terms.logarithm(multiply(x, y)), terms.add(terms.logarithm(x), terms.logarithm(y)))
    assert not same(terms.logarithm(terms.power(x, 2)), multiply(number(2), terms.logarithm(x)))
    empty = terms.summation([index(z)], one)
    assert not same(exponential(terms.logarithm(empty)), cardinal(z))


POSITIVE = {
    "number": number(3),
    "parameter": t,
    "size": cardinal(n),
    "exp": exponential(x),
    "letter": P,
    "sum of exps": terms.summation([a], exponential(entry(Letter("x", (n,)), a))),
    "sum": terms.add(exponential(x), t),
    "reciprocal": reciprocal(terms.add(exponential(x), one)),
    "sum with a square": terms.add(terms.power(x, 2), one),
    "sum with a sum of squares": terms.add(terms.summation([index(z)], multiply(x, x)), one),
}
PERHAPS_ZERO = {
    "entry": x,
    "free parameter": u,
    "empty size": cardinal(z),
    "empty sum": terms.summation([index(z)], exponential(x)),
    "square": terms.power(x, 2),
    "difference": terms.subtract(exponential(x), t),
    "reciprocal": reciprocal(x),
    "log": terms.logarithm(t),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_what_is_seen_to_be_positive_cancels(name: str) -> None:
    value = POSITIVE[name]
    assert same(multiply(value, reciprocal(value)), one)
    assert same(multiply(half(value), half(value)), value)


@pytest.mark.parametrize("name", PERHAPS_ZERO)
def test_what_may_be_zero_does_not_cancel(name: str) -> None:
    value = PERHAPS_ZERO[name]
    assert not same(multiply(value, reciprocal(value)), one)
    assert not same(multiply(half(value), half(value)), value)


def test_the_reciprocal_of_zero_is_zero() -> None:
    assert same(reciprocal(zero), zero)
    assert same(terms.power(zero, -2), zero)
    assert same(terms.power(zero, 0), one)
    assert same(reciprocal(terms.summation([index(z)], zero)), zero)


def test_reciprocals_are_multiplicative_and_undo_each_other_even_at_zero() -> None:
    assert same(reciprocal(multiply(x, y)), multiply(reciprocal(x), reciprocal(y)))
    assert same(reciprocal(reciprocal(x)), x)
    assert same(reciprocal(terms.negative(x)), terms.negative(reciprocal(x)))
    assert same(terms.power(x, -3), terms.power(reciprocal(x), 3))
    assert not same(reciprocal(terms.add(x, y)), terms.add(reciprocal(x), reciprocal(y)))


def test_a_shared_factor_leaves_a_reciprocal_only_as_a_reciprocal() -> None:
    """1/(x y + x^2) = 1/x 1/(y + x); but x/(x y + x^2) is 0 where x is, and 1/(y + x) need not be."""
    whole = terms.add(multiply(x, y), terms.power(x, 2))
    assert same(reciprocal(whole), multiply(reciprocal(x), reciprocal(terms.add(x, y))))
    assert not same(multiply(x, reciprocal(whole)), reciprocal(terms.add(x, y)))
    shared = terms.add(multiply(t, x), multiply(t, y))
    assert same(multiply(t, reciprocal(shared)), reciprocal(terms.add(x, y)))


def test_the_sign_of_a_reciprocal_is_taken_out() -> None:
    for whole in (terms.add(x, y), terms.add(x, y, one), terms.add(exponential(x), t), terms.subtract(x, y)):
        assert same(terms.add(reciprocal(whole), reciprocal(terms.negative(whole))), zero)


def test_a_quotient_is_reduced_by_its_newest_part() -> None:
    whole = terms.add(exponential(x), exponential(y), t)
    parts = [multiply(part, reciprocal(whole)) for part in (exponential(x), exponential(y), t)]
    assert same(terms.add(*parts), one)
    assert not same(terms.add(*parts[:2]), one)


def test_powers_add_where_nothing_vanishes() -> None:
    assert same(multiply(half(t), half(t), half(t)), terms.power(t, Fraction(3, 2)))
    assert same(half(multiply(number(2), t)), multiply(half(number(2)), half(t)))
    assert same(terms.power(half(P), -2), reciprocal(P))
    assert not same(half(terms.add(t, one)), terms.add(half(t), one))


def test_a_natural_power_is_a_product() -> None:
    assert same(
        terms.power(terms.add(x, y), 2), terms.add(terms.power(x, 2), multiply(number(2), x, y), terms.power(y, 2))
    )
    assert same(terms.power(x, 1), x)
    assert same(terms.power(x, 0), one)


def test_a_power_without_end_is_refused() -> None:
    assert same(multiply(terms.power(x, 300), terms.power(x, 200)), terms.power(x, 500))
    with pytest.raises(KernelError, match="too high"):
        normal(terms.power(x, 10**9))
