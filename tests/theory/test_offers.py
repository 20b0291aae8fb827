"""Theorems that are put to expressions in a claim, and say nothing of what is only nearly one."""

from __future__ import annotations

import pytest

import symattn as sa

TRUE = [
    "A:m*n |- rank(A.T@A) == rank(A)",
    "A:m*n |- rank(A) <= rank(A@A.T)",
    "A:m*n |- rank(A.T@A) == rank(A@A.T)",
    "A:m*n B:n*k |- rank(B.T@A.T@A@B) == rank(A@B)",
    "A:m*n B:m*n |- rank((A + B).T@(A + B)) == rank(A + B)",
    "A:n*n:symmetric |- rank(A@A) == rank(A)",
]
FALSE = [
    "A:n*n |- rank(A@A) == rank(A)",
    "A:m*n B:m*n |- rank(A.T@B) == rank(A)",
    "A:m*n B:m*n |- rank((A + B).T@(A + B)) == rank(A.T@A + B.T@B)",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_gram_matrix_has_the_rank_of_its_factor(text: str) -> None:
    theorem = sa.prove(text, timeout=30)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize("text", FALSE)
def test_other_products_need_not(text: str) -> None:
    assert sa.decide(text, timeout=30).status == "refuted"


def test_the_theorem_is_named() -> None:
    assert sa.decide("A:m*n |- rank(A) <= rank(A@A.T)", timeout=30).by == "rank_of_gram"


def test_under_a_bound_for_the_factor() -> None:
    assert sa.decide("X:n*d |- rank(X.T@X) == d", given="rank(X) == d", timeout=30).status == "proved"


def test_softmax_is_lipschitz_between_any_two_rows() -> None:
    verdict = sa.decide("x:1*n y:1*n |- norm(softmax(x) - softmax(y)) <= norm(x - y)", timeout=60)
    assert (verdict.status, verdict.by) == ("proved", "softmax_map_half")


def test_and_not_with_a_smaller_constant() -> None:
    assert sa.decide("x:1*n y:1*n |- 4*norm(softmax(x) - softmax(y)) <= norm(x - y)", timeout=60).status == "refuted"


@pytest.mark.parametrize("factor", ["2", "t", "-1"])
def test_a_number_that_is_not_zero_changes_no_rank(factor: str) -> None:
    assert sa.decide(f"A:m*n t:positive |- rank({factor}*A'@A) == rank(A)", timeout=30).status == "proved"
    assert sa.decide(f"A:m*n t:scalar |- rank(t*{factor}*A'@A) == rank(A)", timeout=30).status == "refuted"
