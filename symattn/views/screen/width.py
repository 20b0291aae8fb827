"""How wide the lines of an answer may be."""

from __future__ import annotations

import os
import sys
import textwrap

from symattn.views.screen.spelling import spelled

PAGE = 100
"""Words are not read in longer lines than this, however wide a terminal is; formulas without a terminal neither."""
LEAST = 24


def columns() -> int | None:
    """The width that COLUMNS or the terminal gives; None where the answer goes to a file or to another program."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return max(LEAST, int(asked))
    try:
        return max(LEAST, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        # no terminal, a closed stream, or one in memory
        return None


def page() -> int:
    """The width of words."""
    return min(columns() or PAGE, PAGE)


def paragraph(words: str, *, first: str = "", indent: str = "", width: int | None = None) -> str:
    """Words wrapped to the width of a page, behind `first`; what follows is indented."""
    return textwrap.fill(
        " ".join(spelled(words).split()),
        width or page(),
        initial_indent=first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def fitted(text: str) -> str:
    """Lines cut at the width of the terminal; those in a file or a pipe are for programs, and stay whole."""
    room, lines = columns(), text.splitlines()
    # a place that is pointed at stays where it is
    pointed = {place for place, below in enumerate(lines[1:]) if below.strip() == "^"}
    return "\n".join(
        _cut(line, room) if room and len(line) > room and place not in pointed else line
        for place, line in enumerate(lines)
    )


def _cut(line: str, room: int) -> str:
    margin = line[: len(line) - len(line.lstrip())]
    return paragraph(line, first=margin, indent=f"{margin}    ", width=room)
