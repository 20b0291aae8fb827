"""Markdown, with formulas between dollars, as notebooks, GitHub and Pandoc read it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from symattn.views.paper import prose, tex, wording
from symattn.views.paper.document import Document
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.tex import Page

__all__ = ["block", "escaped", "theorem", "words"]


def theorem(document: Document, page: Page) -> str:
    """The theorem under a heading; its displays are `aligned`, without numbers or labels."""
    page = replace(page, labels=False, environment="aligned")
    formulas = Formulas(document.notation, page.room)
    setting = "; ".join(_sentence(part, formulas) for part in wording.setting(document))
    said = (words(part, document.names) for part in (document.title, *document.prose, document.note))
    parts = [f"### {escaped(document.name)}", *said]
    parts += [f"Here {setting}."] if setting else []
    if document.where:
        parts += [wording.naming(document), block(tex.claims(document, page, document.where))]
    if document.given:
        parts += [wording.assumption(document), block(tex.claims(document, page, document.given))]
    parts += [wording.conclusion(document), block(tex.claims(document, page, [document.says]))]
    parts.append(words(wording.proof(document), document.names))
    if document.steps:
        parts.append(block(tex.calculation(document, page)))
    for fact in document.facts:
        parts.append(words(wording.step(fact), document.names))
        parts += [block(tex.claims(document, page, [fact.claim]))] if fact.claim is not None else []
    parts += [f"Source: {escaped(document.source)}."] if document.source else []
    return "\n\n".join(filter(None, parts)) + "\n"


def block(formula: str) -> str:
    """A display between double dollars, on lines of its own."""
    return f"$$\n{formula}\n$$"


def words(text: str, letters: Collection[str] = ()) -> str:
    """A sentence with its formulas between dollars; `letters` are the names that are mathematics here."""
    return "".join(
        f"${piece.tex}$" if piece.maths else escaped(piece.tex) for piece in prose.pieces(text, letters, plain=True)
    ).strip()


def escaped(text: str) -> str:
    """Words in which no character means anything to Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text)


def _sentence(parts: tuple[object, ...], formulas: Formulas) -> str:
    return "".join(part if isinstance(part, str) else f"${formulas.plain(part)}$" for part in parts)
