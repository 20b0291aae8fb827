"""The copying score of a head: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, total, trace
from symattn.theory.circuits import copying as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "copying_score": Equal(trace(ch.circuit), total(ch.real) + 2 * total(ch.part)),
    "copying_score_bounds": AtMost(total(ch.x), total(ch.a)),
}
"""Without what brings the circuit to blocks, and without what makes a an absolute value."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
