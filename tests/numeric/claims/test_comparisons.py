"""What a comparison reports: the difference that weighs most, and its bound."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.numeric import EXACT, FLOAT64, Ball, Modular
from symattn.numeric.arithmetic import Truth
from symattn.numeric.claims.comparisons import at_most, equal, positive

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


@pytest.mark.parametrize(
    ("compare", "arithmetic"),
    [(equal, EXACT), (equal, Modular(7)), (equal, FLOAT64), (at_most, EXACT), (at_most, FLOAT64)],
    ids=["equal", "equal modulo", "equal in floats", "at most", "at most in floats"],
)
def test_values_side_by_side_have_a_judgement_each(compare: Any, arithmetic: Any) -> None:
    left, right = np.array([[[1, 2]], [[3, 3]], [[0, 5]]]), np.array([[1, 2]])
    together = compare(arithmetic, arithmetic.lift(left), arithmetic.lift(right))
    assert together == [compare(arithmetic, arithmetic.lift(one), arithmetic.lift(right))[0] for one in left]
    assert len({judgement.detail for judgement in together}) == 3


def test_positive_judges_each_value() -> None:
    values = np.array([[[1, 2]], [[0, 1]], [[3, -1]]])
    assert [found.truth for found in positive(EXACT, EXACT.lift(values))] == [Truth.TRUE, Truth.FALSE, Truth.FALSE]


def test_an_enclosure_that_is_no_number_leaves_the_comparison_open() -> None:
    class Lost:
        """An arithmetic whose enclosures are no numbers."""

        ordered, certain = True, False

        def __getattr__(self, name: str) -> Any:
            return getattr(FLOAT64, name)

        def enclose(self, value: Any) -> Any:
            return np.full((1, 2), np.nan), np.full((1, 2), np.nan)

    value = FLOAT64.lift(np.array([[1.0, 2.0]]))
    lost: Any = Lost()
    found = [*equal(lost, value, FLOAT64.lift(np.ones((1, 2)))), *at_most(lost, value, value), *positive(lost, value)]
    assert [judgement.truth for judgement in found] == [Truth.UNKNOWN] * 3
