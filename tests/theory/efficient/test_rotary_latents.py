"""Chapter 7, latent keys under rotations: one matrix serves all positions only where nothing turns."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, T, zeros
from symattn.proof import decide
from symattn.theory.efficient import rotary_latents as ch
from tests.theory.chapter import chapter_tests

ONCE = Equal(ch.rope(ch.A, ch.t, ch.theta) @ ch.U.T, ch.A @ ch.U.T)
NEAR_MISSES: dict[str, Any] = {"mla_rope_obstruction_iff": ONCE}
"""That a rotation may be absorbed, as folklore has it of latent keys."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_what_is_idle_is_not_always_the_keys() -> None:
    assert decide(Equal(ch.U.args[0], zeros(ch.r, ch.p)), (ch.IDLE,)).status == "refuted"


def test_where_nothing_turns_everything_is_absorbed() -> None:
    claim = Equal(ch.rope(ch.A, 0, ch.theta) @ T(ch.U), ch.A @ T(ch.U))
    assert decide(claim).status == "proved"
