"""E, Var and Cov in texts, of letters that are declared random."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError, StatementError

SETTLED = [
    ("q:1*d:random k:1*d:random |- Var(q@k.T) == d", "proved"),
    ("q:1*d:random k:1*d:random |- Var(q@k.T) == d**2", "refuted"),
    ("q:1*d:gaussian k:1*d:gaussian |- Var(q@k.T/sqrt(d)) == 1", "proved"),
    ("q:1*d:gaussian |- Var(q@q.T) == d", "refuted"),
    ("q:1*d:gaussian |- Var(q@q.T) == 2*d", "proved"),
    ("q:1*d:random k:1*d:random m:1*d |- Var((q + m)@k.T) == d", "refuted"),
    ("q:1*d:random k:1*d:random m:1*d |- Var((q + m)@k.T) == d + m@m.T", "proved"),
    ("x:1*n:gaussian |- E((x - E(x)).T@(x - E(x))) == identity(n)", "proved"),
    ("x:1*n:gaussian y:1*n:gaussian m:1*n |- E(E(x + y, x) + m, y) == m", "proved"),
    ("x:1*n:random A:m*n |- Cov(x@A.T) == A@A.T", "proved"),
    ("x:1*n:random A:n*n |- Cov(x@A.T) == A.T@A", "refuted"),
    ("x:1*n:random a:1*n b:1*n |- Cov(x@a.T, x@b.T) == a@b.T", "proved"),
    ("t:gaussian |- E(t**4) == 3", "proved"),
    ("t:gaussian s:scalar |- E(exp(s*t)) == exp(s**2/2)", "proved"),
    ("t:gaussian s:scalar |- E(exp(s*t)) == exp(s**2)", "refuted"),
    ("w:1*d:gaussian x:1*d y:1*d |- E(exp(w@x.T) + exp(w@y.T)) == exp(x@x.T/2) + exp(y@y.T/2)", "proved"),
    ("w:1*d:gaussian x:1*d |- Var(exp(w@x.T)) == exp(2*x@x.T) - exp(x@x.T)", "proved"),
    ("w:1*d:gaussian x:1*d |- E(exp(w@x.T)*exp(w@x.T)) == exp(x@x.T)", "refuted"),
    ("X:n*d:random B:d*d |- E(X@B@X.T) == trace(B)*identity(n)", "proved"),
    ("X:n*d:random B:d*d |- E(X@B@X.T) == trace(B)*ones(n, n)", "refuted"),
    ("x:1*n:random A:n*n |- Gradient(E(x@A@x.T), A) == identity(n)", "proved"),
]


@pytest.mark.parametrize(("text", "status"), SETTLED)
def test_means_are_settled(text: str, status: str) -> None:
    assert sa.decide(text, timeout=30).status == status


def test_what_is_taken_for_granted_is_said() -> None:
    goal = sa.parse("x:1*n:gaussian |- E(x@x.T) == n")
    assert goal.said == ["the entries of x are independent, with mean 0 and variance 1, and normal"]
    assert str(goal.shown) == "E(tr(x xᵀ)) = n"


@pytest.mark.parametrize(
    "text",
    [
        "x:1*n:gaussian |- x@x.T == n",
        "x:1*n:gaussian |- E(relu(x)) == 0",
        "x:1*n:gaussian |- E(inv(identity(n) + x.T@x)) == identity(n)",
        "x:1*n:gaussian y:1*n:gaussian |- E(x@y.T, x) == 0",
        "x:1*n:gaussian |- ForAll(x, x == E(x))",
        "x:1*n:random |- E(normsquared(x)**2) == n*(n + 2)",
        "x:1*n:gaussian |- E(softmax(x)) == 1/n",
    ],
)
def test_where_the_mean_is_not_known_it_is_refused(text: str) -> None:
    with pytest.raises(LanguageError, match="outside of its mean|not known here"):
        sa.parse(text)


def test_a_hypothesis_says_nothing_of_a_random_letter() -> None:
    with pytest.raises(LanguageError, match="outside of its mean"):
        sa.parse("x:1*n:random |- E(x@x.T) == 0", given="x == 0")


@pytest.mark.parametrize("text", ["E()", "E(A, A)", "Var(x)", "Cov(A)", "Var(x@x.T, dim=0)"])
def test_other_arguments_are_refused(text: str) -> None:
    with pytest.raises(StatementError):
        sa.parse(f"A:n*n x:1*n:gaussian |- {text} == 0")


def test_a_letter_may_have_the_name() -> None:
    assert sa.decide("E:n*n |- E == E'").status == "refuted"
