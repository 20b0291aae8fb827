"""Chapter 4, the next terms of exp and tanh: what is stated holds, and one power or one factor better does not."""

from __future__ import annotations

from math import exp, tanh
from typing import Any

import pytest

from symattn.language import AtMost
from symattn.theory.softmax import series as ch
from tests.theory.chapter import chapter_tests

x = ch.x

NEAR_MISSES: dict[str, Any] = {
    "exp_between_taylor": (AtMost(ch.grown, 1 + x + x**2 / 2 + x**3 / 6), ch.LATER),
    "tanh_between": AtMost(ch.tanh, x),
}
"""The third term without e^x, and the bound without its hypothesis."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("at", [0.0, 0.01, 0.5, 1.0, 3.0])
def test_the_bounds_hold_of_numbers(at: float) -> None:
    assert 1 + at + at**2 / 2 <= exp(at) <= 1 + at + at**2 / 2 + at**3 * exp(at) / 6
    assert at - at**3 / 3 <= tanh(at) <= at
