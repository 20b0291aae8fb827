"""Chapter 4, temperature: how fast the largest score wins, and that ties never do."""

from __future__ import annotations

import math
from typing import Any

import pytest

from symattn.language import AtMost, Equal, Iff, exp, ones, softmax, zeros
from symattn.proof import decide
from symattn.theory.softmax import temperature as ch
from tests.theory.chapter import chapter_tests

SHARE = ch.shares.xreplace({ch.k: 2})

NEAR_MISSES: dict[str, Any] = {
    "temperature_limit": (AtMost(1 - ch.top, ch.most / 2), ch.APART),
    "temperature_limit_attained": Equal(1 - ch.largest((ch.b - ch.gap) * ch.low, ch.b), exp(-ch.beta * ch.gap)),
    "cold_weights": (AtMost(1 - ch.top, ch.epsilon), ch.APART),
    "distance_from_one_hot": Equal(ch.others + (1 - ch.top), 1 - ch.top),
    "tied_maxima_share": Equal(ch.shares, ch.equal / ch.k),
    "hot_weights": Equal(softmax(ch.beta * ch.s), ch.one / ch.n),
    "sharpness_iff": Iff(ch.ALWAYS, ch.ENOUGH),
}
"""Half the bound, the bound without the others, no condition on β, once the distance, no others, β = 0, any δ."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_tied_scores_do_not_become_one_hot() -> None:
    """Two scores that tie: neither ever gets a weight above 1/2, however cold it is."""
    assert decide(AtMost(ones(1, 2) / 2, SHARE)).status == "refuted"
    assert decide(AtMost(SHARE, zeros(1, 2))).status == "refuted"


@pytest.mark.parametrize(("others", "gap", "beta"), [(3, 1.0, 2.0), (10, 0.5, 8.0)])
def test_the_bound_is_the_weight_of_the_others_at_the_gap(others: int, gap: float, beta: float) -> None:
    exponentials = [math.exp(beta * (1 - gap))] * others + [math.exp(beta)]
    left = sum(exponentials[:-1]) / sum(exponentials)
    assert left == pytest.approx(others / (math.exp(beta * gap) + others))
