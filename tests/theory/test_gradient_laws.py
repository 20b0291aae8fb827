"""Chapter 5, laws: what is stated about gradients is proved, and a slip in a statement is refuted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import Equal, ForAll, Gradient, Iff, head, inner
from symattn.proof import Statement, decide, replay
from symattn.theory import gradient_laws as ch

STATEMENTS = {name: value for name, value in vars(ch).items() if isinstance(value, Statement)}
Q, K = ch.Q, ch.K

NEAR_MISSES: dict[str, Any] = {
    "gauge_gradient_law": Equal(Q.T @ Gradient(ch.loss, Q), K.T @ Gradient(ch.loss, K)),
    "head_gradient_law": Equal(Q.T @ Gradient(ch.head_loss, Q), K.T @ Gradient(ch.head_loss, K)),
    "gauge_law_iff": Iff(ForAll(ch.A, Equal(inner(ch.dQ, Q @ ch.A), inner(ch.dK, K @ ch.A))), ch.LAW),
    "balance_conservation": ch.balance_conservation.says,
    "balance_flow": ch.balance_flow.says,
    "value_balance_conservation": ch.value_balance_conservation.says,
    "euler_value": Equal(inner(Q, Gradient(ch.head_loss, Q)), inner(ch.G, head(ch.X, Q, K, ch.V, ch.O, ch.tau))),
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
