"""Tables: as wide as they are, in words where that is too wide, and by rich on a terminal."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import pytest

from symattn.cli.screen import tables
from symattn.cli.screen.tables import table
from symattn.views.screen.width import fitted, paragraph

HEADING = ("theorem", "kernel", "float64")
ROWS = [("rank_bound", "holds", "-"), ("softmax_shift", "fails", "1e-15 ≤ 1e-14")]


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert table(HEADING, ROWS).splitlines() == [
        "theorem        kernel  float64",
        "─────────────  ──────  ─────────────",
        "rank_bound     holds   -",
        "softmax_shift  fails   1e-15 ≤ 1e-14",
    ]


def test_a_terminal_that_is_too_narrow_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "32")
    lines = ["rank_bound", "  kernel holds", "softmax_shift", "  kernel fails; float64 1e-15 ≤", "  1e-14"]
    assert table(HEADING, ROWS).splitlines() == lines


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.needs("rich")
def test_rich_draws_the_same_cells_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", _Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    drawn = table(HEADING, ROWS)
    bare = re.sub(r"\x1b\[[\d;]*m", "", drawn)
    assert drawn != bare
    assert [line.split() for line in bare.splitlines()][2:] == [" ".join(row).split() for row in ROWS]


def test_without_rich_a_terminal_gets_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", _Terminal())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "\x1b" not in table(HEADING, ROWS) + tables.painted("name", "bold")


def test_lines_in_a_pipe_stay_whole_and_paragraphs_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "word " * 50
    assert fitted(long) == long
    assert max(map(len, paragraph(long).splitlines())) <= 100
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, fitted(long).splitlines())) <= 60


@pytest.mark.parametrize("asked", ["", "0", "wide"])
def test_a_width_that_is_none_is_not_kept(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("COLUMNS", asked)
    assert fitted("word " * 50) == "word " * 50


def test_help_fits_sixty_columns(symattn: Any, narrow: int, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", "verify", "list", "show", "prove", "export", "rocq", "completion"):
        with pytest.raises(SystemExit):
            symattn(*command.split(), "--help")
        assert max(map(len, capsys.readouterr().out.splitlines())) <= narrow
