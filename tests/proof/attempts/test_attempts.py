"""The attempts: the first that says something is heard, and one that takes too long does not keep the others away."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn.errors import KernelError
from symattn.proof.attempts import attempts
from symattn.proof.attempts.attempts import ATTEMPTS, NOTHING_FOUND, OF_STEPS, answered, by_search, discharged, refuted
from symattn.proof.attempts.case import Case
from symattn.proof.attempts.purse import Purse
from symattn.proof.decision import decide
from symattn.proof.second_opinion import steps_of_a_whole

n = sa.sizes("n")
A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
FALSE = sa.Equal(A @ B, B @ A)


def _endless(case: Any) -> None:
    while True:
        sum(range(100))


def _recursive(case: Any) -> None:
    _recursive(case)


def _refusing(case: Any) -> None:
    raise KernelError("a step cannot be taken")


def test_a_counterexample_is_found_where_the_search_had_no_end() -> None:
    assert answered(Case(FALSE), Purse(1.0), (_endless, refuted)).status == "refuted"


@pytest.mark.parametrize("first", [_recursive, _refusing], ids=["recursion", "refusal"])
def test_an_attempt_that_fails_leaves_it_to_the_others(first: Any) -> None:
    assert answered(Case(sa.Equal(A + B, B + A)), Purse(None), (first, by_search)).status == "proved"


def test_the_first_reason_is_told() -> None:
    verdict = answered(Case(FALSE), Purse(None), (_refusing, by_search))
    assert (verdict.status, verdict.reason) == ("undecided", f"a step cannot be taken{NOTHING_FOUND}")


def test_that_the_time_was_up_is_told_before_all_else() -> None:
    verdict = answered(Case(FALSE), Purse(0.2), (by_search, _endless))
    assert (verdict.status, verdict.reason) == (
        "undecided",
        "no answer within 0.2 s; the two sides have different normal forms",
    )


def test_nothing_is_tried_when_the_purse_is_empty() -> None:
    purse = Purse(1.0)
    purse.left = 0.0
    verdict = answered(Case(sa.Equal(A, A)), purse, (by_search,))
    assert verdict.status == "undecided"
    assert verdict.reason.startswith("no answer within 1 s")


SYMMETRIC = sa.Equal(A, A.T)
SQUARE = sa.Equal(A @ A, sa.T(A @ A))


def test_an_implication_is_the_theorem_that_holds_under_its_hypothesis() -> None:
    claim = sa.ForAll((A,), SYMMETRIC >> SQUARE)
    verdict = discharged(Case(claim, using=(sa.prove(SQUARE, given=SYMMETRIC),)))
    assert verdict is not None
    assert verdict.theorem is not None
    assert (verdict.theorem.claim, verdict.theorem.hypotheses) == (claim, ())


def test_but_not_one_that_holds_under_more() -> None:
    both = sa.prove(sa.Equal(A @ B, A.T @ B.T), given=(SYMMETRIC, sa.Equal(B, B.T)))
    assert discharged(Case(SYMMETRIC >> both.claim, using=(both,))) is None


def test_nor_for_all_letters_where_what_is_given_speaks_of_them() -> None:
    assert discharged(Case(sa.ForAll((A,), SQUARE), (SYMMETRIC,), (sa.prove(SQUARE, given=SYMMETRIC),))) is None


def test_a_step_is_tried_in_every_way_and_put_to_numbers_last() -> None:
    assert sorted(OF_STEPS, key=ATTEMPTS.index) == list(ATTEMPTS)
    assert OF_STEPS[-1] is refuted


def test_no_numbers_are_asked_of_a_step_that_needs_what_always_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "find", lambda *_: pytest.fail("numbers were asked"))
    x = sa.scalar("x")
    with steps_of_a_whole():
        assert decide(sa.Equal(x**2 * (1 / x), x)).status == "proved"


def test_a_step_that_is_false_is_refuted() -> None:
    with steps_of_a_whole():
        assert decide(FALSE).status == "refuted"
