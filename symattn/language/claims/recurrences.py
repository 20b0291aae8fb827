"""Recurrences.  What a claim about all steps says of states: which family has them, and how one makes the next.

A recurrence is no expression.  It is a value that a family can have at a sample, from its first member on.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic, S

from symattn.errors import LanguageError
from symattn.language.claims.claims import Equal
from symattn.language.heads import Family, Member, place_of
from symattn.language.over_heads import HeadStack
from symattn.language.printing.text import text
from symattn.language.trees.base import Binder, Printed, as_sympy

__all__ = ["Recurrence", "recurrence", "recurrence_in"]


class Recurrence(Printed, Binder, Basic):
    """The states X[0] = start and X[l + 1] = step, where step has X[l] in it.

    family    X, one member more than there are steps
    step      what the next state is
    head      l, the index of the step
    start     the first state; X[0] itself where any will do

    >>> L, n, d = sizes("L n d")
    >>> l, X = index("l", L), family("X", L + 1, n, d)
    >>> sa.language.recurrence(ForAll(l, Equal(X[l + 1], 2 * X[l]))).step
    2 X[l]
    """

    outside = (0, 3)

    def __new__(cls, family: Family, step: Any, head: Any, start: Any) -> Recurrence:
        return Basic.__new__(cls, *map(as_sympy, (family, step, head, start)))

    @property
    def family(self) -> Any:
        return self.args[0]

    @property
    def step(self) -> Any:
        return self.args[1]

    @property
    def head(self) -> Any:
        return self.args[2]

    @property
    def start(self) -> Any:
        return self.args[3]

    def _bound(self) -> tuple[Any, ...]:
        return (self.head,)

    def at(self, number: int) -> Any:
        """The state after the step of that number, in terms of those before."""
        return self.step.xreplace({self.head: as_sympy(number)})


def recurrence_in(claim: Any) -> Recurrence | None:
    """The states of which a claim says how one makes the next; None for a claim that says something else."""
    sides = claim.args if isinstance(claim, Equal) else ()
    if not sides or not all(isinstance(side, HeadStack) for side in sides) or sides[0].head != sides[1].head:
        return None
    head, (after, step) = sides[0].head, (side.expr for side in sides)
    if not isinstance(after, Member) or place_of(after.head) != (head, S.One):
        return None
    return Recurrence(after.family, step, head, after.family[0])


def recurrence(steps: Equal, start: Any = None) -> Recurrence:
    """The states that a claim about all steps describes, as the value of a family in an instance of a theorem.

    steps    ForAll(l, Equal(X[l + 1], …)), where the right side is made of X[l]
    start    the first state; by default any

    >>> L, n, d = sizes("L n d")
    >>> l, X = index("l", L), family("X", L + 1, n, d)
    >>> grows = ForAll(l, Equal(X[l + 1], 2 * X[l]))
    >>> claim = Implies(grows, Equal(X[2], 4 * X[0])).xreplace({L: L + 1})
    >>> states = sa.language.recurrence(grows.xreplace({L: L + 1}))
    >>> witness(claim, sample([claim, states]), substitution={states.family: states}).holds
    True

    Raises    LanguageError for another claim
    """
    found = recurrence_in(steps)
    if found is None:
        raise LanguageError(f"{text(steps)} does not say how one state makes the next: write X[l + 1] on the left")
    return found if start is None else Recurrence(found.family, found.step, found.head, start)
