"""Chapter 5, rotary positions: a bias of the keys is dead after they have turned, and is not before."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal
from symattn.proof import decide
from symattn.theory.gradients import rotary_biases as ch
from tests.theory.chapter import chapter_tests

BEFORE = Equal(*ch.UNSEEN.claim.args)
"""That a bias added before the rotation is dead, as folklore has it."""

NEAR_MISSES: dict[str, Any] = {
    "key_bias_after_rope_dead": Equal(
        ch.weights(ch.turned(ch.A, ch.t) + ch.repeated(ch.b), ch.turned(ch.B, ch.t)),
        ch.weights(ch.turned(ch.A, ch.t), ch.turned(ch.B, ch.t)),
    ),
    "key_biases_dead_iff": Equal(ch.weights(ch.w, ch.N + ch.E), ch.weights(ch.w, ch.N)),
    "key_bias_before_rope_iff": BEFORE,
    "turned_bias_same_iff": Equal(ch.turned(ch.b, ch.r), ch.turned(ch.b, ch.u)),
}
"""A bias of the queries; biases that differ; one that is added before; and that turns do nothing to it."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_a_bias_before_the_rotation_is_dead_where_all_keys_stand_at_one_position() -> None:
    keys = [ch.turned(rows, ch.r) for rows in (ch.B + ch.repeated(ch.b), ch.B)]
    assert decide(Equal(*(ch.weights(ch.asked, one) for one in keys))).status == "proved"
