"""Chapter 4, dot products: their mean and variance, and what they are not."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from symattn.language import Equal, T, sum_heads, total
from symattn.theory.softmax import dot_products as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "dot_variance": Equal(ch.mean(ch.dot), 0),
    "dot_variance_scaled": Equal(ch.mean((ch.tau * ch.dot) ** 2), ch.a * ch.b),
    "score_variance_at_init": (Equal(ch.mean(ch.score**2), ch.k * ch.a * ch.b), ch.WHITE[0]),
    "dot_with_itself": Equal(sum_heads(total(ch.q[ch.i] @ T(ch.q[ch.i])), ch.i) / ch.H, 0),
}
"""A mean that is not 0, entries of any kind, tokens of any length, and a query independent of itself."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_signs_have_the_variance_of_their_number(width: int) -> None:
    """All rows of signs: mean 0, and uncorrelated entries of variance 1."""
    signs = np.array(list(product((-1, 1), repeat=width)))
    dots = signs @ signs.T
    assert dots.mean() == 0
    assert (dots**2).mean() == width
    assert np.diag(dots).mean() == width
