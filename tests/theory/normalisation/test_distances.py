"""Chapter 10, how far apart outputs are: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, normsquared
from symattn.theory.normalisation import distances as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "dobrushin_differences": (AtMost(ch.gap, ch.factor * ch.delta), ch.apart),
    "dobrushin_lengths": (AtMost(normsquared(ch.moved), ch.share**2 * ch.D**2), ch.SPREAD),
}
"""Values that may differ as they like, whatever the scores do."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
