"""Chapter 6: what is stated about biases is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import eye, ones, zeros

from symattn.language import Equal, Not, Rank, softmax
from symattn.theory.positions import biases as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "alibi_extra_key": Equal(softmax(ch.tau * ch.A @ ch.B.T + ch.slope * ch.gap), softmax(ch.plain)),
    "alibi_both_ways": Rank(ch.whole) >= ch.n,
    "alibi_both_ways_is_no_plain_head": Not(
        Equal(softmax(ch.queries @ ch.keys.T), softmax(-ch.steep * ch.queries @ ch.keys.T))
    ),
    "toeplitz_bias_moves": ch.toeplitz_bias_moves.says,
    "relative_bias_toeplitz": Rank(ch.features @ ch.others.T) >= ch.r,
}
"""The slope up for down, the hypotheses left out, or all features of one kind."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("n", range(1, 6))
def test_distances_are_bent_at_each_token_alone(n: int) -> None:
    """What alibi_both_ways takes of |i - j|, exactly; and |i - j| itself has full rank."""
    distances = ch.distances.xreplace({ch.n: n}).as_explicit()
    step = zeros(n, 1).row_join(eye(n)) - eye(n).row_join(zeros(n, 1))
    assert step * distances * step.T == -2 * eye(n)
    assert step * ones(n + 1, 1) == zeros(n, 1)
    assert distances.det() == (-1) ** n * n * 2 ** (n - 1)
