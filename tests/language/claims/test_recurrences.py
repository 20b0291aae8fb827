"""Recurrences: which claims are some, and what numbers they give."""

from __future__ import annotations

import pytest
from sympy import Integer

from symattn.errors import LanguageError
from symattn.language import AtMost, Equal, ForAll, family, index, recurrence, recurrence_in, sizes
from symattn.numeric import sample, witness

L, n, d = sizes("L n d")
l, m = index("l", L), index("m", L)
X, F = family("X", L + 1, n, d), family("F", L, n, d)
GROWS = ForAll(l, Equal(X[l + 1], X[l] + F[l]))


def test_states_start_anywhere_unless_it_is_said_where() -> None:
    assert recurrence(GROWS).start == X[0]
    assert recurrence(GROWS, F[0]).start == F[0]


@pytest.mark.parametrize(
    "claim",
    [
        ForAll(l, Equal(X[l], X[l + 1])),
        ForAll(l, AtMost(X[l + 1], X[l])),
        ForAll(l, Equal(2 * X[l + 1], X[l])),
        Equal(X[1], X[0]),
    ],
)
def test_other_claims_are_no_recurrences(claim: object) -> None:
    assert recurrence_in(claim) is None
    with pytest.raises(LanguageError, match="one state makes the next"):
        recurrence(claim)  # type: ignore[arg-type]


@pytest.mark.parametrize(("times", "holds"), [(4, True), (3, False)])
def test_numbers_follow_the_steps(times: int, holds: bool) -> None:
    doubled = recurrence(ForAll(l, Equal(X[l + 1], 2 * X[l])).xreplace({L: Integer(2)}))
    states = doubled.family
    claim = Equal(states[2], times * states[0])
    found = witness(claim, sample([claim, doubled]), substitution={states: doubled})
    assert found.holds is holds


def test_its_head_is_bound() -> None:
    assert l not in recurrence(GROWS).free_symbols
