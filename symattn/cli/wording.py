"""How answers are put into words and exit codes."""

from __future__ import annotations

from collections.abc import Sequence

SCHEMA = 1  # of every JSON object that the command line prints


def exit_code(holds: bool | None) -> int:
    """0 holds, 1 does not, 3 undecided."""
    return {True: 0, False: 1, None: 3}[holds]


def word(holds: bool | None) -> str:
    return {True: "holds", False: "fails", None: "undecided"}[holds]


def milliseconds(seconds: float) -> str:
    """A time with two digits: 0.42 ms, 4.2 ms, 42 ms, 4200 ms."""
    value = 1000 * seconds
    return f"{value:.2g} ms" if value < 100 else f"{value:.0f} ms"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows under the heading, each column as wide as its widest cell."""
    lines = [list(heading), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    padded = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    rule = "  ".join("─" * width for width in widths)
    return "\n".join([padded[0], rule, *padded[1:]])
