"""Statements of strangers: the right answer, or honestly none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import symattn as sa
from symattn.errors import LanguageError, StatementError
from tests.strangers.statements import FALSE, STATEMENTS, TRUE, Stranger

LIMIT = 60
"""Seconds for one statement on a busy machine."""


def _answer(stranger: Stranger) -> str:
    return sa.decide(stranger.text, given=list(stranger.given), timeout=LIMIT).status


@pytest.mark.parametrize("number", range(len(STATEMENTS)), ids=lambda at: f"{at} {STATEMENTS[at].text[-40:]}")
def test_it_is_answered_rightly(number: int) -> None:
    stranger = STATEMENTS[number]
    if not stranger.read:
        with pytest.raises((LanguageError, StatementError)):
            _answer(stranger)
        return
    assert _answer(stranger) == (stranger.status if stranger.settled else "undecided")


def test_there_are_enough_of_either_kind() -> None:
    kinds = Counter(stranger.status for stranger in STATEMENTS)
    assert kinds[TRUE] >= 220
    assert kinds[FALSE] >= 70


def test_most_of_them_are_settled() -> None:
    assert sum(stranger.settled for stranger in STATEMENTS) >= 0.9 * len(STATEMENTS)


def test_each_is_there_once() -> None:
    assert len({(s.text, s.given) for s in STATEMENTS}) == len(STATEMENTS)


def test_readme_says_how_many_there_are() -> None:
    said = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    settled = sum(stranger.settled for stranger in STATEMENTS)
    assert f"`tests/strangers` has {len(STATEMENTS)} statements" in said
    assert f"handbooks, with their sources: {settled} are settled" in said
