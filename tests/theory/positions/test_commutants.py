"""Chapter 6, gauges of turned heads: what commutes with a turn acts plane by plane, where cosines differ."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal
from symattn.proof import decide
from symattn.theory.positions import commutants as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {"rope_commutant": (ch.COMMUTES, ch.CIRCLE)}
"""That every G commutes with a turn, as it does where nothing turns."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_what_commutes_need_not_leave_each_coordinate_alone() -> None:
    assert decide(Equal(ch.G_12, ch.zeros(ch.p, ch.p)), (ch.COMMUTES, ch.CIRCLE)).status == "refuted"


def test_planes_that_turn_alike_may_be_mixed() -> None:
    """Without different cosines blocks need not be diagonal."""
    claim = Equal(ch.G_11, ch.diag(ch.diagonal(ch.G_11)))
    assert decide(claim, (ch.COMMUTES, ch.CIRCLE)).status != "proved"
