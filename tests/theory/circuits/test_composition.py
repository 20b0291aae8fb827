"""Chapter 8: what is stated about circuits is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import (
    Equal,
    ForAll,
    Iff,
    T,
    attention,
    concat_heads,
    hstack,
    softmax,
    stack_heads,
    sum_heads,
    vstack,
    zeros,
)
from symattn.theory.circuits import composition as ch
from tests.theory.chapter import chapter_tests

h, extended_V = ch.h, vstack(ch.V, ch.bias_v)

NEAR_MISSES: dict[str, Any] = {
    "qk_ov_factor": ch.qk_ov_factor.says,
    "concat_sum": Equal(
        concat_heads(ch.Z[h], h) @ stack_heads(ch.writes[h], h), sum_heads(ch.Z[h], h) @ sum_heads(ch.writes[h], h)
    ),
    "head_symmetries": ch.head_symmetries.says,
    "path_expansion": Equal(ch.X_2, ch.X + ch.written + sum_heads(ch.B[ch.g] @ ch.X @ ch.Ns[ch.g], ch.g)),
    "score_composition": Equal(ch.X_1 @ ch.W @ ch.X_1.T, ch.X @ ch.W @ ch.X.T + sum_heads(ch.read @ ch.W @ ch.X.T, h)),
    "virtual_weights": Iff(ForAll(ch.x, Equal(ch.x @ ch.M @ ch.Q, zeros(1, ch.k))), Equal(ch.M, zeros(ch.d, ch.d))),
    "bias_fold": Equal(
        attention(hstack(ch.X, ch.one), vstack(ch.Q, ch.bias_q), vstack(ch.K, ch.bias_k), extended_V, ch.tau),
        softmax(ch.tau * (ch.X @ ch.Q) @ T(ch.X @ ch.K + ch.one @ ch.bias_k)) @ hstack(ch.X, ch.one) @ extended_V,
    ),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
