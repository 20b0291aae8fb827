"""Chapter 7, what is missing of the exponential: for numbers below -b it may be more than that."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, exp
from symattn.theory.efficient import taylor_remainder as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "remainder_of_one_more_power": AtMost(0, ch.b**2 / 2 * exp(ch.b) - (exp(ch.b) - 1 - ch.b)),
    "taylor_error_of_any_degree": (AtMost(exp(ch.x) - 1 - ch.x, exp(ch.b) * ch.b**2 / 2), AtMost(ch.x, ch.b)),
}
"""For the first power: where b may be less than 0, and where x may be less than -b."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
