"""Looking up one key: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Iff, Rank, exp, log, ones, softmax, vstack, zeros
from symattn.theory.circuits import lookup as ch
from tests.theory.chapter import chapter_tests

brought = ones(1, ch.a) @ ch.before + ones(1, ch.b) @ ch.after

NEAR_MISSES: dict[str, Any] = {
    "prevtoken_weights": ch.prevtoken_weights.says,
    "prevtoken_exact": Equal(1 - ch.found, ch.others / (exp(ch.beta) + ch.others + 1)),
    "prevtoken_output": Equal(
        ch.weights @ vstack(ch.before, ch.value, ch.after) - ch.value, (1 - ch.found) * (brought - ch.value)
    ),
    "prevtoken_sharpness": Iff(AtMost(1 - ch.found, ch.epsilon), AtMost(ch.others * (1 - ch.epsilon), exp(ch.beta))),
    "prevtoken_least_score": Iff(AtMost(1 - ch.found, 1 / ch.r), AtMost(log(ch.others * ch.r), ch.beta)),
    "first_token_has_no_previous": Equal(softmax(zeros(1, ch.n)), ones(1, ch.n)),
    "prevtoken_form_rank": Rank(ch.shift) >= ch.m + 1,
    "onehot_lookup_rank": Rank(ch.lookup + ch.shifts @ ones(1, ch.m + 1)) >= ch.m + 1,
    "onehot_lookup_attained": Rank(ch.lookup) <= ch.m,
    "onehot_lookup_needs_width": ch.onehot_lookup_needs_width.says,
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
