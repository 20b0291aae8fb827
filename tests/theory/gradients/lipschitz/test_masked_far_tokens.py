"""Chapter 5, tokens that are far away, under a mask: the second token reads the first, which the first does not."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal
from symattn.theory.gradients.lipschitz import masked_far_tokens as ch
from tests.theory.chapter import chapter_tests

causally = {ch.mask: ch.causal(ch.N)}

NEAR_MISSES: dict[str, Any] = {
    "masked_far_token_tells_apart": Equal(
        ch.second @ ch.masked(ch.near).xreplace(causally), ch.second @ ch.masked(ch.far).xreplace(causally)
    )
}
"""Outputs of tokens that come together are not the same."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
