"""Chapter 5, tokens that are far away: a token that is nearly 0 is not read as if it were 0."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal
from symattn.theory.gradients.lipschitz import far_tokens as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "far_token_tells_apart": Equal(ch.first @ ch.attended(ch.near), ch.first @ ch.attended(ch.far))
}
"""Outputs of tokens that come together are not the same."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
