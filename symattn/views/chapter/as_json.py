"""A chapter as plain data, for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symattn.language import text
from symattn.views.chapter.parts import Calculation, Prose, Proved, Question, table
from symattn.views.paper.document import Step

__all__ = ["data"]

SCHEMA = 1


def data(number: int, title: str, parts: Iterable[Any]) -> dict[str, Any]:
    """Everything that the text says; formulas as Unicode."""
    return {"schema": SCHEMA, "chapter": number, "title": title, "parts": [_part(part) for part in parts]}


def _part(part: Any) -> dict[str, Any]:
    kind = type(part).__name__.lower()
    if isinstance(part, Prose | Question):
        return {"kind": kind, "text": "\n\n".join(part.paragraphs)}
    if isinstance(part, Calculation):
        return {"kind": "derivation", "given": list(map(text, part.given)), "lines": _lines(part.steps)}
    if isinstance(part, Proved):
        return _theorem(part)
    rows = table(part)
    return {"kind": kind, "caption": rows.caption, "heading": list(rows.heading), "rows": list(map(list, rows.rows))}


def _theorem(part: Proved) -> dict[str, Any]:
    about = part.document
    return {
        "kind": "theorem",
        "name": about.name,
        "title": about.title,
        "prose": list(about.prose),
        "where": list(map(text, about.where)),
        "says": text(about.says),
        "given": list(map(text, about.given)),
        "over": about.over,
        "lines": _lines(about.steps),
        "steps": [
            {"says": text(about.says if fact.claim is None else fact.claim), "reason": fact.reason}
            for fact in about.facts
        ],
        "sketch": about.sketch,
        "witnesses": {name: finding.holds for name, finding in part.row.witnesses.items()},
    }


def _lines(steps: Iterable[Step]) -> list[dict[str, str]]:
    return [
        {"expression": text(s.expression), "reason": s.reason if isinstance(s.reason, str) else text(s.reason)}
        for s in steps
    ]
