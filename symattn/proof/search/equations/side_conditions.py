"""Derivatives of logarithms and reciprocals where the facts say that what they are of is positive.

Each of them gets a letter in its place, and the chain rule of the kernel puts it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import must_be
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator

FUNCTIONS = ("log", "reciprocal")


def by_chain(
    e: Elaborator, goal: Equation, positive: Callable[[NonNegative], Proof | None], equal: Callable[[Equation], Proof]
) -> Proof | None:
    """A derivative whose conditions are proved by `positive`, as `equal` says that it is; None where there are none."""
    if goal.left.kind != "derivative":
        return None
    body, target, *places = goal.left.args
    letters, premises = dict[Term, tuple[Letter, str]](), list[Proof]()
    for number, term in enumerate(_conditional(body, target)):
        (x,) = term.below
        here = {v: e.fresh(size_of(v)) for v in sorted(x.free)}
        premise = positive(NonNegative(tuple(here.values()), terms.reindex(x, dict(here)), True))
        if premise is None:
            return None
        premises.append(premise)
        letters[term] = Letter(f"outer {number}", tuple(map(size_of, here))), term.kind
    if not letters:
        return None
    chained = rules.chain(premises, goal.indices, _abstracted(body, letters), (*letters.values(),), target, (*places,))
    said = must_be(chained.conclusion, Equation)
    if said.left != goal.left:
        raise KernelError("the chain rule says something of another derivative")
    same = equal(replace(said, left=said.right, right=goal.right))
    hole = Letter("hole", tuple(map(size_of, goal.indices)))
    pattern = Equation(goal.indices, goal.left, terms.entry(hole, *goal.indices))
    return rules.rewrite((same, chained), pattern, hole)


def _conditional(body: Term, target: object) -> Iterator[Term]:
    """What has a derivative only where something is positive that is not seen to be."""
    for term in dict.fromkeys(terms.walk(body)):
        if term.kind in FUNCTIONS and target in terms.symbols(term) and not visibly_positive(term.below[0]):
            yield term


def _abstracted(body: Term, letters: dict[Term, tuple[Letter, str]]) -> Term:
    if body in letters:
        return terms.entry(letters[body][0], *sorted(body.free))
    return terms.rebuild(body, lambda part: _abstracted(part, letters)) if body.below else body
