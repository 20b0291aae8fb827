"""Chapter 4: what is stated about causal softmax is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, determinant, hadamard, identity, matrix, ones, order, rowsum, softmax, tril
from symattn.theory.softmax import causal as ch
from tests.theory.chapter import chapter_tests

before = order(ch.n, ch.n, 1, 0)

NEAR_MISSES: dict[str, Any] = {
    "causal_rows_sum_to_one": Equal(rowsum(softmax(ch.S, mask=before)), ones(ch.n, 1)),
    "window_rows_sum_to_one": Equal(rowsum(softmax(ch.S, mask=order(ch.n, ch.n, ch.w, 0))), ones(ch.n, 1)),
    "causal_determinant": Equal(determinant(tril(ch.A) + tril(ch.A.T).T), determinant(hadamard(ch.A, identity(ch.m)))),
}
"""A token that does not read itself, one that reads only what is w back, and a matrix that is not cut."""


def test_the_weights_are_invertible_at_numbers() -> None:
    import numpy as np

    from symattn.numeric import FLOAT64, evaluate, sample

    weights = softmax(matrix("S", 4, 4), mask=ch.causal(4))
    values = np.asarray(evaluate(weights, sample(weights), FLOAT64).value, dtype=float)
    assert np.allclose(np.linalg.det(values), np.prod(np.diag(values)))
    assert np.all(values[np.triu_indices(4, 1)] == 0)


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
