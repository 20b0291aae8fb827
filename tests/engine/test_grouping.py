"""What hangs together, and sums of fractions of which each part is cleared by itself."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.engine.grouping import connected


def test_things_with_a_mark_in_common_are_together_also_by_way_of_others() -> None:
    marks = {"a": {1}, "b": {2}, "c": {1, 2}, "d": {3}}
    assert sorted(map(sorted, connected(marks, marks.__getitem__))) == [["a", "b", "c"], ["d"]]


def test_things_without_marks_are_one_group() -> None:
    marks: dict[str, set[int]] = {"a": set(), "b": {1}, "c": set()}
    assert sorted(map(sorted, connected(marks, marks.__getitem__))) == [["a", "c"], ["b"]]


def sums(count: int) -> tuple[Any, Any]:
    """Sums of 1/(x + y) - 1/(x + z), and the same over common denominators."""
    x, left, right = sa.scalar("x", positive=True), 0, 0
    for place in range(count):
        y, z = (sa.scalar(f"{name}{place}", positive=True) for name in "yz")
        left = left + 1 / (x + y) - 1 / (x + z)
        right = right + (z - y) / (x + y) / (x + z)
    return left, right


def test_a_sum_of_many_fractions_is_not_put_over_one_denominator() -> None:
    assert sa.prove(sa.Equal(*sums(24)))


@pytest.mark.parametrize("more", [1, sa.scalar("y0", positive=True)])
def test_what_differs_in_one_place_is_refuted(more: Any) -> None:
    left, right = sums(3)
    assert sa.decide(sa.Equal(left + more, right)).status == "refuted"


def test_parts_that_are_zero_only_together_are_cleared_together() -> None:
    """1/(1 + a) + a/(1 + a) and the same of b are 1 each, and neither is 2 by itself."""
    a, b = (sa.scalar(name, positive=True) for name in "ab")
    left = 1 / (1 + a) + a / (1 + a) + 1 / (1 + b) + b / (1 + b)
    assert sa.prove(sa.Equal(left, 2 * (1 + a) * (1 + b) / (1 + a) / (1 + b)))
    assert sa.decide(sa.Equal(left, 1 + a / (1 + a))).status == "refuted"
