"""Chapter 4, entropy: what is stated of the entropy of attention is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Positive, inner, log, scalar
from symattn.theory.softmax import entropy as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "entropy_of_softmax": Equal(ch.H, ch.lse(ch.s) + inner(ch.p, ch.s)),
    "entropy_largest_iff": ch.LARGEST,
    "entropy_bounds": (AtMost(log(ch.n), ch.H), ch.SPREAD),
    "entropy_positive": Positive(ch.entropy(ch.both) - scalar("epsilon", positive=True)),
}
"""A sign, any scores, no spread, and bounded away from 0."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
