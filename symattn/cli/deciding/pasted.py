"""What was proved, ready to paste: the letters, what is supposed, and the claim, in LaTeX or Markdown."""

from __future__ import annotations

from typing import Any

from symattn import __version__
from symattn.language import sizes_of
from symattn.proof.text.parse import Goal
from symattn.views.paper import markdown, tex, wording
from symattn.views.paper.document import Document, symbols
from symattn.views.paper.formula_tex import Formulas
from symattn.views.paper.notation import Notation
from symattn.views.paper.tex import Page


def pasted(goal: Goal, verdict: Any, to: str) -> str:
    """The statement with its setting, and by whom it was proved in a comment."""
    about = _document(goal, verdict.over)
    by = f", as {verdict.by}" if verdict.by else ""
    told = f"proved by symattn {__version__}{by}"
    if to == "tex":
        return "\n".join([f"% {told}", *_parts(about, Page())])
    shown = Page(environment="aligned")
    return "\n\n".join([*(part for part in _parts(about, shown, markdown.block)), f"<!-- {told} -->"])


def _document(goal: Goal, over: str) -> Document:
    claims = (goal.claim, *goal.given)
    return Document(
        name="",
        title="",
        prose=(),
        symbols=symbols(claims),
        sizes=tuple(dict.fromkeys(size for claim in claims for size in sizes_of(claim))),
        where=(),
        given=goal.given,
        says=goal.claim,
        over=over,
        steps=(),
        facts=(),
        sketch="",
        source=None,
        notation=Notation().at(claims),
    )


def _parts(about: Document, page: Page, block: Any = str) -> list[str]:
    formulas = Formulas(about.notation, page.room)
    setting = "; ".join(tex.sentence(part, formulas) for part in wording.setting(about))
    found = [f"Here {setting}."] if setting else []
    if about.given:
        found += [wording.assumption(about), block(tex.claims(about, page, about.given))]
    return [*found, wording.conclusion(about), block(tex.claims(about, page, [about.says]))]
