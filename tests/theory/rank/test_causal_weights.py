"""Chapter 3: what is stated about causal weights of narrow heads is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.language import Rank
from symattn.theory.rank import causal_weights as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "lowrank_bottleneck_causal_generic": Rank(ch.S) >= ch.m,
    "lowrank_bottleneck_causal_lower": Rank(ch.far) >= ch.m + 1,
}
"""Any scores, and a width more than these weights take."""

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize(("m", "r"), [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (4, 3)])
def test_differences_of_the_scores_that_are_seen_have_full_rank(m: int, r: int) -> None:
    n = 2 * m + r
    scores = np.array([[float(j + m + r <= i) for j in range(n)] for i in range(n)])
    block = scores[m + r :, : m + 1]
    assert np.array_equal(np.diff(block, axis=1), -np.eye(m))
    assert all(j <= i for i in range(m + r, n) for j in range(m + 1))
