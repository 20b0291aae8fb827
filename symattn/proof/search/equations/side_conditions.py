"""Derivatives of logarithms and reciprocals where the facts say that what they are of is positive.

Each of them gets a letter in its place, and the chain rule of the kernel puts it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symattn.engine import rules
from symattn.engine.derived import cancelled, mirrored
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import must_be
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import filled

FUNCTIONS = ("log", "reciprocal")


def by_chain(
    e: Elaborator, goal: Equation, positive: Callable[[NonNegative], Proof | None], equal: Callable[..., Proof]
) -> Proof | None:
    """The goal with a derivative in it taken by the chain rule, its conditions proved by `positive`.

    `equal` proves what is left then, with x (1/x) = 1 for every x that is positive.  None where no derivative has
    conditions, or they are not proved.
    """
    slope = next((term for side in (goal.left, goal.right) for term in _derivatives(side)), None)
    found = _chained(e, slope, positive) if slope is not None else None
    if slope is None or found is None:
        return None
    chained, premises = found
    value = must_be(chained.conclusion, Equation)
    if value.left != slope:
        raise KernelError("the chain rule says something of another derivative")
    hole = Letter("hole", tuple(map(size_of, value.indices)))
    there = terms.entry(hole, *value.indices)
    pattern = Equation(goal.indices, *(_replaced(side, {slope: there}) for side in (goal.left, goal.right)))
    same = equal(filled(pattern, hole, Array(value.indices, value.right)), [cancelled((p,)) for p in premises])
    return rules.rewrite((mirrored((chained,)), same), pattern, hole)


def _derivatives(side: Term) -> Iterator[Term]:
    """The derivatives that have conditions, but for those inside of others."""
    if side.kind == "derivative":
        yield from [side] if any(_conditional(*side.args[:2])) else []
    else:
        for part in side.below:
            yield from _derivatives(part)


def _chained(
    e: Elaborator, slope: Term, positive: Callable[[NonNegative], Proof | None]
) -> tuple[Proof, list[Proof]] | None:
    """The derivative as the chain rule writes it out, and its conditions; None where one is not proved."""
    body, target, *places = slope.args
    letters, premises = dict[Term, tuple[Letter, str]](), list[Proof]()
    for number, term in enumerate(_conditional(body, target)):
        (x,) = term.below
        here = {v: e.fresh(size_of(v)) for v in sorted(x.free)}
        premise = positive(NonNegative(tuple(here.values()), terms.reindex(x, dict(here)), True))
        if premise is None:
            return None
        premises.append(premise)
        letters[term] = Letter(f"outer {number}", tuple(map(size_of, here))), term.kind
    abstracted = _replaced(
        body, {term: terms.entry(letter, *sorted(term.free)) for term, (letter, _) in letters.items()}
    )
    given = abstracted, (*letters.values(),), target, (*places,)
    return rules.chain(premises, tuple(sorted(slope.free)), *given), premises


def _conditional(body: Term, target: object) -> Iterator[Term]:
    """What has a derivative only where something is positive that is not seen to be."""
    for term in dict.fromkeys(terms.walk(body)):
        if term.kind in FUNCTIONS and target in terms.symbols(term) and not visibly_positive(term.below[0]):
            yield term


def _replaced(term: Term, by: dict[Term, Term]) -> Term:
    if term in by:
        return by[term]
    return terms.rebuild(term, lambda part: _replaced(part, by)) if term.below else term
