"""Chapter 6, what is kept and what is hidden: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, Not, T, causal, diag, ones, softmax
from symattn.theory.positions import caches as ch
from tests.theory.chapter import chapter_tests

queries = ch.g @ ones(1, ch.n)

NEAR_MISSES: dict[str, Any] = {
    "causal_is_full_attention_of_prefix": Equal(
        ch.last @ softmax(ch.S, mask=T(causal(ch.p + 1))) @ ch.V, softmax(ch.last @ ch.S) @ ch.V
    ),
    "cache_of_any_length": Equal(
        ch.new @ softmax(ch.whole, mask=causal(ch.m + ch.n)) @ ch.stored,
        softmax(ch.new @ ch.whole, mask=causal(ch.n, ch.m + ch.n, "upper-left")) @ ch.stored,
    ),
    "hidden_keys_leak_nothing": Equal(
        softmax(ch.scores, mask=queries) @ ch.values,
        softmax(ch.scores @ diag(ch.g), mask=queries) @ (diag(ch.g) @ ch.values),
    ),
    "hidden_queries_leak": Exists((ch.W, ch.x, ch.y), Not(Equal(ch.seen_of(ch.x, ch.y), ch.seen_of(ch.x, ch.y)))),
}
"""A mask of what comes, the other alignment, a mask on queries, and one token in the place of two."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
