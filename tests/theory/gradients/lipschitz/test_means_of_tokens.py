"""Chapter 5, means of tokens: attention is more than a mean, and |M| is the least constant for one token."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost
from symattn.theory.gradients.lipschitz import means_of_tokens as ch
from tests.theory.chapter import chapter_tests

of_one = ch.one_token_lipschitz.says

NEAR_MISSES: dict[str, Any] = {
    "mean_of_tokens": ch.mean_of_tokens.says,
    "mean_of_tokens_lipschitz": ch.SHORT,
    "one_token_lipschitz": AtMost(of_one.left, of_one.right / 2),
}
"""Where W and M are any, and with half of the constant."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
