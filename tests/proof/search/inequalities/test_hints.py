"""Bounds by hints: what is hinted at has to be visibly >= 0, and what is bounded has to be it."""

from __future__ import annotations

import symattn as sa
from symattn import AtMost, hadamard, normsquared, zeros

n, m = sa.sizes("n m")
A, B = sa.matrix("A", n, m), sa.matrix("B", n, m)
NEITHER = zeros(n, m)


def test_a_bound_is_what_is_hinted_under_what_is_given() -> None:
    given = sa.Equal(B, hadamard(A, A))
    assert sa.decide(AtMost(NEITHER, B), given, hints=[hadamard(A, A)]).status == "proved"


def test_or_that_and_a_known_bound() -> None:
    claim = AtMost(NEITHER, B + hadamard(A, A))
    assert sa.decide(claim, AtMost(NEITHER, B), hints=[hadamard(A, A)]).status == "proved"


def test_what_is_hinted_at_is_not_taken_to_be_positive() -> None:
    assert sa.decide(AtMost(NEITHER, A), hints=[A]).status == "refuted"


def test_nor_to_be_equal_to_what_is_bounded() -> None:
    assert sa.decide(AtMost(0, normsquared(A) - normsquared(B)), hints=[normsquared(A)]).status == "refuted"
