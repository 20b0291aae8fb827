"""Chapter 9, Hopfield networks: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Iff, normsquared, zeros
from symattn.theory.memory import hopfield as ch
from tests.theory.chapter import chapter_tests

fall = ch.energy(ch.state) - ch.energy(ch.after)
NEAR_MISSES: dict[str, Any] = {
    "hopfield_energy_gradient": Equal(ch.slope, ch.after - ch.state),
    "hopfield_fixed_points": Iff(Equal(ch.after, zeros(1, ch.d)), Equal(ch.slope, zeros(1, ch.d))),
    "hopfield_descent": Equal(fall, normsquared(ch.state - ch.after) / 2),
    "hopfield_retrieval": Equal(ch.found, ch.sought),
}
"""A sign, another state, and equations in the place of bounds."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
