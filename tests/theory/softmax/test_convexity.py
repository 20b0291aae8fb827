"""Chapter 4, convexity: what is stated of means of exponentials is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, exp, hadamard, inner, log, normsquared, ones, softmax
from symattn.theory.softmax import convexity as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "exp_and_log_rise": AtMost(exp(ch.A), exp(ch.B)),
    "log_below_tangent": AtMost(ch.C - ones(ch.m, ch.n), log(ch.C)),
    "jensen_for_exp": AtMost(inner(softmax(ch.t), exp(ch.s)), exp(inner(softmax(ch.t), ch.s))),
    "lse_above_tangents": AtMost(ch.lse(ch.t) - ch.lse(ch.s), inner(softmax(ch.s), ch.t - ch.s)),
    "weighted_cauchy_schwarz": ch.weighted_cauchy_schwarz.says,
    "popoviciu": AtMost(
        inner(softmax(ch.s), hadamard(ch.f, ch.f)) - inner(softmax(ch.s), ch.f) ** 2, normsquared(ch.f) / 4
    ),
}
"""The other way round, a hypothesis left out, or the range in place of the half of it."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
