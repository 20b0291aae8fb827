"""Rows under a heading.  They fit the terminal: by rich where it is installed, or one under the other."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from typing import Any

from symattn.views.screen.spelling import spelled
from symattn.views.screen.width import columns, paragraph

GAP = "  "
COLOURS = {"holds": "green", "proved": "green", "fails": "bold red", "failed": "bold red", "undecided": "yellow"}


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows under the heading, each column as wide as its widest cell; without one, what each row says in words."""
    lines = [list(map(spelled, line)) for line in (heading, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    room = columns()
    if room and sum(widths) + len(GAP) * (len(widths) - 1) > room:
        return "\n".join(_record(lines[0], line) for line in lines[1:])
    if _has_rich():
        return _rich(lines, widths)
    padded = [GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    rule = GAP.join(spelled("─") * width for width in widths)
    return "\n".join([padded[0], rule, *padded[1:]])


def _record(heading: Sequence[str], line: Sequence[str]) -> str:
    """What a row says, under its first cell."""
    told = [f"{name} {cell}" for name, cell in zip(heading[1:], line[1:], strict=True) if cell not in ("", "-")]
    return "\n".join([painted(line[0], "bold"), *([paragraph("; ".join(told), first=GAP, indent=GAP)] if told else [])])


def painted(text: str, style: str) -> str:
    """The text in a style, on a terminal where rich is installed."""
    if not _has_rich():
        return text
    from rich.text import Text

    return _written(Text(text, style=style))


def _has_rich() -> bool:
    return sys.stdout.isatty() and importlib.util.find_spec("rich") is not None


def _rich(lines: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, width in zip(lines[0], widths, strict=True):
        made.add_column(Text(name), no_wrap=True, min_width=width)
    for first, *others in lines[1:]:
        made.add_row(Text(first, "cyan"), *(Text(cell, COLOURS.get(cell.partition(" ")[0], "")) for cell in others))
    return _written(made)


def _written(what: Any) -> str:
    from rich.console import Console

    # the lines are cut already; a narrower guess of rich's would cut them once more
    console = Console(file=sys.stdout, width=10_000, highlight=False, soft_wrap=True)
    with console.capture() as captured:
        console.print(what)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())
