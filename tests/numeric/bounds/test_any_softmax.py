"""The bound on a logarithm of a sum of exponentials holds for whoever is as far off as the contract lets him be."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.numeric.bounds.any_softmax import logsumexp
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import contract


def radius(scores: list[float], promise: str) -> float:
    """How far log Σ e^score may be off, for scores that are exact."""
    row = np.array([scores])
    _, far = logsumexp(Ball(row, np.zeros_like(row)), contract(promise))
    return float(far[0, 0])


@pytest.mark.parametrize("promise", ["float64", "float32"])
def test_the_logarithm_may_be_of_a_sum_that_was_shifted_by_the_least_score(promise: str) -> None:
    # log(1 + e^-60) is 0, and -60 + log(e^60 + 1) (1 + library) is off by 60 of them
    assert radius([0.0, -60.0], promise) >= 60 * contract(promise).stored.library


def test_the_logarithm_of_many_terms_may_be_off_although_its_value_is_0() -> None:
    # a shift by the scores themselves leaves log n, times 1 + library, to be taken off again
    terms = 256
    library = contract("float16/float32").stored.library
    assert radius([-float(np.log(terms))] * terms, "float16/float32") >= np.log(terms) * library


def test_a_logarithm_without_a_shift_is_off_by_the_library_and_rounded() -> None:
    stored = contract("bfloat16/float32").stored
    assert radius([60.0], "bfloat16/float32") >= 60 * ((1 + stored.library) * (1 + stored.unit) - 1)


def test_the_scores_may_be_off_as_far_as_they_say() -> None:
    row, off = np.array([[1.0, 2.0]]), np.array([[0.25, 0.5]])
    _, far = logsumexp(Ball(row, off), contract("float64"))
    assert 0.5 <= far[0, 0] <= 0.5 * (1 + 1e-9)


def test_the_bound_is_not_far_above_what_may_happen() -> None:
    assert radius([60.0], "float64") <= 60 * 5 * contract("float64").stored.library


def test_the_value_is_the_logarithm_of_the_sum() -> None:
    row = np.log(np.array([[1.0, 2.0, 5.0], [1000.0, 3.0, 5.0]]))
    value, _ = logsumexp(Ball(row, np.zeros_like(row)), contract("float64"))
    assert np.allclose(value, np.log([[8.0], [1008.0]]), rtol=1e-15, atol=0)
