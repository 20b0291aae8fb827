"""Chapter 5, sensitivity: how attention answers to small changes, and which parts may not be forgotten."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Gradient, Jacobian, T, hadamard, inner
from symattn.theory.gradients import sensitivity as ch
from tests.theory.chapter import chapter_tests

slope = inner(Gradient(inner(ch.G, ch.P @ ch.X @ ch.M), ch.X), ch.D)

NEAR_MISSES: dict[str, Any] = {
    "read_jacobian": Equal(ch.w @ T(Jacobian(ch.z, ch.s)), hadamard(ch.p, ch.w) @ ch.C),
    "local_jacobian": Equal(slope, inner(ch.G, ch.P @ ch.D @ ch.M)),
}
"""Values not counted from the mean, and weights that are held fixed."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
