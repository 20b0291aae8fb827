"""Chapter 1, any number of layers: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal
from symattn.theory.embedding import depth as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {"any_depth_equivariance": (Equal(ch.Y[ch.L], ch.X[ch.L]), ch.GIVEN)}
"""The outputs do not stay where they are."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
