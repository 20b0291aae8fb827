"""Chapter 10, collapse with the cube of the distance, where the values are as close as is said."""

from __future__ import annotations

from math import exp, tanh
from typing import Any

import pytest

from symattn.language import AtMost, total
from symattn.theory.normalisation import cubic_collapse as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "dobrushin_linear": (AtMost(total((ch.p - ch.q) @ ch.C @ ch.f), ch.delta * ch.h / 2), ch.apart),
    "cubic_collapse": (AtMost(total(ch.outputs @ ch.f), ch.omega * ch.mu * ch.D**3 / 4), ch.NEAR),
}
"""Values that may differ as they like, whatever the scores do."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("distance", [0.1, 1.0, 3.0])
def test_two_tokens_of_width_1_attain_the_sharp_bound(distance: float) -> None:
    """Tokens ± D/2 with W = M = 1: the outputs are ± D/2 tanh(D² / 4)."""
    near, far = exp(distance**2 / 4), exp(-(distance**2) / 4)
    output = distance / 2 * (near - far) / (near + far)
    assert 2 * output == pytest.approx(distance * tanh(distance**2 / 4), rel=1e-12)
    assert 2 * output <= distance**3 / 4
