"""Norms are compared by their squares, where both sides are at least 0."""

from __future__ import annotations

import symattn as sa
from symattn.language.spellings.norms import by_squares

d = sa.sizes("d")
x, y = sa.row("x", d), sa.row("y", d)
t, e = sa.scalar("t"), sa.scalar("e", positive=True)
length, other = sa.norm(x), sa.norm(y)
square = sa.normsquared(x)


def test_two_norms_become_their_squares() -> None:
    assert by_squares(length, e * other) == (square, e**2 * sa.normsquared(y))


def test_a_number_that_may_be_negative_is_not_squared() -> None:
    assert by_squares(length, t) == (length, t)


def test_a_sum_of_norms_is_left_alone() -> None:
    assert by_squares(square, e) == (square, e)
    assert by_squares(length, length + other) == (length, length + other)
