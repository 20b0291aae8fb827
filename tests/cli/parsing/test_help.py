"""Texts of help: columns stay columns, paragraphs stay paragraphs."""

from __future__ import annotations

from symattn.cli.parsing.help import Help

TEXT = """\
A statement is this:

names    one two  three four
         five six
longer   seven

Words that go on for a while and fill
the line to its end, and the next."""


def filled(width: int) -> list[str]:
    return Help("program")._fill_text(TEXT, width, "").splitlines()


def test_what_fits_stays_as_it_is() -> None:
    assert filled(60) == TEXT.splitlines()


def test_what_does_not_fit_goes_on_under_its_second_column() -> None:
    assert filled(26)[2:5] == ["names    one two  three", "         four  five six", "longer   seven"]


def test_a_paragraph_is_filled_as_a_whole() -> None:
    assert filled(26)[6:] == ["Words that go on for a", "while and fill the line to", "its end, and the next."]
