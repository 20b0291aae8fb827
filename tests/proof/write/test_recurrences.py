"""States by induction over how many there are: what follows step by step, and what does not."""

from __future__ import annotations

from typing import Any

import symattn as sa
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
