"""Chapter 5, directions that are scored and read: one pair of them says nothing of all others."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Implies, zeros
from symattn.theory.gradients.lipschitz import directions as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {"scored_and_read_iff": Implies(Equal(ch.c * ch.u @ ch.M, zeros(1, ch.v)), ch.NOTHING)}
"""At one y and one u."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
