"""Markdown, with formulas between dollars, as notebooks, GitHub and Pandoc read it."""

from __future__ import annotations

import re
from dataclasses import replace

from symattn.views.paper import tex, wording
from symattn.views.paper.document import Document
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.tex import Page

__all__ = ["block", "escaped", "theorem"]


def theorem(document: Document, page: Page) -> str:
    """The theorem under a heading; its displays are `aligned`, without numbers or labels."""
    page = replace(page, labels=False, environment="aligned")
    formulas = Formulas(document.notation, page.room)
    setting = "; ".join(_sentence(part, formulas) for part in wording.setting(document))
    parts = [f"### {escaped(document.name)}", *map(escaped, (document.title, *document.prose, document.note))]
    parts += [f"Here {setting}."] if setting else []
    if document.where:
        parts += [wording.naming(document), block(tex.definitions(document, page))]
    if document.given:
        parts += [wording.assumption(document), block(tex.claims(document, page, document.given))]
    parts += [wording.conclusion(document), block(tex.claims(document, page, [document.says]))]
    parts.append(escaped(wording.proof(document)))
    if document.steps:
        parts.append(block(tex.calculation(document, page)))
    for fact in document.facts:
        parts += [escaped(wording.step(fact)), block(tex.claims(document, page, [fact.claim]))]
    parts += [f"Source: {escaped(document.source)}."] if document.source else []
    return "\n\n".join(filter(None, parts)) + "\n"


def block(formula: str) -> str:
    """A display between double dollars, on lines of its own."""
    return f"$$\n{formula}\n$$"


def escaped(words: str) -> str:
    """Words in which no character means anything to Markdown; Unicode mathematics in them stays as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", words)


def _sentence(parts: tuple[object, ...], formulas: Formulas) -> str:
    return "".join(part if isinstance(part, str) else f"${formulas.plain(part)}$" for part in parts)
