"""A masked sum of what is positive is positive where the mask shows anything.

For a mask M with c = sum M > 0, and e > 0: with a = sum M e and b = sum M/e, Cauchy and Schwarz say that a b >= c^2, so
that a (1 + b) = (a b - c^2) + c^2 + a is positive, and a too.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator

ONE, ZERO = terms.number(1), terms.number(0)


def visible(e: Elaborator, goal: NonNegative, facts: Iterable[Proof]) -> Proof | None:
    """The goal, that a masked sum is positive, by a fact that says so of the sum of its mask."""
    if not goal.strict or goal.body.kind != "sum":
        return None
    bound, inside = goal.body.args
    factors = inside.args if inside.kind == "multiply" else (inside,)
    mask = [f for f in factors if f.kind == "entry" and "mask" in f.args[0].known]
    rest = terms.multiply(*(f for f in factors if f not in mask))
    if len(mask) != 1 or not visibly_positive(rest):
        return None
    whole = terms.summation(bound, mask[0])
    for fact in facts:
        said = fact.conclusion
        places = _places(said, goal) if isinstance(said, NonNegative) and said.strict else None
        if places is not None and isinstance(said, NonNegative):
            if is_zero(terms.subtract(terms.reindex(said.body, dict(places)), whole)):
                known = rules.bound((fact,), NonNegative(goal.indices, whole, True), ZERO, ((0, places, (), ONE),))
                return _positive(e, goal, mask[0], rest, known)
    return None


def _places(said: NonNegative, goal: NonNegative) -> tuple[tuple[int, Index], ...] | None:
    """The indices of the goal for those of a fact of the same sizes; of a size of 1 there is one index only."""
    there = iter([v for v in goal.indices if size_of(v) != ONE_SIZE])
    places: list[tuple[int, Index]] = []
    for v in said.indices:
        index = constant_index(0, ONE_SIZE) if size_of(v) == ONE_SIZE else next(there, None)
        if index is None or size_of(index) != size_of(v):
            return None
        places.append((v, index))
    return tuple(places) if next(there, None) is None else None


def _positive(e: Elaborator, goal: NonNegative, mask: Term, rest: Term, fact: Proof) -> Proof | None:
    """First where the sum of the mask is a letter p > 0, then where it is what the fact says."""
    letter = Letter("visible", tuple(map(size_of, goal.indices)), frozenset({"positive"}))
    p, bound = terms.entry(letter, *goal.indices), goal.body.args[0]
    count = Equation(goal.indices, terms.summation(bound, mask), p)
    inverse = terms.reciprocal(terms.add(ONE, terms.summation(bound, terms.multiply(mask, terms.reciprocal(rest)))))
    shown = terms.multiply(terms.add(_pairs(e, bound, mask, rest), terms.power(p, 2), goal.body), inverse)
    # a = (pairs + p^2 + a)/(1 + b) + (c + p) (c - p)/(1 + b)
    factor = terms.multiply(terms.add(terms.summation(bound, mask), p), inverse)
    uses = ((0, tuple((v, v) for v in goal.indices), (), factor),)
    try:
        lemma = rules.discharge((rules.bound((rules.assume((), count),), goal, shown, uses),), count)
        there = rules.for_positive((fact, lemma), letter)
        return rules.apply((there, rules.identity((), there.conclusion.hypothesis)))
    except KernelError:
        return None


def _pairs(e: Elaborator, bound: tuple[int, ...], mask: Term, rest: Term) -> Term:
    """a b - c^2 = 1/2 sum over v, w of M_v M_w (e_v - e_w)^2/(e_v e_w)."""
    other = {v: e.fresh(size_of(v)) for v in bound}
    mask_, rest_ = (terms.reindex(t, dict(other)) for t in (mask, rest))
    gap = terms.power(terms.subtract(rest, rest_), 2)
    weight = terms.multiply(mask, mask_, terms.reciprocal(rest), terms.reciprocal(rest_))
    half = terms.number(Fraction(1, 2))
    return terms.summation((*bound, *other.values()), terms.multiply(half, weight, gap))
