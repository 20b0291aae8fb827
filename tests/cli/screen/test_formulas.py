"""Claims on several lines."""

from __future__ import annotations

import pytest

from symattn.cli.screen.formulas import wrapped
from symattn.language import text
from symattn.theory import catalogue


def test_what_fits_stays_whole() -> None:
    assert wrapped("A B = B A", 9) == ["A B = B A"]


@pytest.mark.parametrize("width", [40, 51, 91])
def test_no_claim_of_the_catalogue_is_wider_than_asked_or_loses_anything(width: int) -> None:
    for name, statement in catalogue().items():
        said = text(statement.says)
        lines = wrapped(said, width)
        assert max(map(len, lines)) <= width, name
        assert " ".join(" ".join(lines).split()) == said, name


def test_what_binds_least_is_cut_first() -> None:
    assert wrapped("(A = B) ⇔ C + D = E ∧ F = G", 20) == ["(A = B)", "  ⇔ C + D = E", "    ∧ F = G"]
    assert wrapped("A = softmax(B + C D) E + F", 24) == ["A", "  = softmax(B + C D) E", "    + F"]


def test_parentheses_are_cut_last() -> None:
    assert wrapped("f(A + B) C + D g(E + F)", 16) == ["f(A + B) C", "  + D g(E + F)"]
    assert wrapped("f(A + B + C + D)", 10)[0] == "f(A + B"


def test_what_cannot_be_cut_stays_whole() -> None:
    assert wrapped("symmetric_score", 4) == ["symmetric_score"]
    assert wrapped("", 4) == [""]
