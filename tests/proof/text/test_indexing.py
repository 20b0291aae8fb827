"""Slices, and matrices that are written out."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import StatementError
from symattn.proof.text.parse import parse


@pytest.mark.parametrize(
    "statement",
    [
        "A:n*(k+r) B:(k+r)*m |- A[:, :k]@B[:k] + A[:, k:]@B[k:, :] == A@B",
        "X:n*d Y:m*d |- vstack(X, Y)[:n] == X and vstack(X, Y)[n:] == Y",
        "A:n*(a+b+c) |- hstack(A[:, :a], A[:, a:a+b], A[:, a+b:]) == A",
        "A:n*5 |- hstack(A[:, :2], A[:, 2:]) == A",
        "A:n*m |- A[:] == A and A[:, :] == A",
        "A:n*(1+m) |- A[:, 0:1] == A@vstack([[1]], zeros(m, 1))",
        "|- [[1, 2], [3, 4]]@[[0, 1], [1, 0]] == [[2, 1], [4, 3]]",
        "a:scalar b:scalar |- det([[a, b], [-b, a]]) == a^2 + b^2",
        "A:2*2 |- A == [[A[0, 0], A[0, 1]], [A[1, 0], A[1, 1]]]",
        "A:n*n B:m*m |- [[A, 0], [0, B]]@[[A, 0], [0, B]] == [[A@A, 0], [0, B@B]]",
        "x:1*n t:scalar |- [[x, t]]@[[x, t]]' == normsquared(x) + t^2",
    ],
)
def test_it_holds(statement: str) -> None:
    assert sa.decide(statement).status == "proved"


def test_the_order_of_entries_matters() -> None:
    assert sa.decide("A:2*2 |- A == [[A[0, 0], A[1, 0]], [A[0, 1], A[1, 1]]]").status == "refuted"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A[:, :q]", "'q' is no size"),
        ("A[:k]", r"(?s)may not fit.*Declare n as a sum, k \+ r for n"),
        ("A[:, 2:]", "may not fit"),
        ("A[::2]", "every place"),
        ("A[0]", r"A\[0:1, :\] for a row"),
        ("A[:, 0]", r"A\[:, 0:1\] for a column"),
        ("A[-1, 0]", "no part of a matrix"),
        ("x[0]", r"two places: x\[0, 1\]"),
        ("[1, 2]", r"A row is \[\[a, b\]\]"),
        ("[[1, 2], [3]]", "differ in length"),
        ("[]", "no matrix"),
        ("[[A, 1], [A, A]]", "a number stands where a block should"),
        ("[[A, 0]]", "a number stands where a block should"),
    ],
)
def test_what_selects_nothing_is_refused(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        parse(f"k>=1 A:n*m x:1*k |- {text} == 0")
