"""Chapter 7, softmax in pieces: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, diag, hstack, softmax, stack_heads, sum_heads, vstack
from symattn.theory.efficient import online_softmax as ch
from tests.theory.chapter import chapter_tests

whole, values = hstack(ch.A, ch.B), vstack(ch.U, ch.V)

NEAR_MISSES: dict[str, Any] = {
    "online_softmax_monoid": Equal(ch.merge(ch.first, ch.second, ch.M).mass, ch.first.mass + ch.second.mass),
    "online_softmax_merge": Equal(ch.merge(ch.x, ch.y, ch.M).mass, ch.block(whole, values, ch.mu).mass),
    "online_softmax_output": Equal(ch.x.sum, softmax(ch.A) @ ch.U),
    "flash_exact": Equal(ch.output(ch.merge(ch.x, ch.y, ch.M)), softmax(whole) @ vstack(ch.V, ch.U)),
    "flash_exact_many": Equal(
        sum_heads(softmax(ch.S[ch.h]) @ ch.values[ch.h], ch.h), softmax(ch.every) @ stack_heads(ch.values[ch.h], ch.h)
    ),
    "sparse_mask_union": Equal(
        softmax(whole) @ values, diag(ch.right) @ softmax(ch.A) @ ch.U + diag(ch.left) @ softmax(ch.B) @ ch.V
    ),
    "sparse_mask_union_many": Equal(
        softmax(ch.every) @ stack_heads(ch.values[ch.h], ch.h), sum_heads(softmax(ch.S[ch.h]) @ ch.values[ch.h], ch.h)
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
