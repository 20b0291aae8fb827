"""An equation as a combination of known ones.

The difference of the two sides is reduced: wherever a product contains one side of a fact, the fact takes it away,
until nothing is left.  First every fact is used from its longer side to its shorter one; what remains is searched.  The
steps become one use of the kernel's rule `combine`, which checks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice

from symattn.engine import rules
from symattn.engine.normal import cleared, normal
from symattn.engine.reading import Monomial, Number, positive_parameter, scale
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import Use
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import Index, constant_index, replace_in, size_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import Flat, Found, flatten, occurrences, over, parameters
from symattn.proof.search.equations.derived import equation_of
from symattn.proof.search.equations.matching import Fact, bound_facts, facts_of
from symattn.proof.search.equations.positive_factors import primitive

STEPS, BOUND_STEPS, CHOICES, ROUNDS, NODES = 8, 12, 3, 80, 200
PRODUCTS = 600
"""At how many products steps are looked for in one descent: long polynomials make its nodes expensive."""
SHALLOW, FEW_PRODUCTS = 2, 60
"""A first descent: a step too many at the start can lead far away from what one or two would have done."""


@dataclass(frozen=True)
class Step:
    which: int
    places: tuple[tuple[int, Index], ...]
    bound: tuple[int, ...]
    factor: Term
    unit: Term
    taken: Term

    def use(self, goal_unit: Term) -> Use:
        parts = [u for u in (self.factor, self.unit) if u != terms.number(1)] or [terms.number(1)]
        if goal_unit != terms.number(1):
            parts.append(terms.reciprocal(goal_unit))
        return self.which, self.places, self.bound, terms.multiply(*parts)


def reduce(e: Elaborator, goal: Equation, known: list[Proof], nodes: int = NODES) -> Proof | None:
    """The goal as a combination of the known equations, when the search finds one in so many nodes."""
    equations = [t for t in known if isinstance(t.conclusion, Equation)]
    facts = [f for which, t in enumerate(equations) for f in facts_of(e, which, equation_of(t))]
    goal_unit, whole = primitive(terms.subtract(goal.left, goal.right), e.fresh)
    taken, rest = _shorten(e, whole, facts)
    choices = _Choices(e, facts)
    for before, start in ((taken, rest), ([], whole)) if taken else (([], whole),):
        found = _deeper(start, choices, STEPS, nodes)
        if found is not None:
            uses = tuple(s.use(goal_unit) for s in (*before, *found))
            try:
                premises, uses = needed(equations, uses)
                return rules.combine(premises, goal, uses)
            except KernelError:
                continue
    return _turned(e, goal, equations, facts)


def _turned(e: Elaborator, goal: Equation, equations: list[Proof], facts: list[Fact]) -> Proof | None:
    """The goal from a step after which c times it is left: `x A xᵀ = - x A xᵀ` for a skew A, so it is 0."""
    unit, whole = primitive(terms.subtract(goal.left, goal.right), e.fresh)
    poly = normal(whole)
    for monomial, coefficient in islice(poly.items(), CHOICES):
        for step in islice(steps(e, flatten(monomial, e.fresh), coefficient, facts, False), CHOICES):
            rest = normal(terms.subtract(whole, step.taken))
            ratio = Fraction(rest.get(monomial, 0)) / Fraction(coefficient)
            if ratio not in (0, 1) and rest == scale(poly, ratio):
                part = terms.number(1 / (1 - ratio))
                try:
                    use = replace(step, factor=terms.multiply(part, step.factor)).use(unit)
                    premises, uses = needed(equations, (use,))
                    return rules.combine(premises, goal, uses)
                except KernelError:
                    continue
    return None


def bounded(e: Elaborator, goal: NonNegative, known: list[Proof], nodes: int = NODES) -> Proof | None:
    """The goal as a combination of known equations and bounds, with factors of bounds that are visibly >= 0.

    Like `reduce`, it looks at so many nodes and no more, in each of two orders.
    """
    premises = [t for t in known if isinstance(t.conclusion, Equation | NonNegative)]
    facts = [f for which, t in enumerate(premises) for f in bound_facts(e, which, t.conclusion)]
    goal_unit, whole = primitive(goal.body, e.fresh)
    if not any(f.is_bound for f in facts):
        return None
    # which product is taken away first decides what the greedy search finds, so it gets a second try from the end
    choices = _Choices(e, facts)
    tries = (_deeper(whole, choices, BOUND_STEPS, nodes, backwards) for backwards in (False, True))
    found = next((one for one in tries if one is not None), None)
    if found is None:
        return None
    try:
        kept, uses = needed(premises, tuple(s.use(goal_unit) for s in found))
        return rules.bound(kept, goal, terms.number(0), uses)
    except KernelError:
        return None


def needed(premises: list[Proof], uses: tuple[Use, ...]) -> tuple[tuple[Proof, ...], tuple[Use, ...]]:
    """Only the premises that are used, so that the theorem rests on nothing else."""
    kept = sorted({use[0] for use in uses})
    return tuple(premises[k] for k in kept), tuple((kept.index(use[0]), *use[1:]) for use in uses)


def _shorten(e: Elaborator, whole: Term, facts: list[Fact]) -> tuple[list[Step], Term]:
    """Every fact used from its longest product to the rest, as long as there is one to use."""
    taken, short = list[Step](), set[Monomial]()
    while len(taken) < ROUNDS:
        step = None
        for monomial, coefficient in _products(whole):
            if monomial not in short:
                step = next(steps(e, flatten(monomial, e.fresh), coefficient, facts, True), None)
                if step is not None:
                    break
                short.add(monomial)
        if step is None:
            break
        taken.append(step)
        whole = terms.subtract(whole, step.taken)
    return taken, whole


def _products(whole: Term, backwards: bool = False) -> list[tuple[Monomial, Number]]:
    """The products of the normal form, those of many factors first."""
    ordered = sorted(normal(whole).items(), reverse=backwards)
    return sorted(ordered, key=lambda item: -len(item[0][1]))


class _Choices:
    """The first steps at a product, made once for all the descents that come to it."""

    def __init__(self, e: Elaborator, facts: list[Fact]) -> None:
        self.e, self.facts = e, facts
        self.known: dict[tuple[Monomial, Number], tuple[list[Step], Iterator[Step]]] = {}

    def at(self, monomial: Monomial, coefficient: Number) -> Iterator[Step]:
        key = monomial, coefficient
        if key not in self.known:
            self.known[key] = [], steps(self.e, flatten(monomial, self.e.fresh), coefficient, self.facts, False)
        made, more = self.known[key]
        for at in range(CHOICES):
            made += islice(more, at + 1 - len(made)) if at == len(made) else ()
            yield from made[at : at + 1]


@dataclass
class _Visited:
    """Where a descent was, and how much of it is left."""

    nodes: int
    products: int = PRODUCTS
    seen: set[frozenset[tuple[Monomial, Number]]] = field(default_factory=set)


def _deeper(rest: Term, choices: _Choices, depth: int, nodes: int, backwards: bool = False) -> list[Step] | None:
    """A short look, and where it finds nothing a long one."""
    found = _descend(rest, choices, SHALLOW, _Visited(nodes, FEW_PRODUCTS), backwards)
    return _descend(rest, choices, depth, _Visited(nodes), backwards) if found is None else found


def _descend(
    rest: Term, choices: _Choices, depth: int, visited: _Visited, backwards: bool = False
) -> list[Step] | None:
    poly = normal(rest)
    if not poly or not cleared(poly):
        return []
    key = frozenset(poly.items())
    if depth == 0 or key in visited.seen or len(visited.seen) >= visited.nodes:
        return None
    visited.seen.add(key)
    for monomial, coefficient in _products(rest, backwards):
        visited.products -= 1
        if visited.products < 0:
            return None
        for step in choices.at(monomial, coefficient):
            below = _descend(terms.subtract(rest, step.taken), choices, depth - 1, visited, backwards)
            if below is not None:
                return [step, *below]
    return None


def steps(e: Elaborator, target: Flat, coefficient: Number, facts: list[Fact], shortening: bool) -> Iterator[Step]:
    for fact in facts:
        for pattern, weight in fact.longest if shortening else fact.patterns:
            if not pattern.marks <= target.marks:
                continue
            powers = over(target.params, pattern.params)
            if any(p < 0 and not positive_parameter(n) for n, p in powers):
                continue
            for found in occurrences(pattern, target):
                values = _values(fact, found, target)
                if values is not None:
                    number = terms.number(Fraction(coefficient) / Fraction(weight))
                    others = [target.term_of(a, e.fresh) for a in found.rest]
                    factor = terms.multiply(number, *parameters(powers), *others)
                    if not fact.is_bound or visibly_nonnegative(factor):
                        yield _step(fact, pattern, target, found, values, factor)
                    elif (whole := _squared(others, pattern, target, found, values)) is not None:
                        factor = terms.multiply(number, *parameters(powers), whole)
                        if visibly_nonnegative(factor):
                            yield _step(fact, pattern, target, found, values, factor, bound=())


def _values(fact: Fact, found: Found, target: Flat) -> dict[int, Index] | None:
    """A value for every index of the fact: what the product does not mention may be anything."""
    values: dict[int, Index] = dict(found.values)
    here = [v for _, places, _ in target.atoms for v in places if v not in target.bound]
    for v in fact.indices:
        if v not in values:
            alike = [w for w in here if size_of(w) == size_of(v)]
            if size_of(v).minimum < 1 and not alike:
                return None
            values[v] = constant_index(0, size_of(v)) if size_of(v).minimum >= 1 else alike[0]
    return values


def _squared(factors: list[Term], pattern: Flat, target: Flat, found: Found, values: dict[int, Index]) -> Term | None:
    """`x_i k_i x_j k_j` summed over i and j as the square of one sum, where the fact is about neither index."""
    bound = {v for v in target.bound if v not in {found.values[w] for w in pattern.bound}}
    if not bound or any(v in bound for v in values.values()):
        return None
    parts: list[Term] = []
    while factors:
        near, reached = [factors[0]], factors[0].free & bound
        while new := [f for f in factors if f not in near and f.free & reached]:
            near += new
            reached = reached.union(*(f.free & bound for f in new))
        factors = [f for f in factors if f not in near]
        parts.append(terms.summation(tuple(sorted(reached)), terms.multiply(*near)))
    squares: list[Term] = []
    while parts:
        one = parts.pop()
        other = next((p for p in parts if p == one or normal(p) == normal(one)), None)
        squares.append(one if other is None else terms.power(one, 2))
        parts = [p for p in parts if p is not other]
    return terms.multiply(*squares) if squares else None


def _step(
    fact: Fact,
    pattern: Flat,
    target: Flat,
    found: Found,
    values: dict[int, Index],
    factor: Term,
    bound: tuple[int, ...] | None = None,
) -> Step:
    if bound is None:
        inner = {found.values[v] for v in pattern.bound}
        bound = tuple(v for v in target.bound if v not in inner)
    places = tuple((v, replace_in(index, values.__getitem__)) for v, index in fact.places)
    there, by = fact.at(values)
    taken = terms.summation(bound, terms.multiply(factor, there))
    return Step(fact.which, places, bound, factor, by, taken)
