"""A chapter as Unicode text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from symattn.views.chapter.parts import Calculation, Prose, Proved, Question, Table, grouped, table
from symattn.views.paper import markdown as marked, tex, wording
from symattn.views.paper.document import Document
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import Notation
from symattn.views.paper.plain import INDENT, PlainPrinter, Sheet
from symattn.views.paper.tex import Page
from symattn.views.paper.unicode import calculation, paragraph, proof, setting

__all__ = ["block", "legend", "markdown"]

NEXT = "Next: "
GAP = "  "
TOTAL = "total(A) is the sum of all entries of A, of a 1×1 matrix its only one"


def block(part: Any, notation: Notation | None = None, sheet: Sheet | None = None) -> str:
    """One part of a chapter as text."""
    sheet = sheet or Sheet()
    printer = PlainPrinter(notation or Notation(), short=True, sheet=sheet)
    if isinstance(part, Prose):
        return _words(part.paragraphs, sheet)
    if isinstance(part, Question):
        return _words((NEXT + part.paragraphs[0], *part.paragraphs[1:]), sheet)
    if isinstance(part, Calculation):
        return "\n".join([*_given(part.given, printer), calculation(part.steps, printer)])
    if isinstance(part, Proved):
        return _theorem(part, PlainPrinter(part.document.notation, short=True, sheet=sheet))
    return _table(table(part), sheet)


def _words(paragraphs: Iterable[str], sheet: Sheet) -> str:
    return "\n\n".join(paragraph(part, sheet) for part in paragraphs)


def _theorem(part: Proved, printer: PlainPrinter) -> str:
    about: Document = part.document
    mark = " ✓" if part.row.holds else ""
    words = (paragraph(said, printer.sheet) for said in (f"Theorem {about.name}{mark}  {about.title}", *about.prose))
    named = printer.rows(*about.where, before=f"{INDENT}where ") if about.where else []
    said = [setting(about, printer), *named, *_given(about.given, printer), *printer.rows(about.says)]
    steps = filter(None, [proof(about, printer) or paragraph(wording.proof(about), printer.sheet)])
    return "\n\n".join(["\n".join([*words, *said]), *steps])


def legend(text: str, sheet: Sheet | None = None) -> str:
    """What the signs of this text mean that no book has, as far as they occur."""
    meanings = {r"\[[^\]\n]* \| ": "[A | B] is A beside B", r"\[[^\]\n]*; ": "[A; B] is A above B", r"total\(": TOTAL}
    found = [meaning for sign, meaning in meanings.items() if re.search(sign, text)]
    return paragraph(f"In formulas {', '.join(found)}.", sheet) if found else ""


def _given(claims: Iterable[Any], printer: PlainPrinter) -> list[str]:
    return [row for claim in claims for row in printer.rows(claim, before=f"{INDENT}given ")]


def _table(part: Table, sheet: Sheet) -> str:
    """The rows, in tables one under the other where one would be too wide."""
    lines = [list(map(sheet.spell, line)) for line in ((part.heading,) if any(part.heading) else ()) + part.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(part.heading))]
    groups = grouped([width + len(GAP) for width in widths], sheet.width - len(INDENT) + len(GAP))
    caption = paragraph(part.caption, sheet)
    return "\n".join([*([caption] if caption else []), "\n\n".join(_rows(lines, widths, group) for group in groups)])


def _rows(lines: list[list[str]], widths: list[int], places: Sequence[int]) -> str:
    padded = (GAP.join(line[place].rjust(widths[place]) for place in places) for line in lines)
    return "\n".join(f"{INDENT}{line.rstrip()}" for line in padded)


def markdown(heading: str, parts: Iterable[Any], page: Page, notation: Notation) -> str:
    """The chapter in Markdown."""
    blocks = [_marked(part, page, notation) for part in parts]
    return "\n\n".join([f"# {marked.words(heading)}", *blocks]) + "\n"


def _marked(part: Any, page: Page, notation: Notation) -> str:
    if isinstance(part, Prose):
        return "\n\n".join(map(marked.words, part.paragraphs))
    if isinstance(part, Question):
        return "\n\n".join(map(marked.words, (NEXT + part.paragraphs[0], *part.paragraphs[1:])))
    if isinstance(part, Proved):
        return marked.theorem(part.document, page).rstrip("\n")
    if isinstance(part, Calculation):
        aligned = Page(width=page.width, environment="aligned")
        formulas = Formulas(notation, aligned.room)
        given = ", ".join(f"${formulas.plain(claim)}$" for claim in part.given)
        display = marked.block(tex.display(tex.lines(part.steps, formulas, frozenset()), aligned, ""))
        return f"{display}\n\nGiven {given}." if given else display
    return _marked_table(table(part))


def _marked_table(part: Table) -> str:
    rows = [part.heading, tuple("---:" for _ in part.heading), *part.rows]
    cells = [[cell if cell == "---:" else marked.escaped(cell) for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([*([f"{marked.words(part.caption)}:", ""] if part.caption else []), *lines])
