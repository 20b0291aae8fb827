"""Theory: what is true of attention.  A package is a chapter, a module one concept; importing one proves nothing.

`chapters` says which theorems a name, a number or a title asks for, `answers` recognises theorems in other letters, and
`offers` has those that are put to expressions in a claim.

embedding/    1  what a word alone can know            positions/       6  what a head knows of positions
score/        2  the score as a bilinear form          efficient/       7  attention with less
rank/         3  what a head of width k can score      circuits/        8  what heads are made of
softmax/      4  scores as weights                     memory/          9  attention as retrieval
gradients/    5  how a head learns                     normalisation/  10  norms, sinks, collapse
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from symattn.theory.chapters import chosen

if TYPE_CHECKING:
    from symattn.proof import Statement

__all__ = ["catalogue", "select"]


def catalogue() -> dict[str, Statement]:
    """Every theorem of the theory, by name, in the order of the chapters.

    >>> catalogue()["score_symmetric_iff"].says
    (∀ x, y: total(x W yᵀ) = total(y W xᵀ)) ⇔ W = Wᵀ
    """
    from symattn.proof import Statement

    modules = [import_module(module.name) for module in walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    found = {s.name: s for module in modules for s in vars(module).values() if isinstance(s, Statement)}
    return {s.name: s for s in sorted(found.values(), key=lambda s: [int(part) for part in s.section.split(".")])}


def select(names: Sequence[str] = ()) -> list[Statement]:
    """The theorems that are asked for, each once, or the whole catalogue.

    names    names of theorems or how these begin, sections, and chapters by number, name or title; none means all

    >>> [stated.section for stated in sa.theory.select(["score_symmetric_iff"])]
    ['2.3']
    >>> {stated.chapter for stated in sa.theory.select(["Low rank", "4"])}
    {3, 4}
    >>> sa.theory.select(["score_symetric_iff"])
    Traceback (most recent call last):
        ...
    symattn.errors.UnknownName: no theorem is called score_symetric_iff
      Did you mean score_symmetric_iff, ...?

    Raises    UnknownName, with the nearest names
    """
    known = catalogue()
    if not names:
        return list(known.values())
    return list({statement.name: statement for word in names for statement in chosen(word, known)}.values())
