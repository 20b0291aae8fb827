"""Costs: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Implies, Positive
from symattn.theory.rank import costs as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "param_breakeven": Positive(ch.d**2 - 2 * ch.d * ch.k),
    "flop_breakeven": Implies(AtMost(ch.k, ch.d), Positive(ch.full - ch.factored)),
}

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
