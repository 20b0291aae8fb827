"""Which mistake a result looks like, and which step a bound comes from: said only when it follows from the bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks import CheckFailed, assert_computes
from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.blame import largest_term
from symattn.checks.harness.reference import agreed
from symattn.checks.harness.user_step import measured, starting
from symattn.language import (
    Gradient,
    bilinear,
    concat_heads,
    exp,
    family,
    index,
    inner,
    matrix,
    matrix_of,
    scores,
    sizes,
    softmax,
    sum_heads,
    text,
)
from symattn.language.mistakes import mistakes
from symattn.numeric.arithmetics.tolerance import Tolerance
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.samples.samples import sample

n, m, d, k, H = sizes("n m d k H")
X, Q, K, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, d)
SCORES = scores(X, Q, K)


def _message(fn: Any, expr: Any, **options: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(fn, expr, **options)
    return str(caught.value)


def test_a_mistake_must_explain_every_failing_sample() -> None:
    def sometimes_swapped(X: Any, Q: Any, K: Any) -> Any:
        return (X @ K) @ (X @ Q).T if len(X) == 3 else (X @ K) @ (X @ K).T

    message = _message(sometimes_swapped, SCORES)
    assert "it looks like none of the mistakes that are known here" in message
    assert "it looks like Q and K exchanged" in _message(sometimes_swapped, SCORES, sizes={"n": 3})


def test_a_coarse_bound_that_hides_the_value_explains_nothing() -> None:
    Qs, Ks, h = family("Q", H, d, k), family("K", H, d, k), index("h", H)
    expr = sum_heads(softmax(scores(X, Qs[h], Ks[h])) @ X, h)

    def turned(X: Any, Q: Any, K: Any) -> Any:
        S = np.einsum("nd,hdk,hek,me->hnm", X, Q, np.roll(K, 1, axis=0), X)
        w = np.exp(S - S.max(-1, keepdims=True))
        return (w / w.sum(-1, keepdims=True) @ X).sum(0)

    assert "was promised" not in _message(turned, expr)


def test_two_readings_of_one_matrix_are_both_told() -> None:
    message = _message(lambda X, Q, K: (X @ K) @ (X @ Q).T, SCORES)
    assert "it looks like Q and K exchanged, or the result transposed" in message


def test_a_term_that_is_left_out_is_named() -> None:
    B = matrix("B", n, n)
    assert "the term B left out" in _message(lambda X, Q, K, B: X @ Q @ K.T @ X.T, SCORES + B)
    assert "the term B with the other sign" in _message(lambda X, Q, K, B: X @ Q @ K.T @ X.T - B, SCORES + B)


def test_a_residual_connection_is_named() -> None:
    expr = softmax(SCORES) @ X @ V

    def residual(X: Any, Q: Any, K: Any, V: Any) -> Any:
        S = (X @ Q) @ (X @ K).T
        w = np.exp(S - S.max(-1, keepdims=True))
        return w / w.sum(-1, keepdims=True) @ X @ V + X

    assert "X added, a residual connection that is not in the formula" in _message(residual, expr)


def test_a_dropped_transpose_is_named_where_the_sizes_agree() -> None:
    A, B = matrix("A", n, n), matrix("B", n, n)
    assert "the transpose of B dropped" in _message(lambda A, B: A @ B, A @ B.T)


def test_products_in_the_other_order_are_named() -> None:
    A, B = matrix("A", n, n), matrix("B", n, n)
    assert "A and B exchanged" in _message(lambda A, B: B @ A, A @ B)


@pytest.mark.parametrize(
    "expr",
    [
        SCORES,
        softmax(SCORES, mask=matrix("M", n, n, mask=True)) @ X,
        Gradient(inner(matrix("G", n, n), softmax(SCORES)), Q),
        concat_heads(softmax(scores(X, family("A", H, d, k)[index("h", H)], K)), index("h", H)),
    ],
    ids=["scores", "masked", "gradient", "heads"],
)
def test_every_mistake_differs_from_the_formula_and_has_words(expr: Any) -> None:
    found = list(mistakes(expr))
    assert len(found) > 5
    assert all(words and wrong != expr for words, wrong in found)


def test_the_step_that_weighs_most_is_found() -> None:
    A, B, C = matrix("A", n, k), matrix("B", m, k), matrix("C", n, m)
    expr = exp(A @ B.T) + C
    at = sample(expr, sizes={n: 2, m: 3, k: 50}, kind="normal")
    term = largest_term(expr, at, Tolerance("float32"), (0, 0))
    assert term.endswith("of it from the step A Bᵀ")
    assert 50 < int(term.split()[0]) <= 100
    small = sample(
        expr, sizes={n: 2, m: 3, k: 1}, values={A: np.zeros((2, 1)), B: np.ones((3, 1)), C: np.full((2, 3), 9.0)}
    )
    assert text(expr) in largest_term(expr, small, Tolerance("float32"), (0, 0))


def test_a_single_step_needs_no_word() -> None:
    A = matrix("A", n, k)
    assert largest_term(A @ Q.T, sample(A @ Q.T), Tolerance("float32"), (0, 0)) == ""


def test_a_function_starts_from_numbers_of_its_dtype_and_the_ball_still_holds_the_value() -> None:
    exact = np.array([[1.0 + 2.0**-12, 3.0]])
    start = starting(Ball(exact, np.array([[0.0, 1e-3]])), "float16")
    assert (rounded(start.value, "float16") == start.value).all()
    assert (np.abs(start.value - exact) <= start.radius).all()
    assert start.radius[0, 1] == pytest.approx(1e-3, rel=1e-12)


def test_what_a_function_returned_is_as_far_from_the_exact_value_as_the_contract_allows() -> None:
    allowed = Ball(np.array([[1.0, 1.0]]), np.array([[0.25, 0.25]]))
    found = measured(np.array([[1.125, 9.0]]), allowed)
    assert (found.value == [[1.125, 9.0]]).all()
    np.testing.assert_allclose(found.radius, [[0.375, 0.5]])
    assert agreed(None, "float16").dtype == "float16"


def test_mistakes_are_found_beside_bilinear_maps_and_concrete_sizes() -> None:
    form, W = bilinear("s", d), matrix("W", d, d)
    assert "the term W left out" in dict(mistakes(matrix_of(form) + W))
    assert list(mistakes(matrix("A", 2, 1) @ matrix("B", 1, d) @ matrix("C", d, 3)))


def test_what_is_not_a_number_is_told_although_the_scores_of_a_bound_head_have_no_value() -> None:
    Qs, h = family("Q", H, d, k), index("h", H)
    message = _message(lambda X, Q: X * np.nan, sum_heads(softmax(scores(X, Qs[h], Qs[h])) @ X, h))
    assert "the result is not a finite number, although the exact value is" in message
