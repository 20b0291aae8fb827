"""Chapter 4, the Lipschitz constant: a half, not 1 and not less."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, T, hadamard, normsquared, rowsum, total
from symattn.theory.softmax import half_lipschitz as ch
from tests.theory.chapter import chapter_tests

v, J = ch.v, ch.J

NEAR_MISSES: dict[str, Any] = {
    "softmax_half_lipschitz": AtMost(total(v @ J @ v.T), normsquared(v) / 4),
    "jacobian_half_length": AtMost(normsquared(v @ J), normsquared(v) / 16),
    "jacobian_row_sums": Equal(T(rowsum(hadamard(ch.signs, J))), ch.HALF * ch.one),
    "half_is_attained": ch.half_is_attained.says.xreplace({ch.HALF: ch.HALF**2}),
}
"""Half of the constant, as a form and as a length; the largest sum as if it were each; and 1/4."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
