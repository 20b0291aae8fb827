"""Derivatives of logarithms, reciprocals and determinants where the facts say what these need.

A logarithm and a reciprocal need that what they are of is positive, a determinant that its matrix has an inverse.  Each
gets a letter in its place, inner ones first, and the chain rule of the kernel puts it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from symattn.engine import rules
from symattn.engine.derived import cancelled
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import must_be
from symattn.kernel.rules.ranks import unit_equation
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative, terms_of
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import put_in, replaced

FUNCTIONS = ("log", "reciprocal")
INVERTIBLE = frozenset({"invertible", "orthogonal", "permutation"})


def by_chain(
    e: Elaborator,
    goal: Equation,
    facts: Iterable[Proof],
    certain: Callable[[NonNegative | Equation], Proof | None],
    equal: Callable[..., Proof],
) -> Proof | None:
    """The goal with a derivative in it taken by the chain rule, its conditions proved by `certain`.

    `equal` proves what is left then, with x (1/x) = 1 for every x that is positive.  None where no derivative has
    conditions, or they are not proved.
    """
    slope = next((term for side in (goal.left, goal.right) for term in _derivatives(side)), None)
    found = _Chain(e, slope, _invertible(facts, goal), certain).taken() if slope is not None else None
    if slope is None or found is None:
        return None
    chained, premises = found
    if must_be(chained.conclusion, Equation).left != slope:
        raise KernelError("the chain rule says something of another derivative")
    positive = [cancelled((p,)) for p in premises if isinstance(p.conclusion, NonNegative)]
    return put_in(goal, chained, lambda rest: equal(rest, positive))


def _derivatives(side: Term) -> Iterator[Term]:
    """The derivatives that have conditions, but for those inside of others."""
    if side.kind == "derivative":
        yield from [side] if any(_conditional(*side.args[:2])) else []
    else:
        for part in side.below:
            yield from _derivatives(part)


def _invertible(facts: Iterable[Proof], goal: Equation) -> list[Letter]:
    """The letters that have an inverse, in what is known and in the goal, and their inverses."""
    roots = [*terms_of(goal), *(t for f in facts for t in terms_of(f.conclusion))]
    found = {a for t in terms.walk(*roots) if t.kind == "entry" for a in t.args[:1] if a.facts & INVERTIBLE}
    return sorted({*found, *map(inverted, found)}, key=lambda a: (a.name, a.inverse))


class _Chain:
    """A derivative as the chain rule writes it out."""

    def __init__(
        self,
        e: Elaborator,
        slope: Term,
        invertible: list[Letter],
        certain: Callable[[NonNegative | Equation], Proof | None],
    ) -> None:
        self.e, self.slope, self.invertible, self.certain = e, slope, invertible, certain
        self.letters: dict[Term, Term] = {}

    def taken(self) -> tuple[Proof, list[Proof]] | None:
        """The derivative and its conditions; None where one of these is not proved."""
        body, target, *places = self.slope.args
        premises, outer = list[Proof](), list[tuple[Letter, Any, Array]]()
        for term in _conditional(body, target):
            found = self._inverse(term) if term.kind == "determinant" else self._positive(term)
            if found is None:
                return None
            premise, f, inner = found
            own = inner.indices if term.kind in FUNCTIONS else ()
            letter = Letter(f"outer {len(outer)}", tuple(map(size_of, own)))
            premises.append(premise)
            outer.append((letter, f, inner))
            self.letters[term] = terms.entry(letter, *_free(term))
        given = replaced(body, self.letters), tuple(outer), target, tuple(places)
        return rules.chain(premises, tuple(sorted(self.slope.free)), *given), premises

    def _positive(self, term: Term) -> tuple[Proof, str, Array] | None:
        """What a logarithm or a reciprocal is of is positive."""
        (x,) = term.below
        here = {v: self.e.fresh(size_of(v)) for v in _free(term)}
        indices = tuple(here.values())
        premise = self.certain(NonNegative(indices, terms.reindex(x, dict(here)), True))
        inner = Array(indices, terms.reindex(replaced(x, self.letters), dict(here)))
        return None if premise is None else (premise, term.kind, inner)

    def _inverse(self, term: Term) -> tuple[Proof, Array, Array] | None:
        """What a determinant is of has an inverse: that of a letter which is known to be equal to it."""
        *indices, entries = term.args
        matrix = Array(tuple(indices), entries)
        i, j = matrix.indices
        for letter in self.invertible:
            if letter.sizes == matrix.sizes:
                for places in ((i, j), (j, i)):
                    inverse = Array((i, j), terms.entry(inverted(letter), *places))
                    premise = self.certain(unit_equation(matrix, inverse))
                    if premise is not None:
                        return premise, inverse, Array((i, j), replaced(entries, self.letters))
        return None


def _free(term: Term) -> list[int]:
    return sorted(term.free)


def _conditional(body: Term, target: object) -> list[Term]:
    """What has a derivative only where something is so that is not seen to be, inner ones first."""
    found = [term for term in dict.fromkeys(terms.walk(body)) if target in terms.symbols(term) and _needs(term, target)]
    return sorted(found, key=lambda term: sum(other in terms.walk(term) for other in found))


def _needs(term: Term, target: object) -> bool:
    if term.kind == "determinant":
        row, column, entries = term.args
        return entries.kind != "entry" or entries.args != (target, row, column)
    return term.kind in FUNCTIONS and not visibly_positive(term.below[0])
