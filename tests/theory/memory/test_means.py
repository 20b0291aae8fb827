"""Chapter 9, outputs as means: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Gradient, Iff, Partial, normsquared, ones, softmax, total
from symattn.theory.memory import means as ch
from tests.theory.chapter import chapter_tests

INSIDE, LEVEL = Equal(total(ch.z @ ch.f), ch.b), Equal(ch.C @ ch.f, ch.b * ch.one)

NEAR_MISSES: dict[str, Any] = {
    "convex_hull": Iff(INSIDE, LEVEL),
    "outputs_between_values": AtMost(ch.Z, ones(ch.m, 1) @ ch.high),
    "convex_function_of_output": AtMost(ch.F, total(ch.p @ ch.h)),
    "mean_square_distance": ch.mean_square_distance.says,
    "weighted_least_squares": Equal(ch.cost(ch.p, ch.y), ch.cost(ch.p, ch.z) - normsquared(ch.y - ch.z)),
    "attention_is_lse_gradient": Equal(
        Gradient(ch.lse(ch.tau * ch.q @ ch.B.T), ch.q), softmax(ch.tau * ch.q @ ch.B.T) @ ch.B
    ),
    "output_is_slope_of_lse": Equal(Partial(ch.lse(ch.moved), ch.t), total(ch.z @ ch.f)),
}
"""A sign or a factor lost, or the hypothesis left out."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
