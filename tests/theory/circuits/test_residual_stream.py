"""The residual stream: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Not, identity, matrix, normsquared
from symattn.theory.circuits import residual_stream as ch
from tests.theory.chapter import chapter_tests

(slots,) = ch.slots_fit_in_width.says.witness
square = matrix("E", ch.m, ch.m)

NEAR_MISSES: dict[str, Any] = {
    "residual_sum": ch.residual_sum.says,
    "composition_score": AtMost(1, ch.strength / ch.both),
    "composition_score_attained": Equal(ch.strength, ch.both),
    "composition_score_gauge": Equal(normsquared(ch.V @ ch.D @ ch.O), normsquared(ch.V @ ch.O)),
    "composition_within_operator_norm": ch.composition_within_operator_norm.says,
    "slots_fit_in_width": Equal(slots @ slots.T, identity(ch.m + ch.r)),
    "slots_need_width": Not(Equal(square.T @ square, identity(ch.m))),
    "feature_slots": (ch.feature_slots.says, ch.ORTHONORMAL[:2]),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
