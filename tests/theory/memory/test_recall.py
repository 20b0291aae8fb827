"""Chapter 9, what a memory can hold: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Not, Rank, exp, identity, matrix
from symattn.theory.memory import recall as ch
from tests.theory.chapter import chapter_tests

keys, inverse = matrix("K", ch.k, ch.k), matrix("W", ch.k, ch.k)
NEAR_MISSES: dict[str, Any] = {
    "linear_memory_capacity": Rank(ch.K) >= ch.n,
    "linear_memory_overflow": Not(Equal(keys @ inverse, identity(ch.k))),
    "softmax_memory_capacity": AtMost(1 / (1 + ch.m * exp(-ch.beta)), ch.own),
}
"""Any keys, as many keys as they are wide, and positions that are any distance apart."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
