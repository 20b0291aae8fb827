"""Chapter 6: what is stated about waves and rotations is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Rank, T, inner, normsquared, total
from symattn.proof import decide
from symattn.theory.positions import rotations as ch
from tests.theory.chapter import chapter_tests

turned, other = ch.q @ ch.rotation(ch.c, ch.s), ch.kappa @ ch.rotation(ch.g, ch.r)

CIRCLE = dict(zip((ch.c, ch.s), ch.circle(ch.u), strict=True))

NEAR_MISSES: dict[str, Any] = {
    "sinusoid_shift": ch.sinusoid_shift.says,
    "sinusoid_products_even": ch.sinusoid_products_even.says,
    "rotations_add": Equal(
        ch.rotation(ch.c, ch.s) @ ch.rotation(ch.g, ch.r), ch.rotation(*ch.later(ch.c, ch.s, (ch.g, -ch.r)))
    ),
    "rope_relative": Equal(turned @ T(other), ch.q @ ch.rotation(*ch.later(ch.c, ch.s, (ch.g, ch.r))) @ ch.kappa.T),
    "rope_lengths": ch.rope_lengths.says,
    "rope_translation": ch.rope_translation.says,
    "rope_rank": Rank(ch.turned_queries @ T(ch.turned_keys)) <= ch.d,
    "rope_decay_false": AtMost(total(turned @ ch.kappa.T), inner(ch.q, ch.kappa)).xreplace(CIRCLE),
}
"""The angle of one of them taken back, the other width, points that are on no circle; and at last the folklore itself,
that a query and a key score most when they stand at one place.
"""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_a_key_that_is_longer_scores_more() -> None:
    """The length of the key is part of the statement: without it any score could be made."""
    assert decide(AtMost(total(turned @ ch.kappa.T), normsquared(ch.q)).xreplace(CIRCLE)).status == "refuted"
