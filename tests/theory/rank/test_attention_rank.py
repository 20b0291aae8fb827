"""Invertible attention from scores of rank 1, for every number of tokens."""

from __future__ import annotations

from typing import Any

from symattn.language import Rank, softmax
from symattn.theory.rank import attention_rank as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, Any]] = {"score_rank_not_attention_rank": (Rank(softmax(ch.x @ ch.x.T)) <= 1, ())}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
