"""Chapter 4, derivatives: what is stated about softmax is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import PSD, Equal, Gradient, Iff, Jacobian, Rank, diag, exp, hadamard, total, zeros
from symattn.theory.softmax import derivatives as ch
from tests.theory.chapter import chapter_tests

p, s, v = ch.p, ch.s, ch.v

NEAR_MISSES: dict[str, Any] = {
    "softmax_jacobian": Equal(Jacobian(p, s), diag(p)),
    "softmax_jacobian_variance": Equal(total(v @ ch.J @ v.T), total(p @ hadamard(ch.gaps, ch.gaps) @ p.T)),
    "softmax_jacobian_psd": PSD(p.T @ p - diag(p)),
    "flat_directions_are_constant": ch.flat_directions_are_constant.says,
    "softmax_jacobian_kernel": Iff(ch.FLAT, Equal(v, zeros(1, ch.n))),
    "softmax_jacobian_rank": Rank(ch.covariance) <= 1,
    "lse_gradient": Equal(Gradient(ch.lse, s), exp(s)),
    "lse_gradient_convex": PSD(-Jacobian(p, s)),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
