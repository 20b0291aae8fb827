"""Chapter 4, derivatives: what is stated about softmax is proved, and a slip in a statement is refuted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import PSD, Equal, Gradient, Iff, Jacobian, Rank, diag, exp, hadamard, total, zeros
from symattn.proof import Statement, decide, replay
from symattn.theory import softmax_slopes as ch

STATEMENTS = {name: value for name, value in vars(ch).items() if isinstance(value, Statement)}
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
