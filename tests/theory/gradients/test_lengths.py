"""Chapter 5, how far attention moves: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, normsquared
from symattn.theory.gradients import lengths as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "mean_shorter": (ch.mean_shorter.says, ch.WEIGHTS[1]),
    "read_changes_little": AtMost(normsquared(ch.read @ ch.M), (ch.mu * ch.r) ** 2),
}
"""Weights of any sign, and without the bounds on tokens and matrices."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
