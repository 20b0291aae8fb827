"""Proof: an equation block by block, where an index runs over blocks of a size such as `n + m`."""

from __future__ import annotations

from collections.abc import Callable

from symattn.kernel import rules, terms
from symattn.kernel.formulas import Equation
from symattn.kernel.normal import normal
from symattn.kernel.sizes import Index, Size, part_index
from symattn.kernel.terms import Term
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.reify import term_of_poly


def _split(e: Elaborator, goal: Equation) -> tuple[int, tuple[Size, ...]] | None:
    """An index of the goal that some delta compares with a place in one part of a split size."""
    found = _compared(goal, goal.left, goal.right)
    if found is None and any(t.kind == "delta" and _is_part(*t.args) for t in terms.walk(goal.left, goal.right)):
        # a sum over another index may have to be taken first
        found = _compared(goal, term_of_poly(normal(terms.subtract(goal.left, goal.right)), e.fresh))
    return found


def _is_part(*indices: Index) -> bool:
    return any(isinstance(index, tuple) and index[0] == "part" for index in indices)


def _compared(goal: Equation, *sides: Term) -> tuple[int, tuple[Size, ...]] | None:
    for term in terms.walk(*sides):
        if term.kind == "delta":
            for here, there in (term.args, term.args[::-1]):
                if here in goal.indices and isinstance(here, int) and isinstance(there, tuple) and there[0] == "part":
                    return here, there[1]
    return None


def in_parts(e: Elaborator, goal: Equation, prove: Callable[[Equation], Theorem]) -> Theorem | None:
    """The goal for each part of a split index, and so for the whole index."""
    found = _split(e, goal)
    if found is None:
        return None
    index, sizes = found
    places = tuple(e.fresh(size) for size in sizes)
    premises = []
    for which, place in enumerate(places):
        part = {index: part_index(sizes, which, place)}
        indices = tuple(place if v == index else v for v in goal.indices)
        premises.append(prove(Equation(indices, *(terms.reindex(side, part) for side in (goal.left, goal.right)))))
    return rules.split(premises, goal, index, places)
