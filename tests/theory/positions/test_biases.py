"""Chapter 6: what is stated about biases is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import Matrix

from symattn.language import Equal, Not, Rank, ones, positions, softmax
from symattn.numeric import EXACT, sample
from symattn.numeric.evaluation.walk import Walk
from symattn.proof import decide
from symattn.theory.positions import biases as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "alibi_extra_key": Equal(softmax(ch.tau * ch.A @ ch.B.T + ch.slope * ch.gap), softmax(ch.plain)),
    "alibi_causal": Equal(softmax(ch.tau * ch.A @ ch.B.T - ch.slope * ch.away), softmax(ch.counted)),
    "alibi_both_ways": Rank(ch.whole) >= ch.n + 2,
    "alibi_both_ways_is_no_plain_head": Not(
        Equal(softmax(ch.queries @ ch.keys.T), softmax(-ch.steep * ch.queries @ ch.keys.T))
    ),
    "toeplitz_bias_moves": ch.toeplitz_bias_moves.says,
    "relative_bias_toeplitz": Rank(ch.features @ ch.others.T) >= ch.r,
}
"""The slope up for down, no mask, more than the number of tokens, hypotheses left out, or all features of one kind."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("n", range(1, 6))
def test_distances_are_those_of_places(n: int) -> None:
    """What is made of positions and of who comes no later than whom is |i - j|; and that has full rank."""
    distances = ch.distances(ch.n + 1)
    found = np.asarray(Walk(sample(distances, sizes={ch.n: n}), EXACT).value(distances))
    assert np.array_equal(found, [[abs(i - j) for j in range(n + 1)] for i in range(n + 1)])
    assert Matrix(found.tolist()).det() == (-1) ** n * n * 2 ** (n - 1)


def test_without_a_mask_it_is_another_head_for_three_tokens_already() -> None:
    both_ways = Equal(softmax(-ch.slope * ch.distances(3)), softmax(ch.slope * ones(3, 1) @ positions(3).T))
    assert decide(both_ways).status == "refuted"
