"""Chapter 4, scores that lie close together: second order in the spread, and not better."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.language import AtMost, inner, log, softmax
from symattn.theory.softmax import even_weights as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "entropy_near_log": (AtMost(log(ch.n) - (ch.b - ch.a) ** 2 / 16, ch.H), (ch.LOW, ch.HIGH)),
    "tv_linear": (AtMost(inner(ch.w, softmax(ch.s) - softmax(ch.t)), ch.h / 4), (*ch.between, ch.apart)),
}
"""Half of what may be lost, twice."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("spread", [0.1, 1.0, 2.0])
def test_two_scores_come_near_the_bound_on_entropy(spread: float) -> None:
    """At ±R/2 the entropy is log 2 - R²/8 up to the fourth order."""
    grown = np.exp(np.array([spread / 2, -spread / 2]))
    weights = grown / grown.sum()
    lost = np.log(2) + weights @ np.log(weights)
    assert spread**2 / 8 - spread**4 / 64 <= lost <= spread**2 / 8
