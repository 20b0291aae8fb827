"""Room: how many values are evaluated side by side."""

from __future__ import annotations

from symattn.language import Equal, family, index, matrix, sizes, sum_heads
from symattn.numeric.evaluation.room import STACKED_ENTRIES, values_at_once

n, H = sizes("n H")
A, B = matrix("A", n, n), matrix("B", n, n)


def test_small_sizes_leave_room_for_many_values_and_large_ones_for_one() -> None:
    claim = Equal(A @ B, B @ A)
    assert values_at_once(claim, {n: 3}) > 1000
    assert values_at_once(claim, {n: 3}) > values_at_once(claim, {n: 6})
    assert values_at_once(claim, {n: 1000}) == 1


def test_what_all_parts_hold_stays_within_the_room() -> None:
    claim, size = Equal(A @ B, B @ A), 10
    assert values_at_once(claim, {n: size}) * 4 * size**2 <= STACKED_ENTRIES


def test_a_family_counts_with_all_its_members() -> None:
    F, h = family("F", H, n, n), index("h", H)
    claim = Equal(sum_heads(F[h], h), A)
    assert values_at_once(claim, {n: 4, H: 2}) >= values_at_once(claim, {n: 4, H: 20})
