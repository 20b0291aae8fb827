"""`dim=`, `axis=` and `keepdim=` of weights, sums and means."""

from __future__ import annotations

import pytest

from symattn import decide, parse
from symattn.errors import ShapeError, StatementError

X = "X:n*d |- "


@pytest.mark.parametrize(
    "claim",
    [
        "sum(X, axis=1) == rowsum(X)",
        "sum(X, dim=-1, keepdim=True) == rowsum(X)",
        "sum(X, axis=0) == ones(1, n)@X",
        "sum(X, axis=-2, keepdims=True) == ones(1, n)@X",
        "mean(X, axis=1) == rowsum(X)/d",
        "mean(X, dim=0) == ones(1, n)@X/n",
        "sum(X - mean(X, axis=1), axis=1) == 0",
        "sum(X - mean(X, axis=0), axis=0) == 0",
        "sum(softmax(X, dim=-1), dim=-1) == 1",
        "sum(softmax(X, dim=0), dim=0) == 1",
    ],
)
def test_it_is_of_rows_or_of_columns(claim: str) -> None:
    assert decide(X + claim).status == "proved"


@pytest.mark.parametrize(
    "claim",
    ["sum(X - mean(X, axis=0), axis=1) == 0", "sum(softmax(X, dim=0), dim=1) == 1", "mean(X, axis=1) == rowsum(X)/n"],
)
def test_the_other_axis_is_another_one(claim: str) -> None:
    assert decide(X + claim).status == "refuted"


def test_rows_and_columns_have_other_shapes() -> None:
    with pytest.raises(ShapeError, match="1×d"):
        decide(X + "sum(X, dim=0) == rowsum(X)")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (X + "sum(X, axis=2) == 0", "Rows are 0 or -2"),
        (X + "sum(X, keepdim=True) == 0", "along one axis"),
        (X + "sum(X, dim=0, axis=0) == 0", "along one axis"),
        (X + "sum(X, axis=1, keepdims=False) == 0", "leave keepdim out"),
        (X + "sum(X, axis=1, keepdims=3) == 0", "neither True nor False"),
        ("x:1*n |- sum(x, axis=0) == 0", r"of all entries: sum\(x\)"),
        ("x:n*1 |- softmax(x, dim=1) == 0", r"softmax\(x\.T\)\.T"),
        ("x:n*1 |- softmax(x) == 0", r"softmax\(T\(x\)\)"),
    ],
)
def test_what_means_nothing_is_refused(text: str, told: str) -> None:
    with pytest.raises(StatementError, match=told):
        parse(text)
