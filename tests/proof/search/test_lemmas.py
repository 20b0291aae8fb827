"""Theorems in other letters and at other sizes; near misses are not recognised, and what is recognised is proved."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.kernel.replay import replay
from symattn.proof.decision import decide
from symattn.proof.elaborate.claims import statement
from symattn.proof.search.lemmas import instance, may_say, stepwise

n, d, p, q = sa.sizes("n d p q")
A, B = sa.matrix("A", n, d), sa.matrix("B", n, d)
C, D = sa.matrix("C", p, p + q), sa.matrix("D", p, p + q)
S, R = sa.matrix("S", n, n, symmetric=True), sa.matrix("R", n, n)
LEMMA = sa.prove(sa.AtMost(2 * sa.inner(A, B), sa.normsquared(A) + sa.normsquared(B)))
FACTS = sa.prove(sa.Equal(S.T @ S, S @ S))
UNDER = sa.prove(sa.Equal(A, B), given=(sa.Equal(A - B, sa.zeros(n, d)),))


def found(lemma: Any, claim: Any, *given: Any) -> Any:
    names: dict[str, Any] = {}
    return instance(lemma.kernel, statement(names, claim), [statement(names, g) for g in given])


def about(one: Any, other: Any) -> Any:
    return sa.AtMost(2 * sa.inner(one, other), sa.normsquared(one) + sa.normsquared(other))


@pytest.mark.parametrize("pair", [(C, D), (B, A), (A, A), (C.T, D.T)])
def test_other_letters_sizes_and_transposes_are_recognised(pair: tuple[Any, Any]) -> None:
    theorem = found(LEMMA, about(*pair))
    assert theorem.hypotheses == ()
    assert replay(theorem) == theorem


def test_hypotheses_are_found_in_any_order_and_in_an_implication() -> None:
    given = sa.Equal(C - D, sa.zeros(p, p + q))
    other = sa.Equal(C, C)
    assert found(UNDER, sa.Equal(C, D), other, given) is not None
    assert found(UNDER, sa.Implies(sa.And(given, other), sa.Equal(C, D))) is not None


@pytest.mark.parametrize(
    ("lemma", "claim", "given"),
    [
        (LEMMA, sa.AtMost(3 * sa.inner(C, D), sa.normsquared(C) + sa.normsquared(D)), ()),
        (LEMMA, sa.AtMost(2 * sa.inner(C, D), sa.normsquared(C) + sa.normsquared(C)), ()),
        (FACTS, sa.Equal(R.T @ R, R @ R), ()),
        (UNDER, sa.Equal(C, D), ()),
        (UNDER, sa.Equal(C, D), (sa.Equal(D - D, sa.zeros(p, p + q)),)),
    ],
)
def test_near_misses_are_not(lemma: Any, claim: Any, given: tuple[Any, ...]) -> None:
    assert found(lemma, claim, *given) is None


def test_a_size_below_the_least_is_not_meant() -> None:
    least = sa.sizes("m", min=3)
    lemma = sa.prove(sa.AtMost(3, least))
    assert found(lemma, sa.AtMost(3, n)) is None
    assert found(lemma, sa.AtMost(3, n + 2)) is None  # 3 is said of n + 2, and that is another formula


def test_a_size_that_cannot_be_halved_is_another_one() -> None:
    """And no error: the counterexample is still looked for."""
    odd, any_ = sa.matrix("O", 2 * n + 1, 1), sa.matrix("Y", p + 1, 1)
    lemma = sa.prove(sa.AtMost(0, sa.normsquared(odd)))
    assert found(lemma, sa.AtMost(0, sa.normsquared(any_))) is None
    assert decide(sa.AtMost(1, sa.normsquared(any_)), using=[lemma]).status == "refuted"


def test_what_is_used_may_be_in_other_letters() -> None:
    lemma = sa.catalogue()["psd_is_gram"]
    G, F = sa.matrix("H", n, n), sa.matrix("L", n, n)
    claim = sa.Iff(sa.PSD(G), sa.Exists(F, sa.Equal(G, F @ F.T)))
    assert decide(claim, using=[lemma]).status == "proved"


def thin(least: int) -> Any:
    m = sa.sizes("m", min=least)
    u, v = sa.column("u", m), sa.row("v", m)
    return statement({}, sa.Equal(sa.determinant(u @ v), 0))


@pytest.mark.parametrize("least", [2, 3, 5])
def test_what_is_said_of_a_sum_with_a_number_holds_of_every_size_from_it_on(least: int) -> None:
    lemma = sa.catalogue()["thin_determinant"].prove().kernel
    goal = thin(least)
    assert may_say(lemma.conclusion, goal)
    theorem = stepwise(lemma, goal)
    assert (theorem.conclusion, theorem.hypotheses) == (goal, ())
    assert replay(theorem) == theorem


def test_and_of_none_below() -> None:
    lemma = sa.catalogue()["thin_determinant"].prove().kernel
    assert stepwise(lemma, thin(1)) is None
    assert sa.decide("n>=1 u:n*1 v:1*n |- det(u@v) == 0").status == "refuted"
    assert sa.decide("n>=2 u:n*1 v:1*n |- det(u@v) == 0").by == "thin_determinant"
