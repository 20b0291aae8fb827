"""The operator norm of what is missed: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.theory.rank import operator_norm as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, Any]] = {"mirsky_operator": (ch.mirsky_operator.says, ())}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
