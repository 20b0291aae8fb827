"""What a chapter is made of.  `chapter` collects these; each target writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symattn.verify import Row
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
    "grouped",
    "table",
    "witnesses",
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


def grouped(widths: Sequence[float], room: float) -> list[list[int]]:
    """The columns of a table in groups that fit into the room, each with the first column."""
    groups: list[list[int]] = [[0]]
    for place in range(1, len(widths)):
        if len(groups[-1]) > 1 and sum(widths[q] for q in (*groups[-1], place)) > room:
            groups.append([0])
        groups[-1].append(place)
    return groups


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def witnesses(rows: Sequence[Row]) -> Prose:
    """What the witnesses say of theorems, without anything that differs from machine to machine."""
    proved: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.witnesses["kernel"].holds:
            proved.setdefault(row.over, {})[row.name] = None
    said = [f"over {over}, {', '.join(names)}" for over, names in proved.items()]
    others = dict.fromkeys(name for row in rows for name in row.witnesses if name != "kernel")
    sentences = [f"Proved by the kernel for all sizes: {'; '.join(said)}."] if said else []
    return Prose((" ".join([*sentences, *filter(None, (_agreement(name, rows) for name in others)), *_doubts(rows)]),))


_NAMES = {"exact": "Exact arithmetic agrees", "float64": "float64 agrees within its error bound"}


def _agreement(name: str, rows: Sequence[Row]) -> str:
    """How often another witness was asked, of the theorems with which it agrees."""
    findings = {row.name: row.witnesses[name] for row in rows if name in row.witnesses}
    counts = [found.samples - found.undecided for found in findings.values() if found.holds]
    if not counts:
        return ""
    every = len(counts) == len({row.name for row in rows})
    least, most = min(counts), max(counts)
    samples = f"{least} to {most} samples" if least < most else f"{least} sample{'s' * (least != 1)}"
    return f"{_NAMES.get(name, f'{name} agrees')}, at {samples} of {'each' if every else f'{len(counts)} of them'}."


def _doubts(rows: Sequence[Row]) -> list[str]:
    """The findings that are not agreement."""
    words = {False: "fails", None: "is undecided"}
    pairs = [(row.name, name, finding) for row in rows for name, finding in row.witnesses.items()]
    return [f"Of {row}, {name} {words[f.holds]}." for row, name, f in pairs if f.holds is not True]


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines keep apart, each on one line."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, values))
