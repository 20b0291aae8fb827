"""Sums over indices, and what they cannot say."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import StatementError
from symattn.proof.text.parse import parse


@pytest.mark.parametrize(
    "statement",
    [
        "A:n*m |- sum(A[i, j] for i in n for j in m) == total(A)",
        "A:n*m |- sum(A[i, j] for j in m for i in n) == total(A)",
        "A:n*m |- sum(A[i, j]^2 for i in n for j in m) == normsquared(A)",
        "A:n*m B:m*n |- sum(A[i, j]*B[j, i] for i in n for j in m) == trace(A@B)",
        "A:n*n |- sum(A[i, i] for i in range(n)) == trace(A)",
        "A:n*n x:1*n |- sum(x[0, i]*A[i, j]*x[0, j] for i in n for j in n) == x@A@x'",
        "x:1*n |- sum(x[0, i]*x[0, j] for i in n for j in n) == sum(x)^2",
        "x:1*n t:positive |- sum(exp(x[0, i]/t)/t for i in n) == sum(exp(x/t))/t",
        "x:n*1 t:scalar |- sum(x[i, 0] - t for i in n) == sum(x) - n*t",
        "A:n*n |- sum(A[i, j] + 1 for i in n for j in n) == sum(A) + n^2",
        "A:n*m B:m*k |- sum((A@B)[i, j] for i in n for j in k) == sum(A@B)",
        "n>=1 t:scalar |- sum(t for i in n) == n*t",
        "A:n*m B:m*n |- sum(sum(A[i, j]*B[j, i] for j in m) for i in n) == trace(A@B)",
        "x:1*n y:n*1 |- sum(x[i]*y[i] for i in n) == x@y",
        "x:1*3 |- sum(x[0, i] for i in 3) == x[0, 0] + x[0, 1] + x[0, 2]",
    ],
)
def test_it_holds(statement: str) -> None:
    assert sa.decide(statement).status == "proved"


def test_the_order_of_indices_matters() -> None:
    assert sa.decide("A:n*n B:n*n |- sum(A[i,j]*B[i,j] for i in n for j in n) == trace(A@B)").status == "refuted"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sum(A[i, j] for i in m for j in n)", "i runs over m places, but there are n"),
        ("sum(i*A[i, j] for i in n for j in m)", "'i' is not made of entries"),
        ("sum(A[i, j] for i in n for j in m if i)", "a sum runs over indices"),
        ("sum(A[i, j] for i in n for i in m)", "a sum runs over indices"),
        ("sum(A[i, k] for i in n)", "'k' is neither an index of the sum nor a whole number"),
        ("sum(A[i] for i in n)", "a matrix has two places"),
        ("sum(sum(A[i, j] for i in n) for i in n)", "a sum runs over indices"),
        ("sum(t for i in n for j in n for k in n)", "at most two indices"),
        ("sum(t for t in n)", "t is declared already"),
        ("sum((A[i, 0] for i in n), 5)", "sum is given 2 arguments"),
        ("sum(A for i in n)", "is a matrix, and not a number"),
        ("sum(A[i, 0]/0 for i in n)", "division by zero"),
        ("sum(trace(A[i, 0]) for i in n)", "is not made of entries"),
    ],
)
def test_what_is_no_sum_over_indices_is_refused(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        parse(f"m>=1 A:n*m t:scalar |- {text} == 0")
