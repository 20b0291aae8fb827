"""Chapter 6, any number of layers: what is stated of masks is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, T, causal, diag, hadamard, order, window
from symattn.theory.positions import layers as ch
from tests.theory.chapter import chapter_tests

future = (ch.steps(ch.X, T(causal(ch.a + ch.b))), ch.steps(ch.Z, T(causal(ch.a))), ch.PREFIX[2])
sooner = diag(order(ch.n, 1, ch.m, 0))

NEAR_MISSES: dict[str, Any] = {
    "causal_at_any_depth": (ch.causal_at_any_depth.says, future),
    "windows_at_any_depth": (Equal(sooner @ ch.other[ch.L], sooner @ ch.one[ch.L]), ch.ALIKE),
    "windows_reach": (Equal(hadamard(ch.R[ch.L], window(ch.n, ch.w)), ch.R[ch.L]), ch.PRODUCTS),
}
"""A mask of what comes, windows that reach nowhere, and windows that reach as far in all layers together as in one."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
