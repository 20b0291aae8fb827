"""Chapter 5: what is stated about gradients is proved, and a slip in a statement is refuted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import Equal, Gradient, Rank, T, hadamard, inner, rowsum, softmax, zeros
from symattn.proof import Statement, decide, replay
from symattn.theory import gradients as ch

STATEMENTS = {name: value for name, value in vars(ch).items() if isinstance(value, Statement)}
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


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_proved_and_its_certificate_replays(name: str) -> None:
    theorem = STATEMENTS[name].prove()
    again = replay(json.loads(json.dumps(theorem.certificate())))
    assert (again.hypotheses, again.conclusion) == (theorem.kernel.hypotheses, theorem.kernel.conclusion)


@pytest.mark.parametrize("name", STATEMENTS)
def test_near_miss_is_refuted_with_a_counterexample(name: str) -> None:
    verdict = decide(NEAR_MISSES[name])
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None
