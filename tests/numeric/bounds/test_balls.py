"""Balls: what overflowed is unknown, what is exact is seen, and sums that only the check forms lose nothing."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.numeric.bounds.balls import Ball, ball, present

HUGE = 1.7e308


def test_finite_entries_stay_though_their_sum_is_not_finite() -> None:
    with np.errstate(all="ignore"):
        held = ball(np.array([[HUGE, HUGE]]), np.array([[HUGE, HUGE]]))
    assert held.value.tolist() == [[HUGE, HUGE]]
    assert held.radius.tolist() == [[HUGE, HUGE]]


@pytest.mark.parametrize("lost", [np.inf, -np.inf, np.nan])
def test_an_entry_that_is_no_finite_number_is_unknown(lost: float) -> None:
    with np.errstate(all="ignore"):
        held = ball(np.array([[1.0, lost, -np.inf]]), np.zeros((1, 3)))
    assert held.value.tolist() == [[1, 0, 0]]
    assert held.radius.tolist() == [[0, np.inf, np.inf]]


@pytest.mark.parametrize("lost", [np.inf, np.nan])
def test_a_radius_that_is_no_finite_number_is_infinite(lost: float) -> None:
    with np.errstate(all="ignore"):
        held = ball(np.array([[1.0, 2.0]]), np.array([[lost, 0.5]]))
    assert held.radius.tolist() == [[np.inf, 0.5]]


def test_a_ball_is_still_where_no_entry_may_move_and_full_where_none_is_0() -> None:
    for values, radii, still, full in (
        ([1.0, 2.0], [0.0, 0.0], True, True),
        ([1.0, 0.0], [0.0, 0.0], True, False),
        ([1.0, 2.0], [0.0, 5e-324], False, True),
        ([0.0, 2.0], [np.inf, 0.0], False, False),
    ):
        part = Ball(np.array([values]), np.array([radii]))
        assert (part.still, part.full) == (still, full)


def test_an_entry_is_present_unless_it_is_exactly_0() -> None:
    part = Ball(np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 1e-9]]))
    assert present(part).tolist() == [[1, 0, 1]]
    assert present(Ball(np.array([[3.0, -1.0]]), np.zeros((1, 2)))).tolist() == [[1, 1]]
