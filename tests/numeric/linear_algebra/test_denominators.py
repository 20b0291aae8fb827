"""Fractions over common denominators: the same numbers as Fraction has, reduced, and int where they are whole."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np
import pytest
from hypothesis import given, strategies as st

from symattn.numeric.linear_algebra import denominators
from symattn.numeric.linear_algebra.denominators import LONG, over_common, quotients

NUMBERS = st.integers(-(10**6), 10**6)


@given(st.lists(st.fractions(max_denominator=60), min_size=1, max_size=5))
def test_numerators_over_the_common_denominator_are_the_entries(row: list[Fraction]) -> None:
    numerators, common = over_common(np.array([row], dtype=object), -1)
    assert [Fraction(top, common[0, 0]) for top in numerators[0]] == row
    assert gcd(common[0, 0], *numerators[0]) == 1 or not any(row)


def test_whole_numbers_have_the_denominator_one() -> None:
    numerators, common = over_common(np.array([[3, -4]], dtype=object), -1)
    assert (numerators.tolist(), common) == ([[3, -4]], 1)


@given(NUMBERS, NUMBERS.filter(bool))
def test_a_quotient_is_the_fraction_and_an_int_where_it_is_whole(top: int, bottom: int) -> None:
    found = quotients(top, bottom)
    assert found == Fraction(top, bottom)
    assert type(found) is (int if top % bottom == 0 else Fraction)


def test_a_quotient_by_0_is_0() -> None:
    assert quotients(np.array([[5]], dtype=object), 0).tolist() == [[0]]


@pytest.mark.needs("flint")
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("factor", [1, 15])
def test_long_numbers_are_reduced_by_flint_as_by_python(sign: int, factor: int) -> None:
    top, bottom = sign * factor * (7 ** (LONG // 2) + 2), factor * (3**LONG + 4)
    found = quotients(top, bottom)
    assert (found.numerator, found.denominator) == Fraction(top, bottom).as_integer_ratio()
    assert type(found.numerator) is int
    assert found + 1 == Fraction(top + bottom, bottom)


@pytest.mark.needs("flint")
def test_a_long_quotient_that_is_whole_is_an_int() -> None:
    bottom = 3**LONG
    assert quotients(5 * bottom, bottom) == 5
    assert type(quotients(5 * bottom, bottom)) is int


def test_without_flint_long_quotients_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denominators, "flint", lambda: None)
    assert quotients(6 * 7**LONG, 4 * 3**LONG) == Fraction(3 * 7**LONG, 2 * 3**LONG)
