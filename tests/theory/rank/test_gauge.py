"""Gauge: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Implies, T, inverse, normsquared
from symattn.theory.rank import gauge as ch
from tests.theory.chapter import chapter_tests

Q, K = ch.Q, ch.K

NEAR_MISSES: dict[str, Any] = {
    "gauge_invariance": Equal((Q @ ch.C) @ T(K @ inverse(ch.C)), Q @ K.T),
    "gauge_uniqueness": ch.gauge_uniqueness.says,
    "gauge_uniqueness_false": Implies(Equal(Q @ K.T, ch.Q1 @ ch.K1.T), Equal(ch.K1, K @ ch.H.T)),
    "gauge_differential": ch.gauge_differential.says,
    "gauge_image": ch.gauge_image.says,
    "balanced_gauge": Implies(Equal(Q.T @ Q, K.T @ K), Equal(normsquared(Q), 2 * normsquared(K))),
}

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
