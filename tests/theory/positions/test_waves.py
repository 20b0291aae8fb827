"""Chapter 6, waves: their independence needs frequencies that differ and that turn."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import AtMost, Equal, cos, row, scalar, sin, zeros
from symattn.proof import decide
from symattn.theory.positions import waves as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "one_wave": (Equal(ch.a, 0), Equal(ch.one(scalar("t")), ch.c)),
    "waves_independent": (Equal(ch.alpha, zeros(1, ch.p)), ch.ForAll(ch.t, Equal(ch.wave(*ch.WAVES[:3], ch.t), ch.c))),
}
"""One position is not enough; and frequencies may not be the same, or 0."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, not_decided=["waves_independent"])


def test_waves_of_one_frequency_may_cancel() -> None:
    once = row("alpha", 1)
    both = once @ cos(ch.t * ch.phi) - once @ cos(ch.t * ch.phi)
    assert decide(Equal(both, zeros(1, 1))).status == "proved"


FALSE = [
    AtMost(0, cos(ch.phi)),
    Equal(sin(-ch.phi), sin(ch.phi)),
    Equal(cos(-ch.phi), -cos(ch.phi)),
    Equal(cos(ch.x + ch.y), cos(ch.x) * cos(ch.y) + sin(ch.x) * sin(ch.y)),
    Equal(sin(ch.x + ch.y), sin(ch.x) + sin(ch.y)),
    Equal(cos(2 * ch.x), 2 * cos(ch.x)),
    Equal(sin(ch.x) ** 2, 1 + cos(ch.x) ** 2),
]
"""What is not true of cosines and sines."""


@pytest.mark.parametrize("claim", FALSE, ids=map(str, range(len(FALSE))))
def test_what_is_false_of_turns_is_refuted(claim: Any) -> None:
    assert decide(claim).status == "refuted"
