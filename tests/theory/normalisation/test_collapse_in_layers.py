"""Chapter 10, collapse: distances that every layer cubes vanish doubly exponentially, and what is less does not."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, exp, total
from symattn.proof import decide
from symattn.theory.normalisation import collapse_in_layers as ch
from tests.theory.chapter import chapter_tests

LAST = ch.r * total(ch.D[ch.L])
NEAR_MISSES: dict[str, Any] = {"cubic_collapse_in_layers": (AtMost(LAST, exp(-3 * ch.g)), ch.GIVEN)}
"""That one layer is enough for e⁻³ᵍ, also when there is none."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, not_decided=["cubic_collapse_in_layers"])


def test_a_power_more_is_not_proved() -> None:
    assert decide(AtMost(LAST, exp(-3 * total(ch.N[ch.L]) * ch.g)), ch.GIVEN).status != "proved"


def test_distances_may_not_be_negative() -> None:
    """Cubes of numbers keep their order anyway; but the step that says so asks for it."""
    assert decide(ch.cubes().claim, ch.cubes().given[:1]).status == "refuted"
