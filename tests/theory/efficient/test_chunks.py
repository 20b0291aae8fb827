"""Chapter 7: what is stated about chunks is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, T, causal, hadamard, vstack
from symattn.theory.efficient import chunks as ch
from tests.theory.chapter import chapter_tests

scores = vstack(ch.Q, ch.R) @ T(vstack(ch.F, ch.G))
alone = hadamard(ch.R @ ch.G.T, causal(ch.b)) @ ch.V

NEAR_MISSES: dict[str, Any] = {
    "chunkwise_linear_attention": Equal(
        hadamard(scores, causal(ch.a + ch.b)) @ vstack(ch.U, ch.V), vstack(ch.read, alone)
    )
}
"""The second chunk forgets the first."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
