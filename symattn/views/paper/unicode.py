"""Unicode text, as on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from symattn.language.printing.shown_shapes import ANYWHERE
from symattn.language.printing.text import TextPrinter
from symattn.views.paper import wording
from symattn.views.paper.document import Document, Sentence, Step
from symattn.views.paper.notation import Notation

__all__ = ["PlainPrinter", "calculation", "paragraph", "proof", "theorem"]

WIDTH = 100
COLUMN = 64  # where the reasons stand, behind formulas that are shorter
INDENT = "    "


class PlainPrinter(TextPrinter):
    """`language.text` in a notation; when it is to be short, every 0, I and e_0 is written so, whatever its size."""

    def __init__(self, notation: Notation, *, short: bool = False) -> None:
        super().__init__()
        self.notation = notation
        self.short = short

    def _print(self, expr: Any, **kwargs: Any) -> Any:
        if self.short:
            self.at(ANYWHERE)
        return super()._print(expr, **kwargs)

    def doprint(self, expr: Any) -> str:
        found = str(super().doprint(expr))
        return found if self.notation.scale == "tau" else found.replace(f"({self.scale})", self.scale)

    @property
    def scale(self) -> str:
        """How the scale of the scores is written."""
        return self.notation.called("tau") if self.notation.scale == "tau" else f"(1/sqrt({self.notation.called('k')}))"

    def _print_Symbol(self, expr: Any) -> str:
        return self.scale if expr.name == "tau" else self.notation.called(expr.name)

    _print_Size = _print_HeadIndex = _print_Symbol

    def _print_MatrixSymbol(self, expr: Any) -> str:
        return self.notation.called(expr.name)

    _print_Family = _print_BilinearMap = _print_Matrix = _print_MatrixSymbol

    def _print_Member(self, expr: Any) -> str:
        return f"{self._print(expr.family)}[{self._print(expr.head)}]"

    def _print_Bilinear(self, expr: Any) -> str:
        return self.call(self._print(expr.form), expr.x, expr.y)


def theorem(document: Document) -> str:
    """The theorem: its words, its letters, its claim, and the lines of its proof."""
    printer = PlainPrinter(document.notation)
    setting = "; ".join(sentence(part, printer) for part in wording.setting(document))
    parts = [document.name, *map(paragraph, (document.title, *document.prose, document.note))]
    parts += [paragraph(f"Here {setting}.")] if setting else []
    if document.given:
        parts += [wording.assumption(document), _claims(document.given, printer)]
    parts += [wording.conclusion(document), _claims([document.says], printer)]
    parts += [paragraph(wording.proof(document)), proof(document, printer)]
    parts += [paragraph(f"Source: {document.source}.")] if document.source else []
    return "\n\n".join(filter(None, parts)) + "\n"


def proof(document: Document, printer: PlainPrinter) -> str:
    """The lines of a calculation, or the steps of an argument."""
    if document.steps:
        return calculation(document.steps, printer)
    steps = ((paragraph(wording.step(fact)), _claims([fact.claim], printer)) for fact in document.facts)
    return "\n".join(line for step in steps for line in step)


def calculation(steps: Sequence[Step], printer: PlainPrinter) -> str:
    """The lines, each with its reason behind it, or under it when the line is long."""
    found = [f"{INDENT}{printer.doprint(steps[0].expression)}"]
    for step in steps[1:]:
        line = f"{INDENT}  = {printer.doprint(step.expression)}"
        reason = step.reason if isinstance(step.reason, str) else printer.doprint(step.reason)
        if not reason:
            found.append(line)
        elif len(line) < COLUMN:
            found.append(f"{line:<{COLUMN}}{reason}")
        else:
            found += [line, f"{'':<{COLUMN}}{reason}"]
    return "\n".join(found)


def paragraph(words: str) -> str:
    """Words wrapped to the width of a page."""
    return textwrap.fill(" ".join(words.split()), WIDTH, break_on_hyphens=False)


def sentence(parts: Sentence, printer: PlainPrinter) -> str:
    return "".join(part if isinstance(part, str) else str(printer.doprint(part)) for part in parts)


def _claims(said: Sequence[Any], printer: PlainPrinter) -> str:
    return "\n".join(f"{INDENT}{printer.doprint(claim)}" for claim in said)
