"""Products to be bracketed in any way: what takes no memory says the same as what does."""

from __future__ import annotations

import numpy as np

from symattn.numeric.bounds.any_order import chained, met, product_of
from symattn.numeric.bounds.balls import Ball, all_seen, one_number
from symattn.numeric.bounds.contracts import contract

KEPT = contract("float32")


def test_letters_have_no_spread_and_every_path_is_alive() -> None:
    A, B = np.ones((2, 3)), np.full((3, 2), 2.0)
    part = chained(product_of(Ball(A, 0 * A)), product_of(Ball(B, 0 * B)), KEPT)
    assert (part.spread == 0).all()
    assert (part.alive == 1).all()
    assert part.spread.shape == part.alive.shape == (2, 2)


def test_the_radius_of_one_factor_is_carried_by_the_size_of_the_other() -> None:
    A, B, r = np.array([[1.0, -2.0]]), np.array([[3.0], [4.0]]), np.array([[0.5], [0.25]])
    for left, right in ((Ball(A, 0 * A), Ball(B, r)), (Ball(B.T, r.T), Ball(A.T, 0 * A.T))):
        assert 1.0 <= chained(product_of(left), product_of(right), KEPT).spread[0, 0] <= 1.0 + 1e-14


def test_an_exact_zero_that_meets_something_unknown_does_not_stay_one() -> None:
    zeros, lost = Ball(np.zeros((1, 2)), np.zeros((1, 2))), Ball(np.zeros((2, 1)), np.array([[np.inf], [0.0]]))
    with np.errstate(all="ignore"):
        radius = chained(product_of(zeros), product_of(lost), KEPT).radius(KEPT)
    assert not np.isfinite(radius).any()


def test_a_path_with_an_exact_zero_is_not_alive() -> None:
    A, B = np.array([[1.0, 0.0]]), np.array([[0.0], [1.0]])
    part = chained(product_of(Ball(A, 0 * A)), product_of(Ball(B, 0 * B)), KEPT)
    assert part.alive.tolist() == [[0.0]]
    assert part.radius(KEPT).tolist() == [[0.0]]


def test_a_product_with_what_one_number_stands_for_is_that_of_the_whole_matrix() -> None:
    whole, twos = np.arange(6.0).reshape(2, 3), np.broadcast_to(2.0, (3, 4))
    for left, right in ((whole, twos), (twos.T, whole.T), (twos.T, twos), (whole, whole.T)):
        found = np.broadcast_to(met(left, right), (len(left), right.shape[1]))
        assert (found == np.ascontiguousarray(left) @ np.ascontiguousarray(right)).all()


def test_one_number_stands_only_for_an_array_that_has_no_other() -> None:
    assert one_number(np.broadcast_to(3.0, (2, 5))).tolist() == [[3.0]]
    assert one_number(part := np.ones((2, 5))) is part
    rows = np.broadcast_to(np.array([[1.0], [0.0]]), (2, 5))
    assert one_number(rows) is rows
    assert not all_seen(rows)
    assert all_seen(np.broadcast_to(1.0, (2, 5)))


def test_a_radius_is_computed_when_it_is_asked_for_and_once() -> None:
    asked = []
    part = Ball(np.ones((1, 1)), lambda: asked.append(1) or np.full((1, 1), 0.5))
    assert not asked
    assert part.radius == part.radius == 0.5
    assert asked == [1]
