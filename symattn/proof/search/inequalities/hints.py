"""Bounds by hints: what is bounded is one, or more than one by what is known to be >= 0; hints are visibly >= 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.inequalities import sums_of_squares as bounds


def entries(e: Elaborator, goal: NonNegative, hints: Iterable[Any]) -> Iterator[Term]:
    """The entries of hints of the shape of a bound, where it stands; what has no entries there is left out."""
    for hint in hints:
        with suppress(KernelError):
            yield e.entry(hint, *goal.indices) if goal.indices else e.scalar(hint)


def by_hints(
    goal: NonNegative, shown: Iterable[Term], facts: Iterable[Proof], prove: Callable[[Equation], Proof | None]
) -> Proof | None:
    """The bound by the first of what is shown that it equals, or that it is with one of the facts."""
    for term in shown:
        with suppress(KernelError):
            equal = prove(Equation(goal.indices, goal.body, term))
            if equal is not None:
                return bounds.equals(goal, term, equal)
        if (found := bounds.beyond(goal, term, facts)) is not None:
            return found
    return None
