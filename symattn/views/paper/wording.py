"""The sentences round the formulas, the same for every target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from symattn.views.paper.document import Document, Fact, Sentence, Symbols

__all__ = ["assumption", "conclusion", "naming", "proof", "setting", "step"]

_NORM = re.compile(r"normsquared\(([^()]*)\)")
_FACTS = {"mask": "with entries 0 and 1", "positive": "with positive entries", "permutation": "a permutation matrix"}


def setting(document: Document) -> list[Sentence]:
    """What the letters are, kind by kind, and how large the sizes are."""
    found = [tuple(_group(group)) for group in document.symbols if not _is_scale(group, document)]
    least = sorted({size.minimum for size in document.sizes}, reverse=True)
    sizes: list[Any] = []
    for minimum in least:
        of_kind = [size for size in document.sizes if size.minimum == minimum]
        commas = [part for size in of_kind for part in (", ", size)][1:]
        sizes += [" and " if sizes else "", *commas, f" ≥ {minimum}"]
    return [*found, *([("for all sizes ", *sizes)] if sizes else [])]


def _is_scale(group: Symbols, document: Document) -> bool:
    """Whether it is the scale alone, written as what it is of the head width."""
    return document.notation.scale != "tau" and [letter.name for letter in group.letters] == ["tau"]


def naming(document: Document) -> str:
    """How the letters for parts of the claims are introduced."""
    return "Write" if document.where else ""


def assumption(document: Document) -> str:
    return "Assume" if document.given else ""


def conclusion(document: Document) -> str:
    """How the claim is introduced."""
    return f"{'Then, over' if document.given else 'Over'} {document.over},"


def proof(document: Document) -> str:
    """How the proof is introduced: a calculation, an argument, or a sketch that is all there is to print."""
    if document.steps:
        return "By calculation:"
    return "In steps:" if document.facts else document.sketch and f"Idea: {document.sketch}"


def step(fact: Fact) -> str:
    """How a step of an argument is introduced: its number and its reason."""
    reason = _NORM.sub(r"‖\1‖²", fact.reason)
    return f"({fact.number}){f' {reason}:' if reason else ''}{' this is the claim.' if fact.claim is None else ''}"


def _group(group: Symbols) -> Iterator[Any]:
    several = len(group.letters) > 1
    yield from _listed(group.letters)
    yield " are " if several else " is "
    if group.bilinear:
        yield from ("a bilinear map of rows of widths ", group.shape[0], " and ", group.shape[1])
    elif not group.shape:
        yield ("positive numbers" if several else "a positive number") if group.facts else _numbers(several)
    elif group.heads is not None:
        yield from (group.heads, " matrices" + (" each, " if several else ", "), *_shape(group))
    else:
        yield from _shape(group)
        for fact in group.facts:
            yield " and " + _FACTS.get(fact, fact)


def _numbers(several: bool) -> str:
    return "numbers" if several else "a number"


def _shape(group: Symbols) -> Sequence[Any]:
    return (group.shape[0], " by ", group.shape[1])


def _listed(parts: Sequence[Any]) -> Iterator[Any]:
    """A, B and C."""
    for place, part in enumerate(parts):
        if place:
            yield " and " if place == len(parts) - 1 else ", "
        yield part
