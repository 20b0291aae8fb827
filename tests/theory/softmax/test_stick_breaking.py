"""Chapter 4: what is stated about stick-breaking weights is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.language import AtMost, Equal, ForAll, hadamard, matrix, ones, rowsum, sum_heads
from symattn.numeric import FLOAT64, evaluate, sample
from symattn.proof import decide
from symattn.theory.softmax import stick_breaking as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "stick_breaking_sums": (Equal(sum_heads(ch.weight, ch.l), ch.one), (ch.STEPS, ch.START)),
    "stick_breaking_weights": (AtMost(sum_heads(ch.weight, ch.l), ch.one / 2), (ch.STEPS, ch.START, *ch.SHARES)),
    "stick_breaking_attention": Equal(rowsum(ch.W), ones(ch.N, 1)),
}
"""All of the stick given away, half of it at most, and rows that sum to 1 as those of softmax do."""

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_shares_above_1_make_negative_weights() -> None:
    given = (ch.STEPS, ch.START, ch.SHARES[0])
    assert decide(ForAll(ch.l, AtMost(ch.none, ch.weight)), given).status == "refuted"


def test_without_the_mask_on_the_sum_it_is_another_weight() -> None:
    unmasked = hadamard(ch.C, ch.exp(ch.A - ch.softplus @ ch.C))
    assert decide(Equal(unmasked, ch.W)).status == "refuted"


def test_attention_breaks_the_stick_key_by_key() -> None:
    n = 5
    logits = matrix("A", n, n)
    weights = ch.W.xreplace({ch.m: n - 1})
    at = sample(weights)
    found = np.asarray(evaluate(weights, at, FLOAT64).value, dtype=float)
    beta = 1 / (1 + np.exp(-np.asarray(evaluate(logits, at, FLOAT64).value, dtype=float)))
    for i in range(n):
        left = 1.0
        for j in range(i, -1, -1):
            assert np.isclose(found[i, j], beta[i, j] * left)
            left *= 1 - beta[i, j]
        assert np.isclose(found[i].sum(), 1 - left)
        assert np.all(found[i, i + 1 :] == 0)
