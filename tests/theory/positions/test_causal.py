"""Chapter 6: what is stated about causal masks is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, ones, reciprocal, softmax
from symattn.theory.positions import causal as ch
from tests.theory.chapter import chapter_tests

tokens = ch.vstack(ch.X, ch.Y)
everyone = ones(ch.a + ch.b, ch.a + ch.b)

NEAR_MISSES: dict[str, Any] = {
    "causal_prefix": Equal(
        ch.first @ ch.layer(tokens, everyone, ch.W, ch.V), ch.layer(ch.X, ones(ch.a, ch.a), ch.W, ch.V)
    ),
    "causal_prefix_of_layers": Equal(ch.first @ ch.residual(tokens, everyone), ch.residual(ch.X, ones(ch.a, ch.a))),
    "nope_counter": Equal(softmax(ch.zeros(ch.n, 1 + ch.m)) @ ch.values, reciprocal(ch.rowsum(ch.sees))),
}
"""The same where every token sees every other one."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
