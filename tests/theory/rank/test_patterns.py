"""Patterns: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Rank, log, softmax
from symattn.theory.rank import patterns as ch
from tests.theory.chapter import chapter_tests

NOT_DECIDED = {"lowrank_bottleneck_exact"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, Any] = {
    "pattern_has_scores": Equal(softmax(log(ch.P)), ch.P),
    "lowrank_bottleneck_exact": ch.lowrank_bottleneck_exact.says,
    "lowrank_bottleneck_bound": Rank(ch.L1) <= ch.m,
    "visible_block_bound": ch.visible_block_bound.says,
    "visible_block_attained": ch.visible_block_attained.says.func(
        ch.visible_block_attained.says.arg, ch.visible_block_attained.says.bound + 1
    ),
    "hard_pattern_k2": Rank(ch.hard_pattern_k2.says.args[1].arg) <= 1,
}

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
