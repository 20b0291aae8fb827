"""What determines a head: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Implies, softmax
from symattn.theory.circuits import identifiability as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "head_values_identifiable": Equal(ch.M, ch.other_M),
    "head_identifiability": Implies(Equal(ch.M, ch.other_M), Equal(ch.W, ch.other_W)),
    "silent_heads_agree": ch.silent_heads_agree.says,
    "one_token_identifies_no_form": Equal(
        softmax(ch.others @ ch.W @ ch.others.T) @ ch.others @ ch.M,
        softmax(ch.others @ ch.other_W @ ch.others.T) @ ch.others @ ch.M,
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
