"""Chapter 10, sinks: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, hstack, ones, softmax, total, vstack, zeros
from symattn.theory.normalisation import sinks as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "softmax1_sink": Equal(ch.leaky @ ch.C, softmax(hstack(zeros(1, 1), ch.s)) @ vstack(ones(1, ch.v), ch.C)),
    "softmax1_mass": Equal(total(ch.leaky), 1),
    "softmax1_shifted": Equal(ch.shifted, ch.leaky),
    "sink_rescale": Equal(ch.weights @ vstack(ch.value, ch.C), ch.sink * ch.value + softmax(ch.s) @ ch.C),
}
"""A sink with a value, weights that sum to 1, a shift that is not seen, and attention that is not rescaled."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
