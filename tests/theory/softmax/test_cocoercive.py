"""Chapter 4, softmax as a map: the weights move along with the scores, and at most half as fast."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.language import AtMost, inner, normsquared, total
from symattn.theory.softmax import cocoercive as ch
from tests.theory.chapter import chapter_tests

v, J = ch.v, ch.J

NEAR_MISSES: dict[str, Any] = {
    "jacobian_cocoercive": AtMost(4 * normsquared(v @ J), total(v @ J @ v.T)),
    "softmax_cocoercive": AtMost(4 * normsquared(ch.whole), inner(ch.whole, v)),
    "softmax_map_half": AtMost(normsquared(ch.whole), normsquared(v) / 16),
}
"""Twice the constant, three times."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_the_constant_is_nearly_attained() -> None:
    """Two equal scores that move a little against each other."""

    def weights(scores: np.ndarray) -> np.ndarray:
        grown = np.exp(scores)
        return np.asarray(grown / grown.sum())

    step = np.array([1e-3, -1e-3])
    moved = weights(step) - weights(np.zeros(2))
    assert 0.499 < moved @ moved * 2 / (moved @ step) / 2 <= 0.5 + 1e-6
    assert 0.499 < np.linalg.norm(moved) / np.linalg.norm(step) <= 0.5
