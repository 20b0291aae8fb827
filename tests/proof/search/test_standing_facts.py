"""What always holds is used where a claim mentions the function, and proves no more than that."""

from __future__ import annotations

import pytest

from symattn.language import (
    AtMost,
    Equal,
    exp,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    reciprocal,
    scalar,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import decide

n, k = sizes("n k", min=0)
A, M = matrix("A", n, k + 1), matrix("M", k + 1, n)
a, b = scalar("a"), scalar("b")
X = matrix("X", n, n)
first, last = A @ vstack(identity(k), zeros(1, k)), A @ vstack(zeros(k, 1), identity(1))


@pytest.mark.parametrize(
    "claim",
    [
        Equal(hadamard(X, X, reciprocal(X)), X),
        Equal(hadamard(X, reciprocal(X), reciprocal(X)), reciprocal(X)),
        AtMost(1 + a, exp(a)),
        Equal(hstack(first, last) @ M, A @ M),
    ],
    ids=["1/x", "1/(1/x)", "exp", "cut"],
)
def test_it_is_used(claim: object) -> None:
    assert decide(claim).status == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        Equal(hadamard(X, reciprocal(X)), ones(n, n)),
        AtMost(exp(a), 1 + a),
        AtMost(2 + a, exp(a)),
        Equal(hstack(first, 2 * last) @ M, A @ M),
    ],
    ids=["x/x", "other way", "too much", "cut"],
)
def test_no_more_than_that_is_proved(claim: object) -> None:
    assert decide(claim, timeout=30).status == "refuted"
