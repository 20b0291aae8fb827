"""Existence without a witness: linear equations are solved, a projection is formed, and nothing else is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Iff,
    Not,
    Positive,
    Rank,
    form,
    identity,
    matrix,
    scalar,
    sizes,
    trace,
)
from symattn.numeric import EXACT, FLOAT64, Modular, Outcome, sample, witness

d, k = sizes("d k", min=1)
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
L, Z, t = matrix("L", k, d), matrix("Z", k, k), scalar("t")
left_inverse = Exists((L,), Equal(L @ Q, identity(k)))


def outcome(claim: Any, arithmetic: Any = EXACT, **where: Any) -> Outcome:
    return witness(claim, sample(claim, **where), arithmetic)


@pytest.mark.parametrize("arithmetic", [EXACT, Modular(101)], ids=lambda a: a.name)
def test_a_left_inverse_exists_exactly_at_full_column_rank(arithmetic: Any) -> None:
    claim = Iff(Rank(Q) >= k, left_inverse)
    for rows, holds in (([[1, 0], [0, 1], [2, 3]], True), ([[1, 2], [2, 4], [3, 6]], False)):
        assert outcome(claim, arithmetic, values={Q: rows}).certain
        assert outcome(left_inverse, arithmetic, values={Q: rows}).holds is holds


def test_a_contradiction_is_certain_and_so_is_its_negation() -> None:
    never = Exists((t,), And(Equal(t, 1), Equal(t, 2)))
    found = outcome(never)
    assert (found.holds, found.certain) == (False, True)
    assert outcome(Not(never)).certain


def test_several_unknowns_are_solved_for_together() -> None:
    assert outcome(Exists((Z, t), Equal(Q @ Z + t * K, K))).holds is True


@pytest.mark.parametrize(
    "claim",
    [
        Exists((Q, K), Equal(form(Q, K), W)),
        Exists((Z,), And(Equal(Q @ Z, K), Positive(Z))),
        Exists((matrix("S", k, k, symmetric=True),), Equal(Q @ matrix("S", k, k, symmetric=True), K)),
        Exists((scalar("p", positive=True),), Equal(scalar("p", positive=True) * Q, K)),
    ],
    ids=["bilinear", "an inequality", "a fact", "a sign"],
)
def test_what_is_not_linear_and_free_stays_open(claim: Any) -> None:
    assert outcome(claim).holds is None


def test_floats_decide_no_existence() -> None:
    assert outcome(left_inverse, FLOAT64).holds is None


P, M = matrix("P", d, d), matrix("M", k, d)


def onto(*more: Any) -> Any:
    return Exists((P, M), And(Equal(P, P.T), Equal(P @ P, P), Equal(P @ Q, Q), Equal(P, Q @ M), *more))


@pytest.mark.parametrize("arithmetic", [EXACT, FLOAT64], ids=lambda a: a.name)
def test_the_projection_onto_the_columns_is_formed_and_checked(arithmetic: Any) -> None:
    rows = [[1, 0], [0, 1], [2, 3], [1, 1]]
    for claim in (onto(), onto(AtMost(trace(P), k))):
        found = outcome(claim, arithmetic, values={Q: rows})
        assert found.holds is True
        assert found.detail.endswith("at the projection that the equations ask for")


def test_a_projection_that_fails_does_not_show_that_none_exists() -> None:
    for arithmetic in (EXACT, FLOAT64):
        for claim, rows in (
            (onto(AtMost(trace(P), k - 1)), [[1, 0], [0, 1], [2, 3]]),  # it keeps two dimensions
            (onto(), [[1, 2], [2, 4], [3, 6]]),  # the columns depend on each other
        ):
            assert outcome(claim, arithmetic, values={Q: rows}).holds is None


def test_equations_that_do_not_keep_the_columns_ask_for_no_projection() -> None:
    claim = Exists((P, M), And(Equal(P @ P, P), Equal(P, Q @ M)))
    assert outcome(claim, FLOAT64).holds is None
