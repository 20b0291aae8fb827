"""Chapter 7, recurrences: what is stated of prefixes is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, ForAll, T, diag, exp, hadamard, order, tril, vstack
from symattn.theory.efficient import prefixes as ch
from tests.theory.chapter import chapter_tests

wide = hadamard(order(ch.n, ch.n, 0, 0), diag(ch.beta) @ ch.K @ ch.K.T)
unfaded = T(ch.K_1) @ ch.V_1

NEAR_MISSES: dict[str, Any] = {
    "prefixes_at_once": ForAll(
        ch.i, Equal(ch.own @ tril(ch.Q @ ch.K.T) @ ch.V, ch.own @ ch.Q @ (ch.K.T @ ch.before @ ch.V))
    ),
    "state_space_duality": Equal(
        ch.faded(ch.joined, ch.a + ch.b),
        vstack(ch.faded(ch.chunks[0], ch.a), diag(exp(ch.A_2)) @ ch.Q_2 @ unfaded + ch.faded(ch.chunks[1], ch.b)),
    ),
    "delta_rule_product": (
        ch.delta_rule_product.says,
        Equal(ch.U + wide @ ch.U, diag(ch.beta) @ (ch.V - ch.K @ ch.start)),
    ),
}
"""A prefix without its last token, a memory that does not fade, and a triangle with its diagonal."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
