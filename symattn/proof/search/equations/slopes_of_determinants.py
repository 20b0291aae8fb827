"""Derivatives of determinants of products, transposes and inverses: those of what a theorem says that they are.

The kernel knows the slope of det X in X.  What is equal for all X has the same slope, so that d det(Xᵀ A X) is that of
det X det A det X; it must not rest on a hypothesis about X.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symattn.engine import rules
from symattn.engine.derived import mirrored
from symattn.engine.normal import is_zero
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.search.equations.derived import adapt, equation_of, put_in, replaced

STEPS = 16


def by_factors(goal: Equation, facts: Iterable[Proof], equal: Callable[[Equation], Proof]) -> Proof | None:
    """The goal with a determinant under a derivative written out; `equal` proves what is left then."""
    slope = next((term for side in (goal.left, goal.right) for term in _slopes(side)), None)
    if slope is None:
        return None
    body, target, *places = slope.args
    facts = [*facts]
    turned = [
        mirrored((f,)) for f in facts if isinstance(f.conclusion, Equation) and _is_determinant(f.conclusion.right)
    ]
    same = _written_out(body, target, [*facts, *turned])
    if same is None:
        return None
    indices = tuple(sorted(slope.free))
    there = rules.differentiate((same,), indices, target, tuple(places))
    return put_in(goal, there, equal)


def _is_determinant(side: Term) -> bool:
    return side.kind == "determinant"


def _slopes(side: Term) -> Iterator[Term]:
    """The derivatives with a determinant of something else than the letter in them."""
    for term in terms.walk(side):
        if term.kind == "derivative" and any(_is_other(part, term.args[1]) for part in terms.walk(term.args[0])):
            yield term


def _is_other(part: Term, target: object) -> bool:
    if part.kind != "determinant" or target not in terms.symbols(part):
        return False
    row, column, entries = part.args
    return entries.kind != "entry" or entries.args != (target, row, column)


def _written_out(body: Term, target: object, facts: list[Proof]) -> Proof | None:
    """That the body is the same with other determinants, without a hypothesis about the target; None for no others."""
    known = rules.identity((), Equation(tuple(sorted(body.free)), body, body))
    for _ in range(STEPS):
        said = equation_of(known)
        others = [t for t in terms.walk(said.right) if _is_other(t, target)]
        found = next(((t, f) for t in others for f in facts if _says(f, t)), None)
        if found is None:
            return known if said.left != said.right and not others else None
        other, fact = found
        hole = Letter("determinant", ())
        pattern = Equation(said.indices, said.left, replaced(said.right, {other: terms.entry(hole)}))
        fact = adapt(fact, Equation((), other, equation_of(fact).right))
        known = rules.rewrite((fact, known), pattern, hole)
    return None


def _says(fact: Proof, determinant: Term) -> bool:
    """Whether it says what the determinant is, under no hypothesis, and in other determinants."""
    said = fact.conclusion
    if not isinstance(said, Equation) or said.indices or fact.hypotheses or said.left.kind != "determinant":
        return False
    return _same(said.left, determinant) and not any(_same(part, determinant) for part in terms.walk(said.right))


def _same(one: Term, other: Term) -> bool:
    return one.kind == other.kind and is_zero(terms.subtract(one, other))
