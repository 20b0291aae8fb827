"""What a chapter is made of.  `chapter` collects these; each target writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symattn.verify import Finding, Row
from symattn.views.paper.document import Document, Step

__all__ = [
    "Bars",
    "Calculation",
    "Curves",
    "Figure",
    "Heatmap",
    "Prose",
    "Proved",
    "Question",
    "Table",
    "table",
    "witnessed",
]


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What the next chapter is about."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Calculation:
    """A calculation by itself, and the claims that it is made under."""

    steps: tuple[Step, ...]
    given: tuple[Any, ...]


@dataclass(frozen=True)
class Proved:
    """A theorem, and what every witness says of it."""

    document: Document
    row: Row


@dataclass(frozen=True)
class Table:
    """Rows of text under a heading."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class Heatmap:
    """A matrix of numbers, to be coloured."""

    values: tuple[tuple[float, ...], ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True)
class Bars:
    """Numbers in a row, and behind how many of them a line is drawn."""

    values: tuple[float, ...]
    labels: tuple[str, ...]
    caption: str = ""
    cut: int | None = None
    digits: int = 1


@dataclass(frozen=True)
class Curves:
    """Numbers over the same points, a curve for each name."""

    points: tuple[float, ...]
    curves: tuple[tuple[float, ...], ...]
    names: tuple[str, ...]
    axis: str
    caption: str = ""
    digits: int = 2


Figure = Heatmap | Bars | Curves


def table(part: Table | Figure) -> Table:
    """A table, or the numbers of a figure as one."""
    if isinstance(part, Heatmap):
        lines = zip(part.rows, part.values, strict=True)
        return Table(("", *part.columns), tuple((name, *map(_number, values)) for name, values in lines), part.caption)
    if isinstance(part, Bars):
        rows = zip(part.labels, part.values, strict=True)
        return Table(("", ""), tuple((name, f"{value:.{part.digits}f}") for name, value in rows), part.caption)
    if isinstance(part, Curves):
        lines = zip(part.points, *part.curves, strict=True)
        shown = tuple((f"{point:g}", *(f"{value:.{part.digits}f}" for value in values)) for point, *values in lines)
        return Table((part.axis, *part.names), shown, part.caption)
    return part


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def witnessed(row: Row) -> str:
    """What the witnesses say, in a sentence without anything that differs from machine to machine."""
    found = []
    for name, finding in row.witnesses.items():
        if name == "kernel":
            found.append(f"kernel: {_word(finding)}" + f" for all sizes, over {row.over}" * bool(finding.holds))
        elif name == "exact":
            found.append(f"exact arithmetic: {_word(finding)} at {_heard(finding)}")
        else:
            found.append(f"{name}: {_word(finding)} within its error bound at {_heard(finding)}")
    return "; ".join(found)


def _word(finding: Finding) -> str:
    return {True: "holds", False: "fails", None: "undecided"}[finding.holds]


def _heard(finding: Finding) -> str:
    count = finding.samples - finding.undecided
    return f"{count} sample{'s' * (count != 1)}"


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines keep apart, each on one line."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, values))
