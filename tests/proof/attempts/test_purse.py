"""One purse for all attempts: each has its part, what is spent is missing, and what is promised is told."""

from __future__ import annotations

from time import process_time

import pytest

from symattn.errors import Undecided
from symattn.proof.attempts.purse import Purse


def _work(seconds: float) -> None:
    end = process_time() + seconds
    while process_time() < end:
        sum(range(50))


def test_what_is_spent_is_missing() -> None:
    purse = Purse(10.0)
    with purse.spend(0.5):
        _work(0.02)
    assert purse.left is not None
    assert purse.left <= 10.0 - 0.02


def test_an_attempt_has_no_more_than_its_part() -> None:
    purse = Purse(0.4)
    with pytest.raises(Undecided), purse.spend(0.5):
        _work(10)
    assert purse.left is not None
    assert 0 < purse.left <= 0.2


def test_the_promise_is_told_and_not_the_part() -> None:
    with pytest.raises(Undecided, match=r"no answer within 0\.1 s"), Purse(0.1).spend(0.5):
        _work(10)


def test_reading_is_charged_and_not_interrupted() -> None:
    purse = Purse(0.01)
    with purse.charged():
        _work(0.05)
    assert purse.left == 0.0


def test_without_a_limit_nothing_is_counted() -> None:
    purse = Purse(None)
    with purse.spend(0.5):
        _work(0.01)
    assert purse.left is None
