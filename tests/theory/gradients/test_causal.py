"""Chapter 5: what is stated about gradients under a causal mask is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.errors import Undecided
from symattn.language import Equal, Gradient, hadamard, inner, matrix, order, rowsum, softmax, tril, zeros
from symattn.numeric import FLOAT64, evaluate, sample
from symattn.proof import decide, prove
from symattn.theory.gradients import causal as ch
from symattn.theory.gradients.of_a_head import score_gradient
from tests.theory.chapter import chapter_tests

full = softmax(ch.S)
all_seen = score_gradient(softmax(ch.tau * ch.queries @ ch.keys.T), ch.G @ ch.values.T)

NEAR_MISSES: dict[str, Any] = {
    "causal_softmax_backward": Equal(
        Gradient(inner(ch.G, ch.weights @ ch.C), ch.S), score_gradient(full, ch.G @ ch.C.T)
    ),
    "causal_score_gradient": Equal(tril(score_gradient(full, ch.G @ ch.C.T)), score_gradient(full, ch.G @ ch.C.T)),
    "causal_attn_backward": Equal(
        Gradient(ch.loss, ch.X), ch.tau * (ch.dS @ ch.X @ ch.K @ ch.Q.T + ch.dS.T @ ch.X @ ch.Q @ ch.K.T)
    ),
    "cached_attn_backward": Equal(Gradient(ch.cached_loss, ch.queries), ch.tau * all_seen @ ch.keys),
}
"""Weights of all keys for those of the keys that are seen, and the tokens without what is read of them."""

test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)

STRICT = softmax(ch.S, mask=order(ch.n, ch.n, 1, 0))
FALSE: dict[str, Any] = {
    "the mask on the sum alone": Equal(
        Gradient(inner(ch.G, ch.weights @ ch.C), ch.S),
        hadamard(ch.weights, ch.G @ ch.C.T - rowsum(hadamard(full, ch.G @ ch.C.T)) @ ch.ones(1, ch.n)),
    ),
    "the sum not subtracted": Equal(
        Gradient(inner(ch.G, ch.weights @ ch.C), ch.S), hadamard(ch.weights, ch.G @ ch.C.T)
    ),
    "keys for queries": Equal(Gradient(ch.cached_loss, ch.keys), ch.tau * ch.cached_dS.T @ ch.cached @ ch.keys),
    "a first token that learns": Equal(ch.gradient_of_scores, zeros(ch.n, ch.n)),
}


@pytest.mark.parametrize("what", FALSE)
def test_what_is_nearly_so_is_refuted(what: str) -> None:
    assert decide(FALSE[what]).status == "refuted"


def test_a_mask_that_may_leave_a_row_empty_has_no_derivative_that_is_proved() -> None:
    """Where the first token sees nothing its weights are 0/0; the kernel divides by nothing that it does not see."""
    with pytest.raises(Undecided):
        prove(Equal(Gradient(inner(ch.G, STRICT @ ch.C), ch.S), score_gradient(STRICT, ch.G @ ch.C.T)))


def test_the_gradient_in_the_queries_is_a_difference_quotient_at_numbers() -> None:
    n, k, v = 4, 2, 3
    A, B, C, G = matrix("A", n, k), matrix("B", n, k), matrix("C", n, v), matrix("G", n, v)
    loss = inner(G, softmax(A @ B.T, mask=ch.causal(n)) @ C)
    at = sample(loss)
    found = np.asarray(evaluate(Gradient(loss, A), at, FLOAT64).value, dtype=float)
    values = {each: np.asarray(evaluate(each, at, FLOAT64).value, dtype=float) for each in (A, B, C, G)}

    def computed(queries: Any) -> float:
        scores = np.exp(queries @ values[B].T) * np.tri(n)
        return float(np.sum(values[G] * (scores / scores.sum(1, keepdims=True) @ values[C])))

    step = 1e-5
    for i in range(n):
        for j in range(k):
            moved = np.zeros((n, k))
            moved[i, j] = step
            slope = (computed(values[A] + moved) - computed(values[A] - moved)) / (2 * step)
            assert slope == pytest.approx(found[i, j], abs=1e-6)
