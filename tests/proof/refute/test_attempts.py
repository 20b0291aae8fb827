"""The order in which sizes are tried: by their sum, then some larger ones, and 0 last."""

from __future__ import annotations

import symattn as sa
from symattn.proof.refute.attempts import attempts, larger

a, b = sa.sizes("a b", min=1)
two, nought = sa.sizes("c", min=2), sa.sizes("z", min=0)


def tried(*sizes: sa.language.Size) -> list[tuple[int, ...]]:
    return [tuple(numbers[s] for s in sizes) for numbers, _ in attempts(sizes)]


def test_the_smallest_sizes_come_first() -> None:
    assert tried(a, b)[:6] == [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)]


def test_no_size_is_below_its_minimum() -> None:
    assert min(c for _, c in tried(a, two)) == 2


def test_a_size_of_0_is_tried_after_all_others() -> None:
    numbers = tried(a, nought)
    first = next(place for place, (_, z) in enumerate(numbers) if z == 0)
    assert first > 16
    assert {(1, 1), (1, 2), (2, 1), (2, 2)} <= set(numbers[:first])


def test_many_sizes_are_also_tried_at_larger_numbers() -> None:
    many = sa.sizes("p q r s t u v w", min=1)
    assert (2,) * 8 in tried(*many)
    assert (3,) * 8 in tried(*many)


def test_a_claim_without_sizes_is_tried_too() -> None:
    assert tried()[0] == ()


def test_larger_sizes_are_alike_and_then_different() -> None:
    found = [tuple(numbers.values()) for numbers, _ in larger((a, b))]
    assert found[:4] == [(5, 5), (6, 6), (7, 7), (8, 8)]
    assert all(one != other for one, other in found[4:])


def test_a_claim_without_sizes_has_no_larger_ones() -> None:
    assert not [*larger(())]
