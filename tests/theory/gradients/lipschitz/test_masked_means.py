"""Chapter 5, means of what a mask shows: masked attention is more than that, and 1/(n + 2) is not |E|²."""

from __future__ import annotations

from typing import Any

from symattn.language import normsquared
from symattn.theory.gradients.lipschitz import masked_means as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "masked_mean_of_tokens": ch.masked_mean_of_tokens.says,
    "masked_mean_of_tokens_lipschitz": (
        ch.bounded(ch.X, ch.Y, normsquared(ch.even) * normsquared(ch.M) / 4),
        ch.NOTHING,
    ),
}
"""Where W and M are any, and with a quarter of the constant."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
