"""Chapter 2, symmetric heads: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, ForAll, Not
from symattn.theory.score import symmetric_heads as ch
from tests.theory.chapter import chapter_tests

M = ch.M

NOT_DECIDED = {"symmetric_iff_keys_are_queries", "dependent_queries_prove_nothing"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "symmetric_iff_keys_are_queries": (ch.symmetric_iff_keys_are_queries.says, ()),
    "mixing_is_unique": (Equal(M, ch.N), ch.mixing_is_unique.given[1:]),
    "mixing_decides_sign": (ch.mixing_decides_sign.says, ()),
    "dependent_queries_prove_nothing": (
        Exists((ch.Q_1, ch.K_1), ForAll(ch.M_1, Not(Equal(ch.K_1, ch.Q_1 @ ch.M_1))), (ch.e_0.T @ ch.f_0,) * 2),
        (),
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
