"""Exact arithmetic: rational numbers, exp read as 2**x, and a sentence where something is not rational."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from symattn.numeric import Exact
from symattn.numeric.arithmetic import NotExact, Truth
from symattn.numeric.arithmetics.exact import base_two_exp, base_two_log, root

exact = Exact()
rationals = st.fractions(min_value=-9, max_value=9, max_denominator=9)


def lifted(rows: object) -> np.ndarray:
    return exact.lift(np.array(rows, dtype=object))


@settings(deadline=None)
@given(st.integers(-50, 50), st.integers(-50, 50))
def test_exp_of_a_sum_is_the_product(a: int, b: int) -> None:
    assert base_two_exp(a + b) == base_two_exp(a) * base_two_exp(b)
    assert base_two_exp(a) > 0


@settings(deadline=None)
@given(st.integers(-500, 500))
def test_log_undoes_exp(a: int) -> None:
    assert base_two_log(base_two_exp(a)) == a


@settings(deadline=None)
@given(rationals, st.integers(1, 4), st.integers(-3, 3))
def test_a_root_is_the_number_whose_power_it_is(base: Fraction, degree: int, times: int) -> None:
    base = abs(base)
    expected = base**times if base or times >= 0 else 0
    assert root(base**degree, Fraction(times, degree)) == expected


@pytest.mark.parametrize("entry", [3, 0, -4, Fraction(1, 3)])
def test_a_logarithm_that_is_not_whole_is_refused(entry: Fraction) -> None:
    with pytest.raises(NotExact, match="powers of 2"):
        base_two_log(entry)


def test_a_whole_angle_turns_by_the_triangle_of_sides_3_4_5() -> None:
    angles = lifted([[0, 1, -1, 2, 7]])
    turns = [complex(3, 4) ** int(a) / 5 ** abs(int(a)) if a >= 0 else complex(3, -4) / 5 for a in angles[0]]
    assert exact.cos(angles)[0, :4].tolist() == [1, Fraction(3, 5), Fraction(3, 5), Fraction(-7, 25)]
    assert exact.sin(angles)[0, :4].tolist() == [0, Fraction(4, 5), Fraction(-4, 5), Fraction(24, 25)]
    for c, s, turn in zip(exact.cos(angles)[0], exact.sin(angles)[0], turns, strict=True):
        assert abs(complex(c, s) - turn) < 1e-12
        assert c * c + s * s == 1


@pytest.mark.parametrize("angle", [Fraction(1, 2), 10**6])
def test_an_angle_that_is_not_whole_or_too_large_is_refused(angle: Fraction) -> None:
    with pytest.raises(NotExact, match="cos"):
        exact.sin(lifted([[angle]]))


def test_exp_of_a_half_is_refused_with_a_reason() -> None:
    with pytest.raises(NotExact, match=r"exp\(1/2\) is not a rational number"):
        exact.exp(lifted([[Fraction(1, 2)]]))


def test_an_exponent_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(NotExact, match="bits"):
        exact.exp(lifted([[10**30]]))


@pytest.mark.parametrize("entry", [2, -4, Fraction(4, 3)])
def test_an_irrational_root_is_refused(entry: Fraction) -> None:
    with pytest.raises(NotExact, match="not a rational number"):
        root(entry, Fraction(1, 2))


def test_floats_are_the_dyadic_numbers_that_they_stand_for() -> None:
    assert exact.lift(np.array([[0.1]]))[0, 0] == Fraction(3602879701896397, 2**55)
    assert exact.lift(np.array([[0.1]], dtype=np.float32))[0, 0] == Fraction(13421773, 2**27)


def test_whole_numbers_stay_python_ints_that_cannot_overflow() -> None:
    big = exact.lift(np.array([[2**62]]))
    assert exact.multiply(big, big)[0, 0] == 2**124


def test_a_singular_matrix_has_no_inverse() -> None:
    with pytest.raises(NotExact, match="no inverse"):
        exact.inverse(lifted([[1, 2], [2, 4]]))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(rationals, min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_gram_matrix_is_positive_semidefinite_and_less_than_it_is_not(rows: list[list[Fraction]]) -> None:
    square = lifted(rows)
    gram = square @ square.T
    assert exact.positive_semidefinite(gram)[0] is Truth.TRUE
    lowered = gram - lifted(np.diag([0, 0, 1])) * (gram[2, 2] + 1)
    assert exact.positive_semidefinite(lowered)[0] is Truth.FALSE
