"""What a chapter is made of.  `chapter` collects these; each target writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symattn.verify import Finding, Row
from symattn.views.paper.document import Document, Step

__all__ = ["Bars", "Calculation", "Figure", "Heatmap", "Prose", "Proved", "Question", "Table", "table", "witnesses"]


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


Figure = Heatmap | Bars


def table(part: Table | Figure) -> Table:
    """A table, or the numbers of a figure as one."""
    if isinstance(part, Heatmap):
        lines = zip(part.rows, part.values, strict=True)
        return Table(("", *part.columns), tuple((name, *map(_number, values)) for name, values in lines), part.caption)
    if isinstance(part, Bars):
        rows = zip(part.labels, part.values, strict=True)
        return Table(("", ""), tuple((name, f"{value:.{part.digits}f}") for name, value in rows), part.caption)
    return part


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def witnesses(rows: Sequence[Row]) -> Table:
    """What the witnesses say of theorems, without anything that differs from machine to machine."""
    others = list(dict.fromkeys(name for row in rows for name in row.witnesses if name != "kernel"))
    heard = ((row.name, _proved(row), *(_heard(row.witnesses.get(name)) for name in others)) for row in rows)
    caption = "Who says so: the kernel, for all sizes over what is named; and others, each at so many samples"
    return Table(("", "kernel", *others), tuple(dict.fromkeys(heard)), caption)


def _proved(row: Row) -> str:
    finding = row.witnesses["kernel"]
    return row.over if finding.holds else "fails" if finding.holds is False else "undecided"


def _word(finding: Finding) -> str:
    return {True: "", False: "fails at ", None: "undecided at "}[finding.holds]


def _heard(finding: Finding | None) -> str:
    """At how many samples a witness holds, and more when it does not."""
    return "" if finding is None else f"{_word(finding)}{finding.samples - finding.undecided}"


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines keep apart, each on one line."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, values))
