"""Chapter 5, laws: what is stated about gradients is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, ForAll, Gradient, Iff, head, inner
from symattn.theory.gradients import conservation as ch
from tests.theory.chapter import chapter_tests

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


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
