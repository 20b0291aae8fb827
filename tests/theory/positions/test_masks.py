"""Chapter 6: what is stated about masks by places is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    T,
    causal,
    hadamard,
    identity,
    ones,
    positions,
    reciprocal,
    shift,
    softmax,
    unit,
    vstack,
    window,
    zeros,
)
from symattn.theory.positions import masks as ch
from tests.theory.chapter import chapter_tests

n = ch.n
tokens = vstack(ch.X, ch.Y)

NEAR_MISSES: dict[str, Any] = {
    "causal_reads_what_came": Equal(
        ch.first @ ch.layer(tokens, T(causal(ch.a + ch.b)), ch.W, ch.V), ch.layer(ch.X, T(causal(ch.a)), ch.W, ch.V)
    ),
    "running_sums_undone": Equal((identity(n) - shift(n)) @ (T(causal(n)) @ ch.A), ch.A),
    "positions_count_up": Equal(shift(n) @ positions(n) - positions(n), ones(n, 1)),
    "nope_reads_its_position": Equal(softmax(zeros(n, n)) @ unit(n, 0).T, reciprocal(positions(n))),
    "window_after_window": Equal(
        hadamard(window(n, ch.w) @ window(n, ch.r), window(n, ch.w)), window(n, ch.w) @ window(n, ch.r)
    ),
}
"""A mask of what comes, sums from the other end, one shift too many, no mask, and a window that is not wide enough."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
