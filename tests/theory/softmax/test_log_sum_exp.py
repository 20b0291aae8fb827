"""Chapter 4, log-sum-exp: it is a soft maximum, and no tighter one than is said."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Positive, log
from symattn.theory.softmax import log_sum_exp as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "lse_bounds": (AtMost(ch.lse(ch.s), ch.c), ch.BELOW),
    "lse_largest_iff": (ch.LARGEST, ch.BELOW),
    "lse_above_scores": Positive(ch.excess - log(1 + ch.m)),
}
"""Without log n, for any scores below c, and by as much as for equal scores."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
