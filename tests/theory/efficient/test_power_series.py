"""Chapter 7, the series of the exponential: what holds of it for |x| ≤ b does not for other x."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, exp
from symattn.theory.efficient import power_series as ch
from tests.theory.chapter import chapter_tests

below = AtMost(ch.x, ch.b)
at_first = exp(ch.b * exp(ch.y)) - exp(ch.x * exp(ch.y)) - (ch.b - ch.x) * exp(ch.y)

NEAR_MISSES: dict[str, Any] = {
    "vanishing_defect": (AtMost(0, ch.D), (AtMost(0, ch.D + ch.C), AtMost(0, ch.C))),
    "one_more_power": (AtMost(0, at_first), below),
    "taylor_error_within": (AtMost(exp(ch.x) - 1 - ch.x, exp(ch.b) - 1 - ch.b), below),
}
"""For one R alone; and, for the first power, where x may be less than -b."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
