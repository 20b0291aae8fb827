"""States by induction over how many there are: what follows step by step, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.errors import ShapeError
from symattn.proof.attempts.case import Case
from symattn.proof.write.recurrences import by_steps

L, n, d = sa.sizes("L n d")
l = sa.index("l", L)
X, Y = sa.family("X", L + 1, n, d), sa.family("Y", L + 1, n, d)
A = sa.matrix("A", n, n)
STEPS = sa.ForAll(l, sa.Equal(X[l + 1], A @ X[l]))
OTHERS = sa.ForAll(l, sa.Equal(Y[l + 1], A @ Y[l]))


def settled(claim: Any, *given: Any) -> str | None:
    verdict = by_steps(Case(claim, given))
    return None if verdict is None else verdict.status


def test_the_same_steps_from_the_same_start_end_alike() -> None:
    assert settled(sa.Equal(X[L], Y[L]), STEPS, OTHERS, sa.Equal(X[0], Y[0])) == "proved"


def test_from_another_start_they_need_not() -> None:
    assert settled(sa.Equal(X[L], Y[L]), STEPS, OTHERS) is None


def test_what_each_step_keeps_is_kept() -> None:
    keeps = sa.ForAll(l, sa.Equal(X[l + 1], X[l] + X[0] - X[0]))
    assert settled(sa.Equal(X[L], X[0]), keeps) == "proved"


def test_a_step_that_changes_it_does_not() -> None:
    doubles = sa.ForAll(l, sa.Equal(X[l + 1], 2 * X[l]))
    assert settled(sa.Equal(X[L], X[0]), doubles) is None


def test_without_steps_it_has_nothing_to_say() -> None:
    assert settled(sa.Equal(X[L], X[L])) is None


def test_the_theorem_is_under_what_is_given() -> None:
    given = (STEPS, OTHERS, sa.Equal(X[0], Y[0]))
    verdict = by_steps(Case(sa.Equal(X[L], Y[L]), given))
    assert verdict is not None
    assert verdict.theorem is not None
    assert verdict.theorem.given == given
    assert sa.replay(verdict.theorem.certificate()).conclusion == verdict.theorem.kernel.conclusion


AGAIN = sa.ForAll(l, sa.Equal(X[l + 1], X[l]))
MISSES: dict[str, tuple[Any, ...]] = {
    "states are all alike": (sa.ForAll(l, sa.Equal(X[l + 1], X[l])),),
    "steps without a start": (sa.Equal(X[L], Y[L]), STEPS, OTHERS),
    "other steps": (sa.Equal(X[L], Y[L]), STEPS, sa.ForAll(l, sa.Equal(Y[l + 1], A.T @ Y[l])), sa.Equal(X[0], Y[0])),
    "back from the end": (sa.Equal(X[0], Y[0]), STEPS, OTHERS, sa.Equal(X[L], Y[L])),
    "another start": (sa.Equal(X[L], Y[0]), AGAIN, sa.ForAll(l, sa.Equal(Y[l + 1], Y[l]))),
}


@pytest.mark.parametrize("what", MISSES)
def test_what_is_nearly_so_is_refuted(what: str) -> None:
    claim, *given = MISSES[what]
    assert sa.decide(claim, given).status == "refuted"


def test_there_is_no_state_after_the_last() -> None:
    for beyond in (X[l + 2], X[L + 1]):
        with pytest.raises(ShapeError, match="another size"):
            sa.decide(sa.Equal(beyond, X[0]))
