"""Chapter 7: what is stated about fast weights is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, identity, normsquared
from symattn.theory.efficient import fast_weights as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "delta_rule": Equal(ch.stepped(ch.W, normsquared(ch.key @ ch.W - ch.value)), ch.W + ch.rate * ch.key.T @ ch.value),
    "linear_attention_one_step": Equal(ch.query @ ch.stepped(ch.W, ch.loss), ch.rate * (ch.query @ ch.K.T) @ ch.Y),
    "orthonormal_keys_recall": ch.orthonormal_keys_recall.says,
    "storable_iff_independent": Equal(ch.K @ ch.K.T, identity(ch.n)),
}
"""Nothing taken out, a memory that is not 0, or keys that are any at all."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
