"""Chapter 4: what is stated about softmax is proved, and a slip in a statement is refuted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import AtMost, Equal, Iff, exp, identity, ones, reciprocal, rowsum, softmax
from symattn.proof import Statement, decide, replay
from symattn.theory import softmax as ch

STATEMENTS = {name: value for name, value in vars(ch).items() if isinstance(value, Statement)}

NEAR_MISSES: dict[str, Any] = {
    "softmax_of_shifted": Equal(softmax(ch.c * ch.s), softmax(ch.s)),
    "scores_of_equal_weights": ch.scores_of_equal_weights.says,
    "softmax_shift": Iff(ch.SAME, Equal(ch.s, ch.t)),
    "scores_up_to_rows": Iff(Equal(softmax(ch.S), softmax(ch.R)), Equal(ch.S, ch.R)),
    "score_recovery": ch.score_recovery.says,
    "stochasticity": Equal(ones(1, ch.m) @ softmax(ch.S), ones(1, ch.n)),
    "stochastic_product": ch.stochastic_product.says,
    "reciprocal_of_weight": Equal(reciprocal(softmax(ch.s)), rowsum(exp(ch.gaps.T)).T),
    "dispersion_bound": AtMost(reciprocal(1 + ch.m * ch.r) * identity(1), ch.weight),
    "gibbs_variational": ch.gibbs_variational.says,
}
"""A letter swapped, a sum over the other side, or the hypothesis left out."""


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
