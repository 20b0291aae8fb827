"""Chapter 5, rotary positions: plane by plane, and nothing besides, is what every score keeps."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Gradient, identity, matrix, ones, scalar, total, zeros
from symattn.proof import decide
from symattn.theory.gradients import rotary_laws as ch
from tests.theory.chapter import chapter_tests

one, none = identity(ch.p), zeros(ch.p, ch.p)
coordinate = one, none, none, none

NEAR_MISSES: dict[str, Any] = {
    "rope_score_slopes": Equal(Gradient(total(ch.score(ch.query, ch.key)), ch.query[0]), ch.key[0]),
    "rope_laws_only": (ch.law(coordinate).claim, ch.CIRCLE),
    "rope_balance_only": (ch.KEPT.claim, ch.CIRCLE),
}
"""That the key does not turn; that a single coordinate obeys a law; and that all of the balance is kept."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_planes_that_turn_alike_keep_more() -> None:
    """Where all planes turn by one angle, a law may mix them."""
    level, up = scalar("g") * ones(1, ch.p), scalar("r") * ones(1, ch.p)
    mixed = matrix("W", ch.p, ch.p)
    law = ch.law((mixed, none, none, mixed)).xreplace({ch.c: level, ch.s: up})
    assert decide(law).status == "proved"
