"""Chapter 7: what is stated about efficient attention is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Iff, Positive, attention, sum_heads
from symattn.theory.efficient import smaller_heads as ch
from tests.theory.chapter import chapter_tests

n, r, v = ch.n, ch.r, ch.v

NEAR_MISSES: dict[str, Any] = {
    "linear_attn_assoc": ch.linear_attn_assoc.says,
    "linear_attn_cost": Iff(Positive(n**2 * (r + v) - 2 * n * r * v), Positive(n * (r + v) - r * v)),
    "decode_kv_cache": ch.decode_kv_cache.says,
    "mqa_gqa_tied": ch.mqa_gqa_tied.says,
    "grouped_queries": Equal(
        sum_heads(sum_heads(attention(ch.X, ch.Qs[ch.each], ch.shared_K, ch.shared_V, ch.tau), ch.member), ch.g),
        sum_heads(attention(ch.X, sum_heads(ch.Qs[ch.each], ch.member), ch.shared_K, ch.shared_V, ch.tau), ch.g),
    ),
    "mla_absorb": Equal(
        attention(ch.X, ch.Q, ch.D @ ch.up_K, ch.D @ ch.up_V, ch.tau),
        attention(ch.X, ch.Q, ch.K, ch.D, ch.tau) @ ch.up_V,
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
