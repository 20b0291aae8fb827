"""Chapter 10, what a soft cap does to scores: it is 1-Lipschitz and near the identity, and not better."""

from __future__ import annotations

from math import tanh
from typing import Any

import pytest

from symattn.language import And, AtMost, log
from symattn.theory.normalisation import soft_caps as ch
from tests.theory.chapter import chapter_tests

cap, c, r, t = ch.cap, ch.c, ch.r, ch.t

NEAR_MISSES: dict[str, Any] = {
    "qknorm_entropy_near": AtMost(log(ch.n) - ch.g**2 / 2, ch.entropy),
    "softcap_lipschitz": (AtMost(cap(r) - cap(t), (r - t) / 2), ch.ORDER),
    "softcap_near_identity": And(AtMost(t - t**3 / (3 * c**2), cap(t)), AtMost(cap(t), t)),
}
"""Queries and keys of any length, half of the slope, and scores of any sign."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("score", [0.0, 1.0, 30.0, 200.0])
def test_the_cap_of_gemma_moves_a_score_by_at_most_its_cube(score: float) -> None:
    moved = score - 50 * tanh(score / 50)
    assert 0 <= moved <= score**3 / (3 * 50**2) + 1e-12
