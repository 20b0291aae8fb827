"""Chapter 5: what is stated about gradients is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Gradient, Rank, T, hadamard, inner, rowsum, softmax, zeros
from symattn.theory.gradients import of_a_head as ch
from tests.theory.chapter import chapter_tests

form_dS = ch.score_gradient(ch.form_P, ch.G @ ch.V.T @ ch.X.T)

NEAR_MISSES: dict[str, Any] = {
    "softmax_backward": Equal(Gradient(inner(ch.G, ch.free @ ch.C), ch.C), ch.free @ ch.G),
    "form_backward": Equal(Gradient(ch.form_loss, ch.W), ch.tau * ch.X.T @ T(form_dS) @ ch.X),
    "attn_backward": Equal(Gradient(ch.loss, ch.Q), ch.tau * ch.X.T @ ch.dS @ ch.X @ ch.Q),
    "flash_d": Equal(rowsum(hadamard(ch.free, ch.G @ ch.C.T)), rowsum(hadamard(ch.C, ch.free @ ch.G))),
    "ds_rowsum_zero": ch.ds_rowsum_zero.says,
    "ds_rank": Rank(ch.wide_dS) <= 1,
    "grad_rank": Equal(Gradient(ch.loss, ch.Q), zeros(ch.d, ch.k)),
    "key_bias_dead": Equal(softmax(ch.tau * (ch.X @ ch.Q + ch.one @ ch.bias) @ T(ch.X @ ch.K)), ch.P),
    "value_bias_is_output_bias": Equal(softmax(ch.S) @ (ch.C + ch.one @ ch.bias_v) @ ch.O, softmax(ch.S) @ ch.C @ ch.O),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
