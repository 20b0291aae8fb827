r"""A chapter as a LaTeX article that needs amsmath alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symattn.views.chapter.parts import Calculation, Prose, Proved, Question, Table, table
from symattn.views.paper import prose, tex
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import Notation
from symattn.views.paper.tex import Page
from symattn.views.paper.widths import text_width

__all__ = ["article"]

COLUMNS = 12.5  # between two columns of a table
SIZE = 1.05  # a margin for words whose width is estimated letter by letter


def article(heading: str, parts: Iterable[Any], page: Page, notation: Notation) -> str:
    """The whole document."""
    return tex.article([_part(part, page, notation) for part in parts], page, heading)


def _part(part: Any, page: Page, notation: Notation) -> str:
    if isinstance(part, Prose):
        return _words(part.paragraphs)
    if isinstance(part, Question):
        return _words(("Next: " + part.paragraphs[0], *part.paragraphs[1:]))
    if isinstance(part, Proved):
        return tex.theorem(part.document, page)
    if isinstance(part, Calculation):
        return _calculation(part, page, notation)
    return _table(table(part), page)


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
    """One table, or several with the first column repeated when one would be too wide."""
    columns = list(zip(part.heading, *part.rows, strict=True))
    groups: list[list[int]] = [[]]
    for place in range(1, len(columns)):
        if groups[-1] and _wide([columns[0], *(columns[q] for q in (*groups[-1], place))]) > page.room:
            groups.append([])
        groups[-1].append(place)
    tables = [_tabular([columns[0], *(columns[place] for place in group)]) for group in groups]
    caption = f"{prose.tex(part.caption)}:" if part.caption else ""
    body = "\n\\par\\medskip\n".join(tables)
    return f"\\begin{{sloppypar}}\n{caption}\n\\end{{sloppypar}}\n\\begin{{center}}\n{body}\n\\end{{center}}\n"


def _wide(columns: Iterable[tuple[str, ...]]) -> float:
    return sum(SIZE * max(map(text_width, column)) + COLUMNS for column in columns)


def _tabular(columns: list[tuple[str, ...]]) -> str:
    lines = [" & ".join(map(prose.tex, line)) for line in zip(*columns, strict=True)]
    if any(column[0] for column in columns):
        lines[0] += r" \\ \hline"
        rows = lines[0] + "\n" + " \\\\\n".join(lines[1:])
    else:
        rows = " \\\\\n".join(lines[1:])
    return f"\\begin{{tabular}}{{{'r' * len(columns)}}}\n{rows}\n\\end{{tabular}}"
