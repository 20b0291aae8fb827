"""Chapter 4: what is stated about softmax is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import AtMost, Equal, Iff, exp, identity, ones, reciprocal, rowsum, softmax
from symattn.theory.softmax import weights as ch
from tests.theory.chapter import chapter_tests

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


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
