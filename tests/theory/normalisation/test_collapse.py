"""Chapter 10, collapse: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, normsquared, softmax, total
from symattn.theory.normalisation import collapse as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "dobrushin_attention": Equal(total((ch.p - ch.q) @ ch.C @ ch.f), ch.factor * ch.delta),
    "dobrushin_overlap": AtMost(total((ch.a - ch.b) @ ch.C @ ch.f), (1 - total(ch.w)) * ch.delta),
    "residual_breaks_collapse": AtMost(normsquared(ch.x), normsquared(ch.x + ch.z @ ch.M)),
    "residual_without_writing": Equal(ch.X + softmax(ch.S) @ ch.X, ch.X),
}
"""An equation in the place of a bound, or without what bounds the weights or what is written."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
