"""The greatest and the least, where they are bounded."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import StatementError
from symattn.proof.text.parse import parse


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("max(X) <= t", "X <= t"),
        ("t >= max(X)", "X <= t"),
        ("t < min(X)", "X > t"),
        ("max(t, s) <= 1", "t <= 1 and s <= 1"),
        ("Rank(A@B) <= min(Rank(A), Rank(B))", "Rank(A@B) <= Rank(A) and Rank(A@B) <= Rank(B)"),
        ("max(x) <= x@x'", "x <= trace(x@x')"),
    ],
)
def test_a_bound_on_them_is_one_on_each(text: str, meant: str) -> None:
    letters = "A:n*n B:n*n X:n*d x:1*d t:scalar s:scalar"
    assert parse(f"{letters} |- {text}").claim == parse(f"{letters} |- {meant}").claim


def test_the_rank_of_a_product_is_at_most_both() -> None:
    assert sa.decide("A:m*n B:n*p |- rank(A@B) <= min(rank(A), rank(B))").status == "proved"


@pytest.mark.parametrize(
    "text",
    [
        "t <= max(X)",
        "min(X) <= t",
        "max(X) == t",
        "2*max(X) <= t",
        "max(X) <= X",
        "max(Z) <= t",
        "max() <= t",
        "max(X, 1) <= t",
    ],
)
def test_what_says_more_than_a_bound_is_refused(text: str) -> None:
    with pytest.raises(StatementError, match="Only bounds are read"):
        parse(f"z>=0 X:n*d Z:z*d t:scalar |- {text}")
