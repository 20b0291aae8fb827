"""Bounds and equations where entries of masks are 0 or 1: every case is looked at by itself.

A case has a mark m, the product of the z that are 1 in it and of the 1 - z of those that are 0.  From what is known in
it, m² f[case] = m² f, a bound m² b[case] >= 0 is found by linear programming, for a letter in the place of m; the goal
is the sum of all cases, for the squares of the marks add up to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from symattn.engine import rules
from symattn.engine.derived import at_arrays, product as products_of
from symattn.engine.normal import normal
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative, terms_of
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, Variable, constant_index, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import Flat, flatten, parameters, term_of_factor, term_of_poly
from symattn.proof.search.equations.derived import moved, use

MASKS = 4
"""With more of them there are too many cases."""
FACTS, FACTORS = 24, 8

Comparison = Equation | NonNegative
Prove = Callable[[NonNegative, list[Proof]], Proof | None]
"""Finds a bound from facts."""


@dataclass(frozen=True)
class _Case:
    """The value of each mask entry, and the product that is 1 in this case and 0 in the others."""

    values: dict[Term, int]

    @property
    def mark(self) -> Term:
        one = terms.number(1)
        return terms.multiply(one, *(z if value else terms.subtract(one, z) for z, value in self.values.items()))

    def of(self, term: Term) -> Term:
        """The term in this case."""
        if term in self.values:
            return terms.number(self.values[term])
        if term.kind == "sum" and any(z.free.intersection(term.args[0]) for z in self.values):
            return term
        return terms.rebuild(term, self.of) if term.below else term


def by_masks(e: Elaborator, goal: NonNegative, facts: Sequence[Proof], prove: Prove) -> Proof | None:
    """The bound in every case, or of every summand where it is about sums over one index."""
    if goal.strict or not facts or not _masks_in([goal, *(f.conclusion for f in facts)]):
        return None
    if (found := _in_cases(e, goal, facts, prove)) is not None:
        return found
    if (inner := _summand(e, goal)) is None:
        return None
    bound, over = inner
    each = _in_cases(e, bound, facts, prove)
    try:
        places = tuple((v, v) for v in bound.indices)
        uses = ((0, places, over, terms.number(1)),)
        return rules.bound((each,), goal, terms.number(0), uses) if each is not None else None
    except KernelError:
        return None


def equal_by_masks(e: Elaborator, goal: Equation, facts: Sequence[Proof], prove: Prove) -> Proof | None:
    """The equation from two bounds, each of them in every case."""
    if not _masks_in([f.conclusion for f in facts if isinstance(f.conclusion, NonNegative)]):
        return None
    body = terms.subtract(goal.left, goal.right)
    sides = [NonNegative(goal.indices, body), NonNegative(goal.indices, terms.negative(body))]
    proofs = []
    for side in sides:
        found = prove(side, [*facts]) or by_masks(e, side, facts, prove)
        if found is None:
            return None
        proofs.append(found)
    return rules.combine((rules.vanish(proofs, ()),), goal, (use(0, goal.indices, goal.indices),))


def _masks_in(formulas: Sequence[object]) -> bool:
    return any(_is_mask(t) for formula in formulas for root in terms_of(formula) for t in terms.walk(root))


def _plain(e: Elaborator, term: Term) -> Term:
    """The term in its normal form, where what runs over one place is at that place."""
    return term_of_poly(normal(term), e.fresh)


def _is_mask(term: Term) -> bool:
    return term.kind == "entry" and "mask" in term.args[0].known


def _in_cases(e: Elaborator, goal: NonNegative, facts: Sequence[Proof], prove: Prove) -> Proof | None:
    """The goal as the sum of its cases."""
    plain = NonNegative(goal.indices, _plain(e, goal.body))
    masks = [t for t in terms.walk(plain.body) if _is_mask(t) and t.free <= {*goal.indices}]
    masks = sorted(dict.fromkeys(masks), key=lambda z: (z.args[0].name, repr(z.args[1:])))
    if not 0 < len(masks) <= MASKS:
        return None
    here = list(_at_the_goal(e, plain, facts, masks))[:FACTS]
    if any(_unmarked(flatten(m, e.fresh), e) > 1 for m in normal(plain.body)):
        here += _products(here)
    proofs = []
    for values in product((1, 0), repeat=len(masks)):
        found = _in_case(e, plain, here, _Case(dict(zip(masks, values, strict=True))), prove)
        if found is None:
            return None
        proofs.append(found)
    same = [use(which, goal.indices, goal.indices) for which in range(len(proofs))]
    try:
        return rules.bound(tuple(proofs), goal, terms.number(0), tuple(same))
    except KernelError:
        return None


def _unmarked(flat: Flat, e: Elaborator) -> int:
    """How many factors of a product are no masks."""
    return len(flat.params) + sum(not _is_mask(term_of_factor((s, p, 1), e.fresh)) for s, p, _ in flat.atoms)


def _products(facts: list[Proof]) -> Iterator[Proof]:
    """a b >= 0 for two known bounds, for the first of them."""
    bounds = [fact for fact in facts if isinstance(fact.conclusion, NonNegative)]
    for pair in combinations(bounds[:FACTORS], 2):
        with suppress(KernelError):
            yield products_of(pair)


def _in_case(e: Elaborator, goal: NonNegative, facts: list[Proof], case: _Case, prove: Prove) -> Proof | None:
    """m² b[case] >= 0, from what is known times m²."""
    mark = Letter(e.unused("case"), tuple(map(size_of, goal.indices)))
    weight = terms.power(terms.entry(mark, *goal.indices), 2)
    inside = [_put(fact.conclusion, lambda t: terms.multiply(weight, case.of(t))) for fact in facts]
    said = [*dict.fromkeys(f for f in inside if not _is_trivial(f))]
    wanted = NonNegative(goal.indices, terms.multiply(weight, case.of(goal.body)))
    lemma = prove(wanted, [rules.assume((), f) for f in said])
    if lemma is None:
        return None
    used = [f for f in said if f in lemma.hypotheses]
    for formula in reversed(used):
        lemma = rules.discharge((lemma,), formula)
    square = terms.power(case.mark, 2)
    value = Array(goal.indices, case.mark)
    try:
        known = [_times(facts[inside.index(f)], square, case, goal.indices) for f in used]
        return at_arrays(lemma, ((mark, value),), *known)
    except KernelError:
        return None


def _times(fact: Proof, square: Term, case: _Case, indices: tuple[int, ...]) -> Proof:
    """The fact times the square of the mark, as it is in the case."""
    said: Any = fact.conclusion
    new = _put(said, lambda t: terms.multiply(square, case.of(t)))
    uses = (use(0, said.indices, said.indices, square),)
    if isinstance(new, Equation):
        return rules.combine((fact,), new, uses)
    return rules.bound((fact,), new, terms.number(0), uses)


def _put(said: Any, change: Callable[[Term], Term]) -> Comparison:
    if isinstance(said, Equation):
        return Equation(said.indices, change(said.left), change(said.right))
    return NonNegative(said.indices, change(said.body))


def _is_trivial(said: Comparison) -> bool:
    return not normal(said.body if isinstance(said, NonNegative) else terms.subtract(said.left, said.right))


def _at_the_goal(e: Elaborator, goal: NonNegative, facts: Sequence[Proof], masks: list[Term]) -> Iterator[Proof]:
    """Every bound and equation, at the places of the goal, and at those where it speaks of one of the masks."""
    seen: set[Comparison] = set()
    for fact in facts:
        said = fact.conclusion
        if not isinstance(said, Equation | NonNegative):
            continue
        for places in _places(said, goal, masks):
            new = _moved(e, fact, goal, places)
            if new is not None and new.conclusion not in seen:
                seen.add(new.conclusion)  # type: ignore[arg-type]
                yield new


def _places(said: Comparison, goal: NonNegative, masks: list[Term]) -> Iterator[dict[int, Index]]:
    """Values for the indices of a fact among those of the goal: first where it speaks of one of the masks."""
    inside = [t for root in terms_of(said) for t in terms.walk(root) if _is_mask(t)]
    same = [zip(m.args[1:], z.args[1:], strict=True) for m in inside for z in masks if m.args[0] == z.args[0]]
    first: list[dict[int, Index]] = [{v: w for v, w in pairs if type(v) is Variable} for pairs in same]
    only = [constant_index(0, ONE_SIZE)]
    for fixed in (*first, {}):
        choices = [
            [fixed[v]] if v in fixed else [w for w in (*goal.indices, *only) if size_of(w) == size_of(v)]
            for v in said.indices
        ]
        for values in product(*choices):
            yield dict(zip(said.indices, values, strict=True))


def _moved(e: Elaborator, fact: Proof, goal: NonNegative, places: dict[int, Index]) -> Proof | None:
    """The fact at these places of the goal, about all its indices."""
    said: Any = fact.conclusion
    uses = (use(0, said.indices, [places[v] for v in said.indices]),)
    try:
        if isinstance(said, Equation):
            left, right = (_plain(e, moved(side, places)) for side in (said.left, said.right))
            return rules.combine((fact,), Equation(goal.indices, left, right), uses)
        return rules.bound(
            (fact,), NonNegative(goal.indices, _plain(e, moved(said.body, places))), terms.number(0), uses
        )
    except KernelError:
        return None


def _summand(e: Elaborator, goal: NonNegative) -> tuple[NonNegative, tuple[int, ...]] | None:
    """What a goal is the sum of, where all of it are sums over the same sizes."""
    found, over = [], None
    for monomial, weight in normal(goal.body).items():
        flat = flatten(monomial, e.fresh)
        over = flat.bound if over is None else over
        if [size_of(v) for v in flat.bound] != [size_of(v) for v in over] or not over:
            return None
        rename = dict(zip(flat.bound, over, strict=True))
        factors = [term_of_factor(f, e.fresh) for f in flat.atoms]
        inside = moved(terms.multiply(terms.number(weight), *parameters(flat.params), *factors), rename)
        found.append(inside)
    if over is None:
        return None
    return NonNegative((*goal.indices, *over), terms.add(*found)), over
