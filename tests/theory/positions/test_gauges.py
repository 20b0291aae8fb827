"""Chapter 6, gauges of rotated heads: each plane is stretched and turned by itself, and no more is idle."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, T, hadamard, hstack
from symattn.proof import decide
from symattn.theory.positions import gauges as ch
from tests.theory.chapter import chapter_tests

one_coordinate = hstack(ch.x_1, 2 * ch.x_2) @ ch.R @ T(hstack(ch.y_1, ch.y_2 / 2))
against = ch.scores(ch.changed(ch.Q, ch.a, ch.b), ch.changed(ch.K, hadamard(ch.r, ch.a), -hadamard(ch.r, ch.b)))

NEAR_MISSES: dict[str, Any] = {
    "rope_gauge_of_scores": Equal(ch.EQUAL.left, ch.query @ ch.H @ T(ch.key @ ch.G)),
    "rope_gauge": Equal(one_coordinate, ch.query @ ch.R @ ch.key.T),
    "rope_gauge_keeps": (Equal(against, ch.scores(hstack(*ch.Q), hstack(*ch.K))), ch.UNDONE),
}
"""That G and H change places; that one coordinate of a plane is stretched alone; that keys turn against queries."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_without_turns_all_that_undoes_each_other_is_idle() -> None:
    """The scores of equal positions alone leave every invertible G."""
    same = Equal(hstack(ch.x_1, 2 * ch.x_2) @ T(hstack(ch.y_1, ch.y_2 / 2)), ch.query @ ch.key.T)
    assert decide(same).status == "proved"
