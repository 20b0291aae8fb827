"""Chapter 9, smoothing by a kernel: what is stated is proved, and "attention is Gaussian smoothing" is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, Iff, softmax
from symattn.theory.memory import smoothing as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "nadaraya_watson": Equal(softmax(ch.tau * ch.Q @ ch.B.T) @ ch.C, ch.kernel @ ch.C),
    "gaussian_smoothing_bias": ch.same,
    "gaussian_smoothing_iff": Iff(ch.same, Exists(ch.c, Equal(ch.q @ ch.B.T, ch.c * ch.one))),
}
"""Without the row sums, without the bias, and with the scores in the place of the lengths."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
