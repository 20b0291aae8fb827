"""Chapter 5, where masked attention is Lipschitz: no constant that the norms of W and M give is enough."""

from __future__ import annotations

from typing import Any

from symattn.language import normsquared
from symattn.theory.gradients.lipschitz import masked_attention as ch
from tests.theory.chapter import chapter_tests

short = ch.bounded(ch.X, ch.Y, (1 + normsquared(ch.W)) ** 2 * normsquared(ch.M))

NEAR_MISSES: dict[str, Any] = {
    "causal_lipschitz_iff": short.xreplace({ch.mask: ch.causal(ch.N)}),
    "window_lipschitz_iff": short.xreplace({ch.mask: ch.window(ch.N, ch.w)}),
}
"""For tokens of any length."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
