"""Unicode text, as on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from symattn.views.paper import wording
from symattn.views.paper.document import Document, Sentence, Step
from symattn.views.paper.plain import INDENT, WIDTH, PlainPrinter, lowered

__all__ = ["calculation", "claims", "paragraph", "proof", "setting", "theorem"]

COLUMN = 64  # where the reasons stand, behind formulas that are shorter
EQUALS = "= "


def theorem(document: Document) -> str:
    """The theorem: its words, its letters, its claim, and the lines of its proof."""
    printer = PlainPrinter(document.notation)
    parts = [document.name, *map(paragraph, (document.title, *document.prose, document.note))]
    parts.append(setting(document, printer))
    if document.where:
        parts += [wording.naming(document), "\n".join(printer.rows(*document.where))]
    if document.given:
        parts += [wording.assumption(document), claims(document.given, printer)]
    parts += [wording.conclusion(document), claims([document.says], printer)]
    parts += [paragraph(wording.proof(document)), proof(document, printer)]
    parts += [paragraph(f"Source: {document.source}.")] if document.source else []
    return "\n\n".join(filter(None, parts)) + "\n"


def setting(document: Document, printer: PlainPrinter) -> str:
    """What the letters are."""
    found = "; ".join(sentence(part, printer) for part in wording.setting(document))
    return paragraph(f"Here {found}.") if found else ""


def proof(document: Document, printer: PlainPrinter) -> str:
    """The lines of a calculation, or the steps of an argument."""
    if document.steps:
        return calculation(document.steps, printer)
    found: list[str] = []
    for fact in document.facts:
        found.append(paragraph(wording.step(fact)))
        found += printer.rows(fact.claim) if fact.claim is not None else []
    return "\n".join(found)


def calculation(steps: Sequence[Step], printer: PlainPrinter) -> str:
    """The lines, each with its reason behind it, or under it when the line is long."""
    found = printer.rows(steps[0].expression)
    for step in steps[1:]:
        *above, last = printer.rows(step.expression, before=f"{INDENT}  {EQUALS}")
        reasons = _reason(step.reason, printer)
        if len(last) >= COLUMN or not reasons:
            above, last = [*above, last], ""
        found += above
        found += [f"{'' if place else last:<{COLUMN}}{row}" for place, row in enumerate(reasons)]
    return "\n".join(found)


def _reason(reason: Any, printer: PlainPrinter) -> list[str]:
    """A reason in the rows of its column."""
    wide = WIDTH - COLUMN
    if isinstance(reason, str):
        return textwrap.wrap(lowered(reason), wide, break_on_hyphens=False)
    return printer.rows(reason, before="", width=wide)


def paragraph(words: str) -> str:
    """Words wrapped to the width of a page."""
    return textwrap.fill(lowered(" ".join(words.split())), WIDTH, break_on_hyphens=False)


def sentence(parts: Sentence, printer: PlainPrinter) -> str:
    return "".join(part if isinstance(part, str) else str(printer.doprint(part)) for part in parts)


def claims(said: Sequence[Any], printer: PlainPrinter) -> str:
    """Claims one under the other."""
    return "\n".join(row for claim in said for row in printer.rows(claim))
