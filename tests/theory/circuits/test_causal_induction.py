"""The causal induction head: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, exp, reciprocal
from symattn.theory.circuits import causal_induction as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "marked_weight_rises": (ch.marked_weight_rises.says, (*ch.PART, ch.UP)),  # the others may rise more
    "marked_weight_least": (ch.marked_weight_least.says, (ch.MARKS, ch.ON)),
    "prevtoken_causal": Equal(
        ch.prevtoken_causal.says.args[0].left, exp(ch.beta) * reciprocal(ch._sum(ch.beta) + ch.one)
    ),  # that many others there are without a mask
    "prevtoken_causal_error": AtMost((1 - ch.n / (exp(ch.beta) + ch.n + 1)) * ch.one, ch._found(ch.beta)),
    "induction_causal": ch.induction_causal.says,  # the first token may be like the last
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
