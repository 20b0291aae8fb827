"""Chapter 10, the diameter of the tokens: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from math import exp, tanh
from typing import Any

import numpy as np
import pytest

from symattn.language import AtMost, normsquared
from symattn.theory.normalisation import diameters as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "rank_collapse": AtMost(ch.written, ch.mu**2 * (ch.tanh_of**2 * ch.D**2)),
    "rank_collapse_cubic": AtMost(ch.written, (ch.omega * ch.mu * ch.D**3 / 4) ** 2),
    "residual_keeps_distance": AtMost(ch.D**2, normsquared(ch.kept)),
}
"""Without a bound on the tokens, the form and what is written; and without what a head takes away."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("distance", [0.1, 1.0, 3.0])
def test_two_tokens_of_width_1_attain_the_bound(distance: float) -> None:
    """Tokens ± D/2 with W = M = 1: the outputs are ± D/2 tanh(D²/4)."""
    tokens = np.array([[distance / 2], [-distance / 2]])
    weights = np.exp(tokens @ tokens.T)
    outputs = weights / weights.sum(1, keepdims=True) @ tokens
    assert outputs[0, 0] - outputs[1, 0] == pytest.approx(distance * tanh(distance**2 / 4), rel=1e-12)


def test_the_sharp_bound_is_the_one_that_is_stated() -> None:
    assert (exp(0.5) - 1) / (exp(0.5) + 1) == pytest.approx(tanh(0.25), rel=1e-12)
