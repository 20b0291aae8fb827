"""The greatest and the least, where they are bounded."""

from __future__ import annotations

import pytest

import symattn as sa
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


def test_what_says_more_than_a_bound_has_a_mask() -> None:
    assert parse("X:n*d t:scalar |- max(X) <= t").given == ()
    assert len(parse("X:n*d t:scalar |- 2*max(X) <= t").given) == 2
