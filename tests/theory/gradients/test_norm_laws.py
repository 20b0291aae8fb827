"""Chapter 5, norms: what linear attention conserves and softmax attention does not."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Gradient, inner, softmax
from symattn.theory.gradients import norm_laws as ch
from tests.theory.chapter import chapter_tests

W, V = ch.W, ch.V
FOLKLORE = Equal(inner(W, Gradient(ch.alone, W)), inner(V, Gradient(ch.alone, V)))
"""That ‖W‖² - ‖V‖² stands still under gradient flow of softmax attention."""

wide = inner(ch.G, softmax(ch.tau * ch.X @ W @ ch.X.T) @ ch.X @ V)

NEAR_MISSES: dict[str, Any] = {
    "norm_law_of_linear_attention": Equal(inner(W, Gradient(wide, W)), inner(V, Gradient(wide, V))),
    "qk_vs_v_norm_law_false": FOLKLORE,
}
"""Softmax in the place of a mask, for any number of tokens and for one."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
