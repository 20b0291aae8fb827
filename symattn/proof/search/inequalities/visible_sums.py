"""A masked sum of what is positive is positive where the mask shows anything.

For a mask M, which is its own square as products of comparisons are too, with c = sum M > 0, and e > 0: with
a = sum M e and b = sum M/e, Cauchy and Schwarz say that a b >= c^2, so that a (1 + b) = (a b - c^2) + c^2 + a is
positive, and a too.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symattn.engine import rules
from symattn.engine.derived import at_arrays, same
from symattn.engine.normal import is_zero
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import must_be
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, Implies, NonNegative
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator

Places = tuple[tuple[int, Index], ...]
POSITIVE = frozenset({"positive"})
ONE, ZERO = terms.number(1), terms.number(0)


def visible(e: Elaborator, goal: NonNegative, facts: Iterable[Proof]) -> Proof | None:
    """The goal, that a masked sum is positive, by a fact that says so of the sum of its mask."""
    if not goal.strict or goal.body.kind != "sum":
        return None
    bound, inside = goal.body.args
    factors = inside.args if inside.kind == "multiply" else (inside,)
    shown = [f for f in factors if not visibly_positive(f)]
    if not shown or not all(map(visibly_nonnegative, shown)):
        return None
    mask, rest = terms.multiply(*shown), terms.multiply(*(f for f in factors if f not in shown))
    whole = terms.summation(bound, mask)
    for fact in facts:
        said = fact.conclusion
        places = _places(said, goal) if isinstance(said, NonNegative) and said.strict else None
        if places is not None and isinstance(said, NonNegative):
            if is_zero(terms.subtract(terms.reindex(said.body, dict(places)), whole)):
                return _positive(e, goal, mask, rest, (fact, places))
    return None


def _places(said: NonNegative, goal: NonNegative) -> Places | None:
    """The indices of the goal for those of a fact of the same sizes; of a size of 1 there is one index only."""
    there = iter([v for v in goal.indices if size_of(v) != ONE_SIZE])
    places: list[tuple[int, Index]] = []
    for v in said.indices:
        index = constant_index(0, ONE_SIZE) if size_of(v) == ONE_SIZE else next(there, None)
        if index is None or size_of(index) != size_of(v):
            return None
        places.append((v, index))
    return tuple(places) if next(there, None) is None else None


def _positive(e: Elaborator, goal: NonNegative, mask: Term, rest: Term, known: tuple[Proof, Places]) -> Proof | None:
    """The lemma at this mask, which is its own square, and these weights."""
    bound, (fact, places) = goal.body.args[0], known
    here = (*goal.indices, *bound)
    try:
        implication, shown, weight = _lemma(e, goal.indices, bound)
        above = rules.bound((), NonNegative(here, rest, True), rest)
        at = rules.for_positive((above, at_arrays(implication, ((shown, Array(here, mask)),))), weight)
        said = must_be(must_be(at.conclusion, Implies).hypothesis, NonNegative)
        count = rules.bound((fact,), said, ZERO, ((0, places, (), ONE),))
        return rules.bound((rules.apply((at, count)),), goal, ZERO, ((0, same(goal.indices), (), ONE),))
    except KernelError:
        return None


def _lemma(e: Elaborator, indices: tuple[int, ...], bound: tuple[int, ...]) -> tuple[Proof, Letter, Letter]:
    """sum N^2 > 0 implies sum N^2 e > 0, for any N and e > 0; and the letters of both.

    First where sum N^2 is a letter p > 0, then where it is what the hypothesis says.
    """
    here = (*indices, *bound)
    shown, weight = Letter("shown", tuple(map(size_of, here))), Letter("weight", tuple(map(size_of, here)), POSITIVE)
    mask, rest = terms.power(terms.entry(shown, *here), 2), terms.entry(weight, *here)
    letter = Letter("visible", tuple(map(size_of, indices)), POSITIVE)
    p, whole = terms.entry(letter, *indices), terms.summation(bound, mask)
    goal = NonNegative(indices, terms.summation(bound, terms.multiply(mask, rest)), True)
    equal, some = Equation(indices, whole, p), NonNegative(indices, whole, True)
    inverse = terms.reciprocal(terms.add(ONE, terms.summation(bound, terms.multiply(mask, terms.reciprocal(rest)))))
    least = terms.multiply(terms.add(_pairs(e, bound, mask, rest), terms.power(p, 2), goal.body), inverse)
    # a = (pairs + p^2 + a)/(1 + b) + (c + p) (c - p)/(1 + b)
    uses = ((0, same(indices), (), terms.multiply(terms.add(whole, p), inverse)),)
    lemma = rules.discharge((rules.bound((rules.assume((), equal),), goal, least, uses),), equal)
    there = rules.for_positive((rules.assume((), some), lemma), letter)
    met = must_be(there.conclusion, Implies).hypothesis
    found = rules.apply((there, rules.identity((), must_be(met, Equation))))
    return rules.discharge((found,), some), shown, weight


def _pairs(e: Elaborator, bound: tuple[int, ...], mask: Term, rest: Term) -> Term:
    """a b - c^2 = 1/2 sum over v, w of M_v M_w (e_v - e_w)^2/(e_v e_w)."""
    other = {v: e.fresh(size_of(v)) for v in bound}
    mask_, rest_ = (terms.reindex(t, dict(other)) for t in (mask, rest))
    gap = terms.power(terms.subtract(rest, rest_), 2)
    weight = terms.multiply(mask, mask_, terms.reciprocal(rest), terms.reciprocal(rest_))
    half = terms.number(Fraction(1, 2))
    return terms.summation((*bound, *other.values()), terms.multiply(half, weight, gap))
