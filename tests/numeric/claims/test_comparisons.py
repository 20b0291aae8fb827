"""What a comparison reports: the difference that weighs most, and its bound."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.numeric import EXACT, FLOAT64, Ball, Modular
from symattn.numeric.arithmetic import Truth
from symattn.numeric.claims.comparisons import at_most, equal

ZERO = np.zeros((1, 3), dtype=int)


def balls(values: list[float], radii: list[float]) -> Any:
    return Ball(np.array([values]), np.array([radii]))


def test_among_exact_numbers_it_is_the_largest_difference() -> None:
    [finding] = equal(EXACT, EXACT.lift(np.array([[1, -5, 0]])), EXACT.lift(ZERO))
    assert (finding.truth, finding.residual, finding.bound) == (Truth.FALSE, 5, 0)


def test_without_an_order_it_is_how_many_entries_differ() -> None:
    prime = Modular(7)
    [finding] = equal(prime, prime.lift(np.array([[1, 5, 7]])), prime.lift(ZERO))
    assert finding.residual == 2


def test_within_bounds_it_is_the_difference_that_is_largest_for_its_bound() -> None:
    [finding] = equal(FLOAT64, balls([2.0, 1.0, 0.0], [4.0, 1.5, 0.0]), FLOAT64.lift(ZERO))
    assert finding.truth is Truth.CONSISTENT
    assert np.allclose([finding.residual, finding.bound], [1.0, 1.5], rtol=1e-9)


def test_a_difference_without_any_error_weighs_more_than_all_others() -> None:
    [finding] = equal(FLOAT64, balls([9.0, 1.0, 0.0], [8.0, 0.0, 0.0]), FLOAT64.lift(ZERO))
    assert (finding.truth, finding.residual, finding.bound) == (Truth.FALSE, 1, 0)


def test_a_lost_bound_leaves_the_comparison_open() -> None:
    [finding] = equal(FLOAT64, balls([1.0, 0.0, 0.0], [2.0, np.inf, 0.0]), FLOAT64.lift(ZERO))
    assert finding.truth is Truth.UNKNOWN


def test_at_most_reports_the_entry_that_may_be_furthest_above() -> None:
    [finding] = at_most(FLOAT64, balls([0.5, 1.0, -3.0], [1.0, 2.0, 0.0]), FLOAT64.lift(ZERO))
    assert finding.truth is Truth.CONSISTENT
    assert np.allclose([finding.residual, finding.bound], [1.0, 2.0], rtol=1e-9)
