"""Chapter 2, the parts of a head: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from symattn.language import Equal, Not, Rank, determinant, matrix, sizes
from symattn.theory.score import skew_rank as ch
from tests.theory.chapter import chapter_tests, statements

STATEMENTS = statements(ch)
size = sizes("n", min=1)
even = matrix("S", size, size)

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "odd_skew_determinant": (Equal(determinant(even - even.T), 0), ()),
    "skew_rank_even": (Not(Equal(Rank(even), 1)), ()),
    "symmetric_part_inertia": (Rank(ch.Q @ ch.K.T + ch.K @ ch.Q.T) >= 2 * ch.k, ()),
    "skew_energy_at_init": (ch.skew_energy_at_init.says, ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("name", ["odd_skew_determinant", "skew_rank_even", "symmetric_part_inertia"])
def test_what_needs_division_by_two_says_so(name: str) -> None:
    """Modulo 2 the identity is skew, and of any rank."""
    assert "where 2 is invertible" in STATEMENTS[name].over


@pytest.mark.parametrize(("d", "k"), [(1, 1), (2, 1), (2, 2), (3, 1)])
def test_all_signs_have_the_share_of_skew_energy_that_is_stated(d: int, k: int) -> None:
    """The hypothesis holds of all ±1 matrices, and the conclusion is (d - 1)/(2 d)."""
    signs = [np.array(s).reshape(d, k) for s in product((-1, 1), repeat=d * k)]
    moments = sum(np.multiply.outer(s, s) for s in signs)
    assert (moments.reshape(d * k, d * k) == len(signs) * np.eye(d * k)).all()
    forms = [Q @ K.T for Q, K in product(signs, repeat=2)]
    skew, whole = (sum(int((part**2).sum()) for part in parts) for parts in ([W - W.T for W in forms], forms))
    assert Fraction(skew, 4 * whole) == Fraction(d - 1, 2 * d)
