"""Bounds on rounding: larger than what they bound, by a little."""

from __future__ import annotations

import warnings
from fractions import Fraction

import numpy as np
import pytest

from symattn.numeric.bounds.rounding import gamma, outward, quiet


@pytest.mark.parametrize("terms", [0, 1, 2, 3, 10, 1000, 10**6])
@pytest.mark.parametrize("unit", [2.0**-53, 2.0**-24])
def test_gamma_is_just_above_n_u_over_one_minus_n_u(terms: int, unit: float) -> None:
    exact = terms * Fraction(unit) / (1 - terms * Fraction(unit))
    assert exact <= Fraction(float(gamma(terms, unit))) <= exact * (1 + Fraction(1, 2**40))


def test_gamma_is_infinite_where_the_theory_says_nothing() -> None:
    assert np.isfinite(gamma(np.array([2047, 2048, 5000]), 2.0**-11)).tolist() == [True, False, False]


@pytest.mark.parametrize("seed", range(20))
def test_outward_pays_for_the_rounding_of_a_sum(seed: int) -> None:
    parts = np.random.default_rng(seed).random(200)
    exact = sum(Fraction(float(part)) for part in parts)
    assert Fraction(float(outward(parts.sum(), 200))) >= exact
    assert Fraction(float(outward(np.float64(sum(parts)), 200))) >= exact


def test_quiet_answers_an_overflow_without_a_warning_and_leaves_the_state_alone() -> None:
    @quiet
    def twice(depth: int) -> float:
        return float(np.exp(np.float64(1000.0))) if depth == 0 else twice(depth - 1)

    before = np.geterr()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert twice(1) == np.inf
    assert np.geterr() == before


def test_what_a_quiet_function_raises_ends_the_quiet() -> None:
    @quiet
    def refuse(depth: int) -> float:
        return refuse(depth - 1) if depth else 1 / 0

    with pytest.raises(ZeroDivisionError):
        refuse(2)
    with pytest.warns(RuntimeWarning, match="overflow"):
        np.exp(np.float64(1000.0))

    @quiet
    def overflow() -> float:
        return float(np.exp(np.float64(1000.0)))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert overflow() == np.inf
