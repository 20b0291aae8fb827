"""Slopes of determinants of products, transposes and inverses, and what is near them and false."""

from __future__ import annotations

import pytest

import symattn as sa

TRUE = [
    "X:n*n:invertible A:n*n |- Gradient(det(X.T@A@X), X) == 2*det(X.T@A@X)*inv(X).T",
    "A:n*n:invertible B:n*n |- Gradient(det(A@B), A) == det(A@B)*inv(A).T",
    "A:n*n:invertible B:n*n |- Gradient(det(B@A.T), A) == det(A@B)*inv(A).T",
    "A:n*n:invertible |- Gradient(det(A@A), A) == 2*det(A)**2*inv(A).T",
]
FALSE = [
    "X:n*n:invertible A:n*n |- Gradient(det(X.T@A@X), X) == det(X.T@A@X)*inv(X).T",
    "A:n*n:invertible B:n*n |- Gradient(det(A@B), A) == det(A@B)*inv(A)",
    "A:n*n:invertible B:n*n |- Gradient(det(A@B), A) == det(A)*inv(A).T",
]


@pytest.mark.parametrize("text", TRUE)
def test_the_slope_is_that_of_the_factors(text: str) -> None:
    theorem = sa.prove(text, timeout=30)
    assert theorem.over == "the real numbers"
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize("text", FALSE)
def test_others_are_refuted(text: str) -> None:
    assert sa.decide(text, timeout=30).status == "refuted"


def test_an_equation_that_holds_here_alone_is_not_differentiated() -> None:
    """At A = B it is det(A)**2, whose slope is another one."""
    text = "A:n*n:invertible B:n*n |- Gradient(det(A@B), A) == 2*det(A)**2*inv(A).T"
    assert sa.decide(text, given="A == B", timeout=30).status == "refuted"


@pytest.mark.parametrize(
    ("text", "given", "status"),
    [
        ("grad(log(det(A@B)), A) == inv(A).T", ["det(A@B) > 0"], "proved"),
        ("grad(logdet(A@B), A) == inv(A).T", ["det(A) > 0", "det(B) > 0"], "proved"),
        ("grad(logdet(A@B), A) == inv(A)", ["det(A@B) > 0"], "refuted"),
        ("grad(det(inv(A)), A) == -det(inv(A))*inv(A).T", ["det(A) > 0"], "proved"),
        ("grad(det(inv(A)), A) == det(inv(A))*inv(A).T", ["det(A) > 0"], "refuted"),
    ],
)
def test_where_a_determinant_is_positive(text: str, given: list[str], status: str) -> None:
    assert sa.decide(f"A:n*n:invertible B:n*n |- {text}", given=given, timeout=30).status == status
