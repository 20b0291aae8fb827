"""Proof: an equation as a combination of known ones.

The difference of the two sides is reduced: wherever a product contains one side of a fact, the fact takes it away,
until nothing is left.  First every fact is used from its longer side to its shorter one; what remains is searched.  The
steps become one use of the kernel's rule `combine`, which checks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from symattn.errors import KernelError
from symattn.kernel import formulas, rules, terms
from symattn.kernel.formulas import Equation, NonNegative
from symattn.kernel.inequalities import visibly_nonnegative
from symattn.kernel.logic import Use
from symattn.kernel.normal import cleared, normal
from symattn.kernel.polynomial import Number, positive_parameter
from symattn.kernel.sizes import Index, constant_index, part_index, replace_in, size_of, variables_of
from symattn.kernel.terms import Term
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.reify import Flat, Found, flatten, occurrences, parameters, term_of_factor
from symattn.proof.units import primitive

STEPS, CHOICES, ROUNDS, NODES = 8, 3, 80, 200


@dataclass(frozen=True)
class _Fact:
    """A known equation, times a positive unit: its difference, and the products in it that may be taken away."""

    which: int
    places: tuple[tuple[int, Index], ...]
    indices: tuple[int, ...]
    unit: Term
    difference: Term
    patterns: tuple[tuple[Flat, Number], ...]
    longest: tuple[tuple[Flat, Number], ...]
    is_bound: bool = False


@dataclass(frozen=True)
class _Step:
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


def reduce(e: Elaborator, goal: Equation, known: list[Theorem]) -> Theorem | None:
    """The goal as a combination of the known equations, when the search finds one."""
    equations = [t for t in known if isinstance(t.conclusion, Equation)]
    facts = [f for which, t in enumerate(equations) for f in _facts(e, which, t.conclusion)]
    goal_unit, whole = primitive(terms.subtract(goal.left, goal.right), e.fresh)
    taken, rest = _shorten(e, whole, facts)
    for before, start in ((taken, rest), ([], whole)):
        found = _descend(e, start, facts, STEPS, set())
        if found is not None:
            uses = tuple(s.use(goal_unit) for s in (*before, *found))
            try:
                premises, uses = _needed(equations, uses)
                return rules.combine(premises, goal, uses)
            except KernelError:
                continue
    return None


def bounded(e: Elaborator, goal: NonNegative, known: list[Theorem]) -> Theorem | None:
    """The goal as a combination of known equations and bounds, with factors of bounds that are visibly >= 0."""
    premises = [t for t in known if isinstance(t.conclusion, Equation | NonNegative)]
    facts = [f for which, t in enumerate(premises) for f in _as_facts(e, which, t.conclusion)]
    goal_unit, whole = primitive(goal.body, e.fresh)
    found = _descend(e, whole, facts, STEPS, set()) if any(f.is_bound for f in facts) else None
    if found is None:
        return None
    try:
        needed, uses = _needed(premises, tuple(s.use(goal_unit) for s in found))
        return rules.bound(needed, goal, terms.number(0), uses)
    except KernelError:
        return None


def _needed(premises: list[Theorem], uses: tuple[Use, ...]) -> tuple[tuple[Theorem, ...], tuple[Use, ...]]:
    """Only the premises that are used, so that the theorem rests on nothing else."""
    kept = sorted({which for which, *_ in uses})
    return tuple(premises[k] for k in kept), tuple((kept.index(which), *rest) for which, *rest in uses)


def _as_facts(e: Elaborator, which: int, said: Equation | NonNegative) -> Iterator[_Fact]:
    if isinstance(said, Equation):
        yield from _facts(e, which, said)
    else:
        below = Equation(said.indices, said.body, terms.number(0))
        yield from (replace(fact, is_bound=True) for fact in _facts(e, which, below))


def _facts(e: Elaborator, which: int, equation: Equation) -> Iterator[_Fact]:
    """The equation, block by block where an index runs over blocks."""
    difference = terms.subtract(equation.left, equation.right)
    choices = [_blocks(e, v, difference) or [v] for v in equation.indices]
    for indices in product(*choices):
        yield _fact(which, tuple(zip(equation.indices, indices, strict=True)), difference, e)


def _blocks(e: Elaborator, v: int, body: Term) -> list[Index]:
    """The index in each block, when the term splits its size."""
    inside = (a for t in terms.walk(body) if t.kind in ("delta", "entry") for a in t.args if isinstance(a, tuple))
    splits = (a[1] for a in inside if a[0] == "part" and size_of(a) == size_of(v))
    sizes = next(splits, ())
    return [part_index(sizes, k, e.fresh(size)) for k, size in enumerate(sizes)]


def _fact(which: int, places: tuple[tuple[int, Index], ...], whole: Term, e: Elaborator) -> _Fact:
    unit, difference = primitive(terms.reindex(whole, dict(places)), e.fresh)
    patterns = [(flatten(m, e.fresh), c) for m, c in normal(difference).items()]
    usable = tuple((p, c) for p, c in patterns if p.atoms or p.params)
    most = max((_length(p) for p, _ in patterns), default=0)
    longest = tuple((p, c) for p, c in usable if _length(p) == most)
    indices = tuple(w for _, index in places for w in variables_of(index))
    return _Fact(which, places, indices, unit, difference, usable, longest if len(longest) == 1 else ())


def _length(flat: Flat) -> Number:
    return sum(abs(power) for _, _, power in flat.atoms)


def _shorten(e: Elaborator, whole: Term, facts: list[_Fact]) -> tuple[list[_Step], Term]:
    """Every fact used from its longest product to the rest, as long as there is one to use."""
    taken: list[_Step] = []
    while len(taken) < ROUNDS:
        step = next((s for m, c in _products(whole) for s in _steps(e, flatten(m, e.fresh), c, facts, True)), None)
        if step is None:
            break
        taken.append(step)
        whole = terms.subtract(whole, step.taken)
    return taken, whole


def _products(whole: Term) -> list[tuple]:
    return sorted(normal(whole).items(), key=lambda item: (-len(item[0][1]), repr(item)))


def _descend(e: Elaborator, rest: Term, facts: list[_Fact], depth: int, seen: set) -> list[_Step] | None:
    poly = normal(rest)
    if not poly or not cleared(poly):
        return []
    key = frozenset(poly.items())
    if depth == 0 or key in seen or len(seen) >= NODES:
        return None
    seen.add(key)
    for monomial, coefficient in _products(rest):
        for step in islice(_steps(e, flatten(monomial, e.fresh), coefficient, facts, False), CHOICES):
            below = _descend(e, terms.subtract(rest, step.taken), facts, depth - 1, seen)
            if below is not None:
                return [step, *below]
    return None


def _steps(e: Elaborator, target: Flat, coefficient: Number, facts: list[_Fact], shortening: bool) -> Iterator[_Step]:
    for fact in facts:
        for pattern, weight in fact.longest if shortening else fact.patterns:
            ratio = _ratio(target, pattern)
            for found in occurrences(pattern, target) if ratio is not None else ():
                values = _values(fact, found, target)
                if values is not None:
                    number = terms.number(terms.Fraction(coefficient) / terms.Fraction(weight))
                    others = [term_of_factor(a, e.fresh) for a in found.rest]
                    factor = terms.multiply(number, *ratio, *others)
                    if not fact.is_bound or visibly_nonnegative(factor):
                        yield _step(fact, pattern, target, found, values, factor)


def _ratio(target: Flat, pattern: Flat) -> list[Term] | None:
    """The parameters of the target over those of the pattern, when that may be divided."""
    powers = dict(target.params)
    for number, exponent in pattern.params:
        powers[number] = powers.get(number, 0) - exponent
    if any(p < 0 and not positive_parameter(n) for n, p in powers.items()):
        return None
    return parameters(tuple((n, p) for n, p in powers.items() if p))


def _values(fact: _Fact, found: Found, target: Flat) -> dict[int, Index] | None:
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


def _step(fact: _Fact, pattern: Flat, target: Flat, found: Found, values: dict[int, Index], factor: Term) -> _Step:
    inner = {found.values[v] for v in pattern.bound}
    bound = tuple(v for v in target.bound if v not in inner)
    places = tuple((v, replace_in(index, values.__getitem__)) for v, index in fact.places)
    moving = frozenset(w for index in values.values() for w in variables_of(index))
    there, by = (terms.reindex(formulas.refresh(t, moving), values) for t in (fact.difference, fact.unit))
    taken = terms.summation(bound, terms.multiply(factor, there))
    return _Step(fact.which, places, bound, factor, by, taken)
