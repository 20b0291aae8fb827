"""Powers by a size: read as members of a family, told as they were written, and refused where their matrix varies."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError, StatementError

TRUE = [
    ("A:n*n m>=0 p>=0 |- A^(m + p) == A^m@A^p", ()),
    ("A:n*n m>=1 p>=1 |- A**(m + p) == A**m@A**p", ()),
    ("A:n*n k>=0 |- (A^k).T == (A.T)^k", ()),
    ("A:n*n P:n*n k>=1 |- A^k@P == P@A^k", ("A@P == P@A",)),
    ("P:n*n k>=0 |- P^(k + 1) == P", ("P@P == P",)),
    ("P:n*n k>=1 |- P^k == P", ("P@P == P",)),
    ("Q:n*n D:n*n k>=1 |- (Q@D@inv(Q))^k == Q@D^k@inv(Q)", ()),
    ("P:n*n k>=1 |- rowsum(P^k) == 1 and P^k >= 0", ("rowsum(P) == 1", "P >= 0")),
    ("A:n*n k>=1 |- A^(2*k) == (A@A)^k", ()),
    ("A:n*n k>=2 |- A^k == 0", ("A@A == 0",)),
    ("A:n*n:orthogonal k>=1 |- A^k@(A^k).T == identity(n)", ()),
    ("S:n*n k>=1 |- rowsum(softmax(S)^k) == 1", ()),
    ("x:scalar m>=1 p>=1 |- x^(m + p) == x^m*x^p", ()),
]
FALSE = [
    ("A:n*n B:n*n k>=1 |- (A@B)^k == A^k@B^k", ()),
    ("A:n*n B:n*n k>=1 |- (A + B)^k == A^k + B^k", ()),
    ("A:n*n k>=1 |- A^k == A", ()),
    ("P:n*n k>=0 |- P^k == P", ("P@P == P",)),
    ("A:n*n k>=1 |- A^k == 0", ("A@A == 0",)),
    ("A:n*n m>=1 p>=1 |- A^(m + p) == A^m + A^p", ()),
    ("P:n*n k>=1 |- P^k@ones(n, 1) == ones(n, 1)", ("P.T@ones(n, 1) == ones(n, 1)",)),
    ("A:n*n k>=1 |- trace(A^k) == trace(A)^k", ()),
]
REFUSED = [
    "A:n*n k>=1 |- Gradient(trace(A^k), A) == 0",
    "A:n*n k>=1 |- jacobian(A^k, A) == 0",
    "A:n*n k>=1 |- ForAll(A, A^k == A)",
    "A:n*n:random k>=1 |- E(trace(A^k)) == 0",
    "A[H]:n*n h<H k>=1 |- A[h]^k == A[h]",
    "A:m*n k>=1 |- A^k == A",
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_is_true_is_proved_by_induction(text: str, given: tuple[str, ...]) -> None:
    theorem = sa.prove(text, given=list(given), timeout=60)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_is_false_is_refuted(text: str, given: tuple[str, ...]) -> None:
    assert sa.decide(text, given=list(given), timeout=60).status == "refuted"


@pytest.mark.parametrize("text", REFUSED)
def test_where_the_matrix_varies_it_is_refused(text: str) -> None:
    with pytest.raises((StatementError, LanguageError)):
        sa.parse(text)


def test_it_is_told_as_it_was_written() -> None:
    goal = sa.parse("A:n*n B:n*n k>=1 |- (A@B)^k == A^k")
    assert sa.language.text(goal.shown) == "(A B)^k = A^k"
    assert goal.said == [
        "(A B)^k is the product of k factors A B, and 1 for none",
        "A^k is the product of k factors A, and 1 for none",
    ]


def test_one_power_is_one_family() -> None:
    goal = sa.parse("A:n*n k>=1 |- A^k@A^k == A^k", given="A^k == A")
    assert len(goal.scope.powers) == 1


def test_the_family_takes_no_name_that_there_is() -> None:
    goal = sa.parse("A:n*n A_powers:n*n k>=1 |- A^k == A_powers")
    assert [family.name for family in goal.scope.powers.values()] == ["A_powers_2"]


def test_the_counterexample_shows_the_letters_alone() -> None:
    found = sa.decide("A:n*n k>=1 |- A^k == A").counterexample
    assert found is not None
    assert [str(letter) for letter in found.values] == ["A"]
