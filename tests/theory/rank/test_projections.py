"""Projections onto the columns of a factor: they exist for every number of columns, and the bound is no smaller."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Rank, trace
from symattn.theory.rank import projections as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "projection_exists": (AtMost(trace(ch.P), ch.k), (Equal(ch.P, ch.P.T), Equal(ch.P @ ch.P, ch.P))),
    "rank_of_gram": Equal(Rank(ch.P @ ch.P), Rank(ch.P)),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
