"""Chapter 7: what is stated about random features is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, sum_heads
from symattn.proof import decide
from symattn.theory.efficient import random_features as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "performer_unbiased": ch.performer_unbiased.says,
    "performer_variance": ch.performer_variance.says,
    "variance_of_mean_feature": ch.variance_of_mean_feature.says,
    "quotient_of_features_biased": Equal(ch.of_means, ch.of_quotients),
}
"""Directions of which nothing is known, estimates that may be one and the same, and a quotient without bias."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_the_quotient_of_features_is_biased() -> None:
    """Folklore says that Performer attention is unbiased: but a mean of quotients is no quotient of means."""
    one, other = (ch.feature(at) for at in (ch.x, ch.y))
    above, below = (sum_heads(part, ch.outcome) for part in (one, one + other))
    assert decide(Equal(sum_heads(one / (one + other), ch.outcome) / ch.J, above / below)).status == "refuted"
