"""Letters that are given to be equal to something are replaced wherever they are, and by nothing else."""

from __future__ import annotations

import pytest

from symattn import (
    Counterexample,
    Equal,
    Implies,
    Partial,
    Rank,
    decide,
    diag,
    exp,
    matrix,
    row,
    scalar,
    sizes,
    softmax,
)
from symattn.errors import KernelError
from symattn.proof import replay
from symattn.proof.attempts.case import Case
from symattn.proof.attempts.given_values import with_given_values
from symattn.proof.search.search import NoProof

n, k = sizes("n k")
b, c, g = scalar("b"), scalar("c"), scalar("g")
x, y = row("x", n), row("y", n)

PROVED = [
    ("b:number g:number |- exp(-b*g) == exp(-g)", "b == 1"),
    ("b:number x:1*n |- softmax(b*x) == ones(1, n)/n", "b == 0"),
    ("b:number c:number x:1*n |- softmax(b*x) == softmax(c*x)", "b == c"),
    ("b:number c:number x:1*n |- softmax(b*x) == softmax(x)", ["b == c", "c == 1"]),
    ("b:number c:number |- log(b*c) == log(c)", ["b == 1", "c > 0"]),
    ("b:number x:1*n y:1*n |- softmax(x + b*y) == softmax(x)", "0 == b"),
    ("E:n*n Q:n*k |- PSD(E)", "E == Q @ Q.T"),
    ("E:n*n Q:n*k |- PSD(E)", "E.T == Q @ Q.T"),
]


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_a_letter_is_replaced_by_what_it_is_given_to_be(claim: str, given: str | list[str]) -> None:
    verdict = decide(claim, given)
    assert verdict.status == "proved"
    replay(verdict.theorem.certificate())  # type: ignore[union-attr]


FALSE = [
    ("b:number x:1*n |- softmax(b*x) == softmax(2*x)", "b == 1"),
    ("b:number x:1*n |- softmax(b*x) == softmax(x)", "b**2 == b"),
    ("b:number c:number x:1*n |- softmax(b*x) == softmax(x)", ["b == c", "c**2 == 1"]),
    ("E:n*n Q:n*k |- PSD(E)", "E == -Q @ Q.T"),
]


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_what_is_false_of_the_value_stays_false(claim: str, given: str | list[str]) -> None:
    verdict = decide(claim, given)
    assert verdict.status == "refuted"
    assert isinstance(verdict.counterexample, Counterexample)


def test_what_an_implication_assumes_is_given_too() -> None:
    assert decide(Implies(Equal(b, 1), Equal(softmax(b * x), softmax(x)))).status == "proved"


def test_a_value_that_has_the_letter_in_it_is_none() -> None:
    assert decide(Equal(softmax(b * x), softmax(x)), Equal(b, b * c)).status != "proved"


def test_ranks_are_of_the_value_too() -> None:
    E, Q, K = matrix("E", n, n), matrix("Q", n, k), matrix("K", n, k)
    assert with_given_values(Case(Rank(E) <= k, (Equal(E, Q @ K.T),))) is not None
    with pytest.raises(NoProof):
        with_given_values(Case(Rank(E) <= k, (Equal(E, Q @ K.T + diag(row("e", n))),)))


def test_no_value_is_put_under_a_derivative() -> None:
    """Where b = 1 the derivative of exp(b g) by b is not that of exp(g), which is 0."""
    with pytest.raises(KernelError, match="a derivative cannot be taken at something else"):
        with_given_values(Case(Equal(Partial(exp(b * g), b), 0 * b), (Equal(b, 1),)))
    with pytest.raises(KernelError, match="the hole stands under a derivative"):
        with_given_values(Case(Equal(Partial(exp(b * g), g), exp(g)), (Equal(b, 1),)))
    assert decide(Equal(Partial(exp(b * g), b), 0 * b), Equal(b, 1)).status == "refuted"


def test_a_letter_of_which_something_is_declared_stays() -> None:
    S, A = matrix("S", n, n, symmetric=True), matrix("A", n, n)
    assert with_given_values(Case(Equal(softmax(S @ A), softmax(A @ A)), (Equal(S, A),))) is not None  # A is replaced
    assert with_given_values(Case(Equal(softmax(S @ A), softmax(A @ A)), (Equal(S, A @ A.T),))) is None
