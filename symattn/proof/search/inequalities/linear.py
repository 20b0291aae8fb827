"""A bound as a combination of known ones and of squares, with weights found by linear programming.

Columns are known bounds and equations times factors that are visibly >= 0, products that are visibly >= 0, and squares
of sums and differences; the rows are the products in them.  What comes out is checked by the kernel's rule `combine`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, islice

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.engine.reading import Monomial, Number, Poly, scale
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import Flat, flatten, parameters, raised, term_of_factor, term_of_poly
from symattn.proof.search.equations.matching import Fact, as_written, bound_facts
from symattn.proof.search.equations.positive_factors import primitive
from symattn.proof.search.equations.reduction import Step, needed, steps
from symattn.proof.search.inequalities.offers import offers
from symattn.proof.search.inequalities.simplex import weights

ROWS, COLUMNS, FACTORS = 80, 240, 4
LOOKS = 8000
"""How often a fact is tried at a product, in all that is tried for one goal."""


@dataclass(frozen=True)
class Column:
    """What may be taken any number of times: how it is used, or what it is, visibly >= 0."""

    poly: Poly
    step: Step | None = None
    shown: Term | None = None


def combination(e: Elaborator, goal: NonNegative, known: list[Proof]) -> Proof | None:
    """The goal as such a combination, when there is one among the columns that come to mind."""
    return next(filter(None, combinations_of(e, goal, known)), None)


def combinations_of(e: Elaborator, goal: NonNegative, known: list[Proof]) -> Iterator[Proof | None]:
    """One round of the search after the other, until one finds a combination.

    What more may be known is looked at before much is made of less: what helps is seldom far from the goal.
    """
    waiting: Iterable[Iterator[Proof | None]] = _looks(e, goal, known)
    while waiting:
        going = list[Iterator[Proof | None]]()
        for look in waiting:
            stage = [*islice(look, 1)]
            if any(stage):
                yield stage[0]
                return
            going += [look] * len(stage)
        yield None
        waiting = going


def _looks(e: Elaborator, goal: NonNegative, known: list[Proof]) -> Iterator[Iterator[Proof | None]]:
    """Ways to look for it: with what is known, and then with more and more that always holds."""
    premises, facts, written = list[Proof](), list[Fact](), list[Fact]()
    about: Known = {}
    for more in chain([[t for t in known if isinstance(t.conclusion, Equation | NonNegative)]], offers(e, goal, known)):
        new = [f for which, t in enumerate(more, len(premises)) for f in bound_facts(e, which, t.conclusion)]
        premises, facts = [*premises, *more], [*facts, *new]
        written += [as_written(e, f) for f in new if f.unit != terms.number(1)]
        yield _weighed(goal, premises, _Columns(e, facts, about), *primitive(goal.body, e.fresh))
        if written:
            columns = _Columns(e, [*written, *facts], about)
            yield _weighed(goal, premises, columns, terms.number(1), goal.body)


def _weighed(
    goal: NonNegative, premises: list[Proof], found: _Columns, unit: Term, whole: Term
) -> Iterator[Proof | None]:
    """The goal, which is the whole over the unit, as a combination of facts and of what is visibly >= 0."""
    target = normal(whole)
    for columns in found.of(target):
        chosen = weights([column.poly for column in columns], target)
        yield None if chosen is None else _shown(goal, premises, columns, chosen, unit)


def _shown(
    goal: NonNegative, premises: list[Proof], columns: list[Column], chosen: dict[int, Fraction], unit: Term
) -> Proof | None:
    """What the kernel says of these columns with these weights."""
    taken = [(columns[at], terms.number(weight)) for at, weight in sorted(chosen.items())]
    inverse = [] if unit == terms.number(1) else [terms.reciprocal(unit)]
    shown = [terms.multiply(weight, column.shown, *inverse) for column, weight in taken if column.shown is not None]
    used = [
        replace(column.step, factor=terms.multiply(weight, column.step.factor)).use(unit)
        for column, weight in taken
        if column.step is not None
    ]
    try:
        rest, uses = needed(premises, tuple(used))
        return rules.bound(rest, goal, terms.add(*shown) if shown else terms.number(0), uses)
    except KernelError:
        return None


Known = dict[tuple[Monomial, int], tuple[Fact, list[Column]]]
"""The columns of a fact for a product.  It is known by its identity, and held."""


class _Columns:
    """Columns for the products of the target, for those that these bring along, and so on while there is room."""

    def __init__(self, e: Elaborator, facts: list[Fact], known: Known) -> None:
        self.e, self.facts, self.known = e, facts, known
        self.found: list[Column] = []
        self.seen: set[frozenset[tuple[Monomial, Number]]] = set()

    def of(self, target: Poly) -> Iterator[list[Column]]:
        """The columns for a target: those of its own products, then also of the products in these, and so on."""
        self.target = target
        degrees = [_degree(flatten(monomial, self.e.fresh)) for monomial in target]
        self.highest = max([Fraction(2), *degrees])
        self.rows: dict[Monomial, None] = dict.fromkeys(target)
        done = 0
        while done < len(self.rows) and len(self.found) < COLUMNS:
            before = len(self.found)
            for monomial in [*self.rows][done:]:
                done += 1
                if len(self.found) < COLUMNS:
                    self.about(monomial)
            if len(self.found) > before or done == len(target):
                yield self.found

    def about(self, monomial: Monomial) -> None:
        """Everything in which this product occurs."""
        flat = flatten(monomial, self.e.fresh)
        itself = term_of_poly({monomial: 1}, self.e.fresh)
        if visibly_nonnegative(itself):
            self.add(Column({monomial: 1}, shown=itself))
        for square in self.squares(monomial, flat):
            self.add(Column(normal(square), shown=square))
        for fact in self.facts:
            if (monomial, id(fact)) not in self.known:
                if len(self.known) >= LOOKS:
                    return
                self.known[monomial, id(fact)] = fact, [*self.using(fact, flat)]
            for column in self.known[monomial, id(fact)][1]:
                self.add(column)

    def using(self, fact: Fact, flat: Flat) -> Iterator[Column]:
        """The fact times what makes this product of one of its own."""
        for pattern, weight in fact.patterns:
            if not pattern.marks <= flat.marks:
                continue
            for step in steps(self.e, flat, weight, [replace(fact, patterns=((pattern, weight),))], False):
                poly = normal(step.taken)
                yield Column(poly, step=step)
                if not fact.is_bound:
                    back = replace(step, factor=terms.negative(step.factor), taken=terms.negative(step.taken))
                    yield Column(scale(poly, -1), step=back)

    def add(self, column: Column) -> None:
        key = frozenset(column.poly.items())
        if key in self.seen or not key or len(self.found) >= COLUMNS:
            return
        if len(self.rows.keys() | column.poly.keys()) <= ROWS:
            self.seen.add(key)
            self.found.append(column)
            self.rows |= dict.fromkeys(column.poly)

    def squares(self, monomial: Monomial, flat: Flat) -> Iterator[Term]:
        """`sum of w (u + c v)^2` for every way to read the product as w u v, with numbers c that complete a square."""
        if _degree(flat) > self.highest:
            return
        for weight, factors in _readings(flat, self.e):
            for left in _halves(len(factors)):
                u = terms.multiply(*(f for at, f in enumerate(factors) if at in left))
                v = terms.multiply(*(f for at, f in enumerate(factors) if at not in left))
                for c in self.ratios(monomial, u, v, weight, flat):
                    square = terms.power(terms.add(u, terms.multiply(terms.number(c), v)), 2)
                    whole = terms.summation(flat.bound, terms.multiply(weight, square))
                    if all(_degree(flatten(m, self.e.fresh)) <= self.highest for m in normal(whole)):
                        yield whole

    def ratios(self, monomial: Monomial, u: Term, v: Term, weight: Term, flat: Flat) -> list[Fraction]:
        """1, and b/2a and 2c/b where the target has a u² + b u v + c v², with either sign."""
        middle = Fraction(self.target.get(monomial, 0))
        found = [Fraction(1)]
        for square, turned in ((u, False), (v, True)):
            poly = normal(terms.summation(flat.bound, terms.multiply(weight, terms.power(square, 2))))
            outer = [Fraction(self.target[m]) / Fraction(x) for m, x in poly.items() if m in self.target]
            if middle and len(poly) == len(outer) == 1 and outer[0] > 0:
                ratio = abs(middle) / (2 * outer[0])
                found.append(1 / ratio if turned else ratio)
        return [sign * c for c in dict.fromkeys(found) for sign in (1, -1)]


def _readings(flat: Flat, e: Elaborator) -> Iterator[tuple[Term, list[Term]]]:
    """Ways to read a product: a part that is visibly >= 0, and an even number of factors of which halves are squared.

    First only what has no visible sign is such a factor, then every power is one.
    """
    powers = list(_factors(flat, e))
    if any(power < 0 or Fraction(power).denominator > 1 for base, power in powers if not visibly_nonnegative(base)):
        return
    weight = [terms.power(b, p - p % 2) for b, p in powers if not visibly_nonnegative(b) and p > 1]
    weight += [raised(b, p) for b, p in powers if visibly_nonnegative(b)]
    signless = [b for b, p in powers if not visibly_nonnegative(b) and p % 2]
    for part, factors in ((terms.multiply(*weight), signless), (terms.number(1), [raised(b, p) for b, p in powers])):
        even = [*factors, terms.number(1)] if len(factors) % 2 else factors
        if 0 < len(even) <= FACTORS:
            yield part, even


def _degree(flat: Flat) -> Fraction:
    powers: list[Number] = [power for _, _, power in flat.atoms]
    powers += [power for _, power in flat.params]
    return sum((abs(Fraction(power)) for power in powers), Fraction(0))


def _factors(flat: Flat, e: Elaborator) -> Iterator[tuple[Term, Number]]:
    for number, places, power in flat.atoms:
        yield term_of_factor((number, places, 1), e.fresh), power
    for number, power in flat.params:
        (base,) = parameters(((number, 1),))
        yield base, power


def _halves(count: int) -> Iterator[frozenset[int]]:
    """The ways to part so many things into two halves, each once."""
    for rest in combinations(range(1, count), count // 2 - 1):
        yield frozenset((0, *rest))
