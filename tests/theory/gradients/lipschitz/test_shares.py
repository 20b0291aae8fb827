"""Chapter 5, shares: the score that reads more than its share is above all others."""

from __future__ import annotations

from typing import Any

from symattn.theory.gradients.lipschitz import shares as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {"more_than_its_share": (ch.more_than_its_share.says, ch.LOW[1])}
"""Beside a score of any size."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
