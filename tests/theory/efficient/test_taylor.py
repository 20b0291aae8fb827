"""Chapter 7, kernels near the exponential: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Rank, hadamard, ones
from symattn.theory.efficient import taylor as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "taylor_kernel_rank": (
        Rank(ones(ch.n, ch.n) + ch.S + hadamard(ch.S, ch.S) / 2) <= 1 + ch.k,
        ch.taylor_kernel_rank.given,
    ),
    "taylor_error_of_degree_one": AtMost(ch.rest, hadamard(ch.scores, ch.scores) / 2),
    "taylor_error_of_degree_two": (AtMost(ch.missing(ch.s), ch.b**3 / 6), (ch.LOW, ch.HIGH)),
    "nearly_equal_kernels": (ch.nearly_equal_kernels.says, ch.ABOVE),
}
"""Of the width alone, with half the error, without what exp grows by, or bounded on one side alone."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
