"""Sums and products with their rest: exact, whatever the numbers are."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symattn.numeric.bounds.error_free import FAINT, LOST, quick_two_sum, slices, two_product, two_sum
from symattn.numeric.bounds.rounding import quiet

RNG = np.random.default_rng(0)
HOSTILE = [0.0, 1.0, -1.0, 1 + 2.0**-52, 2.0**-1074, -(2.0**-1022), 2.0**-500, 2.0**500, 2.0**990, 1 / 3, -np.pi, 1e16]
RANDOM = RNG.standard_normal(200) * 2.0 ** RNG.integers(-400, 400, 200)
A, B = (part.ravel() for part in np.meshgrid(np.concatenate([HOSTILE, RANDOM]), np.concatenate([HOSTILE, RANDOM[:40]])))


def test_a_sum_and_its_rest_are_the_exact_sum() -> None:
    for a, b, s, e in zip(A, B, *two_sum(A, B), strict=True):
        assert Fraction(s) + Fraction(e) == Fraction(a) + Fraction(b)
        assert s == a + b


def test_the_quick_sum_is_exact_where_the_larger_number_comes_first() -> None:
    larger, smaller = np.where(np.abs(A) >= np.abs(B), A, B), np.where(np.abs(A) >= np.abs(B), B, A)
    for a, b, s, e in zip(larger, smaller, *quick_two_sum(larger, smaller), strict=True):
        assert Fraction(s) + Fraction(e) == Fraction(a) + Fraction(b)


@quiet
def test_a_product_and_its_rest_are_the_exact_product_or_nearly_where_it_is_faint() -> None:
    known = np.abs(A) * (np.abs(B) / 2.0**40) < 2.0**970
    for a, b, p, e in zip(A[known], B[known], *two_product(A[known], B[known]), strict=True):
        missed = abs(Fraction(p) + Fraction(e) - Fraction(a) * Fraction(b))
        assert missed == 0 if abs(p) >= FAINT else missed <= Fraction(LOST)


@quiet
def test_the_rest_of_a_product_that_overflows_is_no_number() -> None:
    for a, b in ((2.0**1000, 1.5), (1e200, 1e200)):
        assert not np.isfinite(two_product(np.array(a), np.array(b))[1])


@pytest.mark.parametrize("width", [2, 11, 23, 26])
def test_slices_are_whole_numbers_that_leave_what_they_say(width: int) -> None:
    high = np.array([[1 / 3, -(2.0**-70), 0.0, 5e-324, 0.75 - 2.0**-53]])
    low = np.array([[2.0**-55 / 3, 2.0**-130, 0.0, 0.0, -(2.0**-107)]])
    exponents, whole = np.array([[0]]), [Fraction(0)] * 5
    for number, (q, left) in enumerate(slices(high, low, exponents, width, 60), 1):
        assert (q == np.rint(q)).all()
        assert (np.abs(q) <= 2.0**width).all()
        for place in range(5):
            whole[place] += Fraction(q[0, place]) / 2 ** (number * width)
            missing = Fraction(high[0, place]) + Fraction(low[0, place]) - whole[place]
            assert abs(missing) <= Fraction(left[0, place]) <= Fraction(2) ** -(number * width)
