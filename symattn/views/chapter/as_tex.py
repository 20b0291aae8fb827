r"""A chapter as a LaTeX article that needs amsmath alone; figures are tables with their `pictures`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from symattn.views.chapter import pictures
from symattn.views.chapter.parts import (
    Bars,
    Calculation,
    Curves,
    Heatmap,
    Prose,
    Proved,
    Question,
    Table,
    grouped,
    table,
)
from symattn.views.paper import prose, tex
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import Notation
from symattn.views.paper.tex import Page
from symattn.views.paper.widths import text_width

__all__ = ["body"]

COLUMNS = 12.5  # between two columns of a table
BAR = 150.0  # the longest bar
SIZE = 1.05  # a margin for words whose width is estimated letter by letter


def body(parts: Iterable[Any], page: Page, notation: Notation) -> list[str]:
    """The parts, for a document that has a preamble."""
    return [_part(part, page, notation) for part in parts]


def _part(part: Any, page: Page, notation: Notation) -> str:
    if isinstance(part, Prose):
        return _words(part.paragraphs)
    if isinstance(part, Question):
        return _words(("Next: " + part.paragraphs[0], *part.paragraphs[1:]))
    if isinstance(part, Proved):
        return tex.theorem(part.document, page)
    if isinstance(part, Calculation):
        return _calculation(part, page, notation)
    return _TABLES[type(part)](part, page)


def _words(paragraphs: Iterable[str]) -> str:
    body = "\n\n".join(map(prose.tex, paragraphs))
    return f"\\begin{{sloppypar}}\n{body}\n\\end{{sloppypar}}\n"


def _calculation(part: Calculation, page: Page, notation: Notation) -> str:
    bare = Page(page.width)
    formulas = Formulas(notation, bare.room)
    display = tex.display(tex.lines(part.steps, formulas, frozenset()), bare, "")
    if not part.given:
        return display + "\n"
    given = ", ".join(f"${formulas.plain(claim)}$" for claim in part.given)
    return f"\\begin{{sloppypar}}\nGiven {given}:\n{display}\n\\end{{sloppypar}}\n"


def _table(part: Table, page: Page) -> str:
    heading = any(part.heading)
    rows = _cells([part.heading, *part.rows] if heading else part.rows)
    return _centred(part.caption, _tabulars(rows, page, heading))


def _heatmap(part: Heatmap, page: Page) -> str:
    """The numbers, each beside a square of its size."""
    largest = max((abs(value) for line in part.values for value in line), default=0.0)
    numbers = table(part)
    rows = _cells([numbers.heading, *numbers.rows])
    for row, values in zip(rows[1:], part.values, strict=True):
        row[1:] = [cell.beside(pictures.square(value, largest)) for cell, value in zip(row[1:], values, strict=True)]
    return _centred(part.caption, _tabulars(rows, page))


def _bars(part: Bars, page: Page) -> str:
    """A row for each number, with its bar, and the line where figures draw theirs."""
    rows = _cells(table(part).rows)
    largest, room = max(map(abs, part.values), default=0.0), min(BAR, page.room - COLUMNS - sum(_widths(rows)))
    for row, value in zip(rows, part.values, strict=True):
        row.append(_Cell(pictures.bar(value, largest, room), room))
    return _centred(part.caption, [_tabular(rows, "rrl", part.cut)])


def _curves(part: Curves, page: Page) -> str:
    """The picture, and under it the numbers."""
    numbers = table(part)
    drawn = pictures.curves(part, page.room)
    return _centred(part.caption, [drawn, *_tabulars(_cells([numbers.heading, *numbers.rows]), page)])


def _centred(caption: str, body: Sequence[str]) -> str:
    said = f"{prose.tex(caption)}:" if caption else ""
    shown = "\n\\par\\medskip\n".join(body)
    return f"\\begin{{sloppypar}}\n{said}\n\\end{{sloppypar}}\n\\begin{{center}}\n{shown}\n\\end{{center}}\n"


@dataclass(frozen=True)
class _Cell:
    """What stands in a cell, and how wide that is at most."""

    tex: str
    wide: float

    def beside(self, square: str) -> _Cell:
        return _Cell(f"{self.tex}~{square}", self.wide + text_width(" ") + pictures.SQUARE)


def _cells(rows: Iterable[Sequence[str]]) -> list[list[_Cell]]:
    return [[_Cell(prose.tex(words), SIZE * text_width(words)) for words in row] for row in rows]


def _tabulars(rows: Sequence[Sequence[_Cell]], page: Page, heading: bool = True) -> list[str]:
    """One table, or several with the first column repeated where one would be too wide."""
    groups = grouped(_widths(rows), page.room)
    cut = 1 if heading else None
    return [_tabular([[row[q] for q in group] for row in rows], "r" * len(group), cut) for group in groups]


def _widths(rows: Sequence[Sequence[_Cell]]) -> list[float]:
    return [max(cell.wide for cell in column) + COLUMNS for column in zip(*rows, strict=True)]


def _tabular(rows: Sequence[Sequence[_Cell]], columns: str, cut: int | None) -> str:
    """The rows, with a line behind the first `cut`."""
    lines = [" & ".join(cell.tex for cell in row) for row in rows]
    body = "\n".join(line + r" \\" + r" \hline" * (place == cut) for place, line in enumerate(lines, 1))
    return f"\\begin{{tabular}}{{{columns}}}\n{body}\n\\end{{tabular}}"


_TABLES: dict[type, Callable[[Any, Page], str]] = {Table: _table, Heatmap: _heatmap, Bars: _bars, Curves: _curves}
