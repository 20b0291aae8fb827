"""What a notebook shows for a theorem, a verdict, a statement or a calculation.

The objects of the proof layer look this module up by name when a notebook asks them, and know nothing else of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symattn import language as lang
from symattn.proof import Argument, Chain, Statement, Theorem, Verdict
from symattn.views.paper import markdown, tex, wording
from symattn.views.paper.document import facts_of, steps_of
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import Notation
from symattn.views.paper.tex import Page
from symattn.views.paper.unicode import paragraph

__all__ = ["latex_of", "markdown_of"]

PAGE = Page(width=520, environment="aligned")  # notebooks are wider than pages


def latex_of(shown: Any) -> str:
    """The claim, or the lines of a calculation, as one display."""
    return markdown.block(_display(shown))


def markdown_of(shown: Any) -> str:
    """The display with the words that belong to it."""
    if isinstance(shown, Statement):
        words = [f"**{markdown.escaped(shown.name)}.** {markdown.words(shown.title, _names(shown))}"]
        named = [_claims(*shown.definitions)] if shown.where else []
        given = [lang.folded(claim, shown.where) for claim in shown.given]
        return _joined(*words, *named, *_given(given), latex_of(shown))
    if isinstance(shown, Theorem):
        return _joined(f"Proved over {shown.over}:", latex_of(shown), *_given(shown.hypotheses))
    if isinstance(shown, Verdict):
        detail = str(shown.counterexample or shown.reason)
        return _joined(f"{shown.status.capitalize()}:", latex_of(shown), markdown.escaped(paragraph(detail)))
    if isinstance(shown, Argument):
        steps = ((markdown.words(wording.step(fact)), _claims(fact.claim)) for fact in facts_of(shown))
        return _joined(*(part for step in steps for part in step), *_given(shown.given))
    return _joined(latex_of(shown), *_given(shown.given))


def _claims(*claims: Any) -> str:
    return markdown.block(tex.display(tex.claim_lines(Formulas(Notation(), PAGE.room), *claims), PAGE, ""))


def _display(shown: Any) -> str:
    formulas = Formulas(Notation(), PAGE.room)
    if isinstance(shown, Chain):
        return tex.display(tex.lines(steps_of(shown), formulas, frozenset()), PAGE, "")
    claim = lang.folded(shown.says, shown.where) if isinstance(shown, Statement) else shown.claim
    return tex.display(tex.claim_lines(formulas, claim), PAGE, "")


def _given(claims: Sequence[Any]) -> list[str]:
    formulas = Formulas(Notation(), PAGE.room)
    return [f"Given {', '.join(f'${formulas.plain(claim)}$' for claim in claims)}."] if claims else []


def _names(shown: Statement) -> frozenset[str]:
    claims = (shown.says, *shown.given, *shown.definitions)
    return frozenset(letter.name for claim in claims for letter in lang.letters_of(claim, bound_too=True))


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
