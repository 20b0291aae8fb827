"""What is seen to be positive, and what is not."""

from __future__ import annotations

import pytest

from symattn.language import (
    diag,
    entry,
    exp,
    hadamard,
    log,
    matrix,
    normsquared,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
    trace,
    var,
)
from symattn.language.shapes.signs import sign

n, d = sizes("n d")
empty = sizes("m", min=0)
X, S, M = matrix("X", n, d), matrix("S", n, d), matrix("M", n, d, mask=True)
P, N = matrix("P", n, d, positive=True), matrix("N", n, empty, positive=True)
x, e, a = row("x", d), scalar("e", positive=True), scalar("a")

POSITIVE = [
    e, n, exp(a), exp(X), P, softmax(S), a**2 + 1, normsquared(x) / d + e, var(x, ddof=0) + e, trace(X @ X.T) + 1,
    total(x @ x.T) + 1, total(softmax(S)), rowsum(exp(S)), reciprocal(P), P.T, ones(n, d), hadamard(P, P), e * P @ P.T,
    entry(X @ X.T, 0, 0) + 1, (a**2 + e) ** -1, rowsum(hadamard(X, X)) + e,
]  # fmt: skip
NOT_NEGATIVE = [
    a**2, normsquared(x), trace(X @ X.T), M, softmax(S, mask=M), diag(exp(x)), rowsum(N), hadamard(X, X), empty, a**-2,
]  # fmt: skip
UNSEEN = [a, x, X, log(e), a**3, e - 1, trace(X @ X.T) - 1, X @ X.T, hadamard(X, X, X), 0 * e - 1, e**a]


@pytest.mark.parametrize("expr", POSITIVE)
def test_it_is_seen_to_be_positive(expr: object) -> None:
    assert sign(expr) == 1


@pytest.mark.parametrize("expr", NOT_NEGATIVE)
def test_it_is_seen_to_be_at_least_0(expr: object) -> None:
    assert sign(expr) == 0


@pytest.mark.parametrize("expr", UNSEEN)
def test_nothing_is_seen(expr: object) -> None:
    assert sign(expr) == -1
