"""Second derivatives, forwards over backwards, beside what they are by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn.language import (
    Gradient,
    Jacobian,
    Partial,
    concat_heads,
    family,
    hadamard,
    index,
    inner,
    log,
    matrix,
    reciprocal,
    row,
    scalar,
    softmax,
    total,
    trace,
    vstack,
)
from symattn.numeric import EXACT, FLOAT64, evaluate, sample

x, A, t = row("x", 3), matrix("A", 3, 3), scalar("t")
AT: dict[Any, Any] = {x: [[1, 2, 5]], A: [[1, 2, 3], [0, 4, 1], [2, 2, 7]], t: 3}


def exactly(expr: Any) -> list[list[Fraction]]:
    values = {letter: value for letter, value in AT.items() if expr.has(letter)}
    return np.asarray(evaluate(expr, sample(expr, values=values), EXACT)).tolist()


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (inner(x @ A, x), np.add(AT[A], np.transpose(AT[A])).tolist()),
        (total(hadamard(x, x, x)), np.diag([6, 12, 30]).tolist()),
        (total(reciprocal(x)), np.diag([Fraction(2), Fraction(2, 8), Fraction(2, 125)]).tolist()),
        (total(vstack(x, 2 * x) @ A @ x.T), (3 * np.add(AT[A], np.transpose(AT[A]))).tolist()),
        (total(x) ** 3, [[48] * 3] * 3),
    ],
)
def test_a_hessian(loss: Any, expected: list[list[Any]]) -> None:
    assert exactly(Jacobian(Gradient(loss, x), x)) == expected


def test_derivatives_of_numbers() -> None:
    assert exactly(Partial(Partial(t**4, t), t)) == [[108]]
    assert exactly(Partial(inner(Gradient(t * inner(x, x), x), x), t)) == [[60]]
    assert (
        exactly(Gradient(inner(Gradient(trace(A @ A @ A), A), A), A))
        == (9 * np.linalg.matrix_power(AT[A], 2).T).tolist()
    )


def test_where_entries_are_moved() -> None:
    """Blocks and heads: what was moved is collected in every direction."""
    h = index("h", 2)
    Q = family("Q", 2, 3, 1)
    loss = total(hadamard(concat_heads(x @ Q[h], h), concat_heads(x @ Q[h], h)))
    q = np.array([[[1], [2], [0]], [[3], [1], [1]]])
    at = sample(loss, values={x: AT[x], Q: q})
    stacked = np.hstack(q)
    assert (
        np.asarray(evaluate(Jacobian(Gradient(loss, x), x), at, EXACT)).tolist() == (2 * stacked @ stacked.T).tolist()
    )


def test_the_hessian_of_log_sum_exp() -> None:
    """diag(p) - pᵀ p, and so for a softmax whose scores and values move."""
    hessian = Jacobian(Gradient(log(total(sa.exp(x))), x), x)
    p = np.exp([-4.0, -3.0, 0.0]) / np.exp([-4.0, -3.0, 0.0]).sum()
    found = evaluate(hessian, sample(hessian, values={x: AT[x]}), FLOAT64)
    assert np.allclose(np.asarray(getattr(found, "value", found)), np.diag(p) - np.outer(p, p), atol=1e-12)
    weighted = Jacobian(Gradient(inner(softmax(x), x), x), x)
    f = lambda z: float((np.exp(z - z.max()) / np.exp(z - z.max()).sum() * z).sum())  # noqa: E731
    found = evaluate(weighted, sample(weighted, values={x: AT[x]}), FLOAT64)
    assert np.allclose(
        np.asarray(getattr(found, "value", found)), _differences(f, np.array([1.0, 2.0, 5.0])), atol=1e-5
    )


def _differences(f: Any, at: Any) -> Any:
    """Second differences, by a route of its own."""
    step = 1e-4 * np.eye(3)
    return np.array(
        [[(f(at + a + b) - f(at + a - b) - f(at - a + b) + f(at - a - b)) / 4e-8 for b in step] for a in step]
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("x:1*n w:n*1 |- Hessian(square(x)@w, x) == 2*diag(w)", "proved"),
        ("x:1*n w:n*1 |- Hessian(square(x)@w, x) == diag(w)", "refuted"),
        ("x:1*n |- Hessian(logsumexp(x), x) == diag(softmax(x)) + softmax(x)'@softmax(x)", "refuted"),
        ("t:scalar |- Partial(Partial(t^3, t), t) == 3*t", "refuted"),
    ],
)
def test_a_false_second_derivative_is_refuted(text: str, status: str) -> None:
    assert sa.decide(text).status == status
