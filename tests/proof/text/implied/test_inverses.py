"""`inv` of what is not declared invertible is read as `where there is one`."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError

SETTLED = [
    ("A:m*n B:n*m |- inv(identity(m) + A@B)@A == A@inv(identity(n) + B@A)", "proved"),
    ("A:m*n B:n*m |- inv(identity(m) + A@B)@A == A@inv(identity(n) - B@A)", "refuted"),
    ("A:m*n B:n*m |- inv(identity(m) + A@B) == identity(m) - A@inv(identity(n) + B@A)@B", "proved"),
    ("A:n*n B:n*n |- (A@B)^-1 == B^-1@A^-1", "proved"),
    ("A:n*n B:n*n |- (A@B)⁻¹ == A⁻¹@B⁻¹", "refuted"),
    ("A:n*n B:n*n |- inv(A + B) == inv(A) + inv(B)", "refuted"),
    ("A:n*n |- inv(A') == inv(A)'", "proved"),
    ("A:n*n C:k*k U:n*k V:k*n |- inv(A + U@C@V) == inv(A) - inv(A)@U@inv(inv(C) + V@inv(A)@U)@V@inv(A)", "proved"),
]


@pytest.mark.parametrize(("text", "status"), SETTLED)
def test_inverses_of_expressions(text: str, status: str) -> None:
    assert sa.decide(text, timeout=30).status == status


def test_what_is_taken_is_said() -> None:
    goal = sa.parse("A:n*n B:n*n |- inv(A)@inv(A + B) == B")
    assert goal.said == ["M = A + B", "A is invertible", "M is invertible"]
    assert "invertible" in goal.scope.letters["A"].facts


def test_hypotheses_are_about_the_same_letters() -> None:
    verdict = sa.decide("K:n*n |- Gradient(log(det(K)), K) == inv(K)'", given="det(K) > 0")
    assert verdict.status == "proved"
    assert len(verdict.theorem.hypotheses) == 1


def test_new_letters_have_new_names() -> None:
    assert sa.parse("M:n*n N:n*n |- inv(M + N) == N").said[0] == "L = M + N"


@pytest.mark.parametrize(
    "text",
    [
        "A:n*n |- ForAll(A, inv(A)@A == identity(n))",
        "A:m*n |- inv(A)@A == identity(n)",
        "Q[H]:d*d h<H |- sum_heads(inv(Q[h])@Q[h], h) == H*identity(d)",
        "A:n*n:symmetric |- inv(A) == inv(A)'",
    ],
)
def test_where_it_is_not_clear_what_is_invertible_it_is_refused(text: str) -> None:
    with pytest.raises(LanguageError, match="no inverse here"):
        sa.parse(text)
