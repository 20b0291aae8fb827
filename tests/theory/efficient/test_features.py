"""Chapter 7: what is stated about features is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, ForAll, exp
from symattn.theory.efficient import features as ch
from tests.theory.chapter import chapter_tests

NOT_DECIDED = {"no_finite_feature_map"}
"""With features as many as points there is nothing that refutes the claim, and nothing that proves it."""

sums, masses, read = ch.linear_attn_rnn.says.args
wide = ch.matrix("F", ch.N, ch.N), ch.matrix("H", ch.N, ch.N)
made = Equal(exp(ch.points @ ch.points.T), ch.diag(ch.factors) @ wide[0] @ wide[1].T)

NEAR_MISSES: dict[str, Any] = {
    "linear_attn_rnn": (Equal(read.left, ch.q @ (ch.state + ch.f.T @ ch.y)), ch.STATE),
    "no_finite_feature_map": (Exists(ch.x, ForAll((ch.factors, *wide), ch.Not(made))), ch.UNIT),
}
"""Without the normaliser, and with as many features as points."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)
