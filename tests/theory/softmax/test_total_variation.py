"""Chapter 4, total variation: the bound by tanh is proved, and nothing smaller is."""

from __future__ import annotations

import math
from typing import Any

import pytest

from symattn.language import AtMost, exp, inner, softmax
from symattn.theory.softmax import total_variation as ch
from tests.theory.chapter import chapter_tests

p, q, h = softmax(ch.s), softmax(ch.t), ch.h

NEAR_MISSES: dict[str, Any] = {
    "tv_tanh": (AtMost(inner(ch.w, p - q), (exp(h / 2) - 1) / (exp(h / 2) + 1)), (*ch.between, ch.apart)),
    "tv_tanh_attained": ch.tv_tanh_attained.says.args[1].xreplace({ch.behind: ch.ahead}),
    "weights_within_factor": (AtMost(p, exp(h) * q), ch.apart),
}
"""Half the spread, two rows that are the same, and half the exponent."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("spread", [0.1, 1.0, 4.0])
def test_the_bound_is_tanh_of_a_quarter_of_the_spread(spread: float) -> None:
    """Two scores that change places: osc = 2 h, and the bound is tanh(osc / 4)."""
    e = math.exp(spread / 2)
    moved = 1 / (1 + 1 / e) - 1 / (1 + e)
    assert moved == pytest.approx((e - 1) / (e + 1))
    assert moved == pytest.approx(math.tanh(spread / 4))
