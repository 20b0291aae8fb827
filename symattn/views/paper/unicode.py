"""Unicode text, as on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symattn.views.paper import wording
from symattn.views.paper.document import Document, Sentence, Step
from symattn.views.paper.plain import INDENT, PlainPrinter, Sheet

__all__ = ["calculation", "claims", "paragraph", "proof", "setting", "theorem"]

EQUALS = "= "


def theorem(document: Document, sheet: Sheet | None = None) -> str:
    """The theorem: its words, its letters, its claim, and the lines of its proof."""
    sheet = sheet or Sheet()
    printer = PlainPrinter(document.notation, sheet=sheet)
    parts = [document.name, *(paragraph(part, sheet) for part in (document.title, *document.prose, document.note))]
    parts.append(setting(document, printer))
    if document.where:
        parts += [wording.naming(document), "\n".join(printer.rows(*document.where))]
    if document.given:
        parts += [wording.assumption(document), claims(document.given, printer)]
    parts += [wording.conclusion(document), claims([document.says], printer)]
    parts += [paragraph(wording.proof(document), sheet), proof(document, printer)]
    parts += [paragraph(f"Source: {document.source}.", sheet)] if document.source else []
    return "\n\n".join(filter(None, parts)) + "\n"


def setting(document: Document, printer: PlainPrinter) -> str:
    """What the letters are."""
    found = "; ".join(sentence(part, printer) for part in wording.setting(document))
    return paragraph(f"Here {found}.", printer.sheet) if found else ""


def proof(document: Document, printer: PlainPrinter) -> str:
    """The lines of a calculation, or the steps of an argument."""
    if document.steps:
        return calculation(document.steps, printer)
    found: list[str] = []
    for fact in document.facts:
        found.append(paragraph(wording.step(fact), printer.sheet))
        found += printer.rows(fact.claim) if fact.claim is not None else []
    return "\n".join(found)


def calculation(steps: Sequence[Step], printer: PlainPrinter) -> str:
    """The lines, each with its reason behind it, or under it when the line is long."""
    sheet = printer.sheet
    found = printer.rows(steps[0].expression)
    for step in steps[1:]:
        *above, last = printer.rows(step.expression, before=f"{INDENT}  {EQUALS}")
        reasons = _reason(step.reason, printer)
        if sheet.length(last) >= sheet.column or not reasons:
            above, last = [*above, last], ""
        found += above
        before = last + " " * (sheet.column - sheet.length(last))
        found += [f"{' ' * sheet.column if place else before}{row}" for place, row in enumerate(reasons)]
    return "\n".join(found)


def _reason(reason: Any, printer: PlainPrinter) -> list[str]:
    """A reason in the rows of its column."""
    wide = printer.sheet.width - printer.sheet.column
    if isinstance(reason, str):
        return printer.sheet.filled(reason, wide)
    return printer.rows(reason, before="", width=wide)


def paragraph(words: str, sheet: Sheet | None = None) -> str:
    """Words wrapped to the width of a page."""
    return "\n".join((sheet or Sheet()).filled(" ".join(words.split())))


def sentence(parts: Sentence, printer: PlainPrinter) -> str:
    return "".join(part if isinstance(part, str) else str(printer.doprint(part)) for part in parts)


def claims(said: Sequence[Any], printer: PlainPrinter) -> str:
    """Claims one under the other."""
    return "\n".join(row for claim in said for row in printer.rows(claim))
