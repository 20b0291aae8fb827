"""Engine, the finder: from a term that is zero to the steps and orders by which the kernel sees it.

`rules` is promised that the kernel accepts what is found, or `Stuck`; the steps depend on the term alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from symattn.engine.finder.applying import function_steps, idle_steps, odd_steps
from symattn.engine.finder.collecting import Tidy, orders
from symattn.engine.finder.contracting import Site, declared_steps, may_change
from symattn.engine.finder.counting import forget_lengths, refuse_long
from symattn.engine.finder.joining import joined_steps
from symattn.engine.finder.naming import Names, factor_text
from symattn.engine.finder.ordering import free_pair, order_steps, turned_steps
from symattn.engine.finder.skeletons import forget_labels, forget_things
from symattn.engine.finder.writing import one_term, opened, term_of, without
from symattn.engine.grouping import connected
from symattn.engine.normal import normal
from symattn.engine.normal.cuts import sums_meet
from symattn.errors import KernelError
from symattn.kernel.plain.checking import Evidence, Step
from symattn.kernel.plain.comparison import Orders
from symattn.kernel.plain.expansion import expand, written
from symattn.kernel.plain.laws import LAWS, function
from symattn.kernel.plain.monomials import Before, Function, Monomial, Monomials, free_in_factor
from symattn.kernel.plain.places import Sides
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import size_of, variable_name
from symattn.kernel.syntax.terms import Term

ROUNDS = 2000
"""How many steps are taken before a term is given up."""
DENOMINATORS = 16
"""How many denominators are multiplied out, one after the other."""


class Stuck(KernelError):
    """No step is left to be taken, and something is left over."""

    def __init__(self, left: list[Term]) -> None:
        super().__init__(f"no step is found that takes {len(left)} terms away")
        self.left = left


@lru_cache(maxsize=4096)
def find(term: Term) -> Evidence:
    """Steps and orders with which `plain.holds` says that the term is zero."""
    refuse_long(term)
    names = {v: f"'{variable_name(v)}:{size_of(v)}" for v in sorted(term.free)}
    try:
        return _Search().proved(term, names)
    finally:
        forget_things()


def forget_steps() -> None:
    """Give back the steps that were found: they hold terms whose indices `normal.forget` has forgotten."""
    find.cache_clear()
    forget_labels()
    forget_lengths()


class _Search:
    def __init__(self) -> None:
        self.known: dict[tuple[Term, tuple[str, ...]], tuple[Monomials, tuple[Step, ...]]] = {}
        self.done: dict[tuple[Term, tuple[str, ...]], Evidence] = {}
        self.tidy = Tidy()
        self.settled = set[tuple[str, int, str]]()
        self.rounds = 0
        self.split = list[Sides]()
        self.turning = False
        self.joining = False

    def proved(self, term: Term, names: Names) -> Evidence:
        key = term, tuple(names.values())
        if key not in self.done:
            self.done[key] = self.checked(term, tuple(self.zero(written(term), names)), names)
        return self.done[key]

    def checked(self, term: Term, steps: tuple[Step, ...], names: Names) -> Evidence:
        """The steps, those by one law at the same arguments as one, with the orders that they need."""
        steps = together(steps)
        return steps, self.orders(written(terms.add(term, *map(applied, steps))), names)

    def orders(self, monomials: Iterable[Monomial], names: Names) -> Orders:
        return tuple(orders(monomials, names, self.tidy))

    def zero(self, monomials: Iterable[Monomial], names: Names, clear: int = DENOMINATORS) -> list[Step]:
        left, steps = self.rewritten(monomials, names)
        if not left:
            return steps
        if not self.turning and any(type(f) is Before for m in left for f in m.factors):
            self.turning = True
            return [*steps, *self.zero(left, names, clear)]
        if not self.joining and sums_meet(normal(term_of(left, names))):
            self.joining = True
            return [*steps, *self.zero(left, names, clear)]
        if (pair := free_pair(left, names, self.split)) is not None:
            return [*steps, *self.by_cases(term_of(left, names), pair, names, clear)]
        if not clear:
            raise Stuck([one_term(m, names) for m in left])
        return [*steps, *self.cleared(left, names, clear)]

    def by_cases(self, term: Term, pair: Sides, names: Names, clear: int) -> list[Step]:
        """The term where one index is at most the other, and the other way round, less where they agree."""
        i, j = pair
        parts = terms.before(i, j), terms.before(j, i), terms.negative(terms.delta(i, j))
        self.split.append(pair)
        try:
            found = [step for part in parts for step in self.zero(expand(terms.multiply(part, term)), names, clear)]
        finally:
            self.split.pop()
        return [("total", pair, (), terms.negative(term)), *found]

    def simplified(self, term: Term, names: Names) -> tuple[Monomials, tuple[Step, ...]]:
        key = term, tuple(names.values())
        if key not in self.known:
            left, steps = self.rewritten(written(term), names)
            self.known[key] = left, tuple(steps)
        return self.known[key]

    def rewritten(self, monomials: Iterable[Monomial], names: Names) -> tuple[Monomials, list[Step]]:
        """Steps at one monomial after the other, until none is to be taken."""
        now, steps, normal = self.tidy.collected(monomials), list[Step](), set[object]()
        waiting = dict.fromkeys(now)  # what is there and not known to be normal, in the same order
        while waiting:
            key = next(iter(waiting))
            if not (self.joining or may_change(now[key])):
                normal.add(key)
                del waiting[key]
                continue
            site = Site(opened(now[key], names, loose=True))
            found = (
                idle_steps(site, self)
                or odd_steps(site, self)
                or declared_steps(site)
                or order_steps(site)
                or (turned_steps(site) if self.turning else [])
                or (joined_steps(site) if self.joining else [])
                or function_steps(site, self)
            )
            if not found:
                normal.add(key)
                del waiting[key]
                continue
            self.rounds += len(found)
            if self.rounds > ROUNDS:
                raise Stuck([one_term(m, names) for m in now.values()])
            steps += found
            for other in self.tidy.include(now, (m for step in found for m in written(applied(step)))):
                if other in waiting:
                    del waiting[other]
                elif other not in normal:
                    waiting[other] = None
        return list(now.values()), steps

    def cleared(self, left: Monomials, names: Names, clear: int) -> list[Step]:
        """Everything over one denominator: what is above it must be zero; by itself what has none in common."""
        steps, rest = list[Step](), left
        # what is above one denominator no longer falls into parts that are zero by themselves
        groups = connected(left, lambda m: self._denominators([m], names)) if clear == DENOMINATORS else []
        if len(groups) > 1:
            rest = []
            for group in groups:
                try:
                    steps += self._together(group, names, clear)
                except Stuck:
                    rest += group
        return [*steps, *self._together(rest, names, clear)] if rest else steps

    def _together(self, left: Monomials, names: Names, clear: int) -> list[Step]:
        for key, factor in self._denominators(left, names).items():
            below = term_of(factor.inside, names)
            if visibly_positive(below):
                return self._over(left, key, below, names, clear)
        raise Stuck([one_term(m, names) for m in left])

    def _denominators(self, left: Monomials, names: Names) -> dict[str, Function]:
        """The reciprocals that are factors and know no bound index, by their texts."""
        return {
            factor_text(f, names): f
            for m in left
            for f in m.factors
            if type(f) is Function and f.kind == "reciprocal" and free_in_factor(f) <= names.keys()
        }

    def _over(self, left: Monomials, key: str, below: Term, names: Names, clear: int) -> list[Step]:
        steps, above = list[Step](), list[Term]()
        same = [
            [f for f in m.factors if free_in_factor(f) <= names.keys() and factor_text(f, names) == key] for m in left
        ]
        top = max(map(len, same))
        for m, mine in zip(left, same, strict=True):
            rest = one_term(without(m, *mine), names)
            for missing in range(top - len(mine)):
                over = terms.power(terms.reciprocal(below), len(mine) + missing)
                raised = terms.multiply(terms.number(-1), rest, terms.power(below, missing), over)
                steps.append(("cancel", (below,), (), raised))
            above.append(terms.multiply(rest, terms.power(below, top - len(mine))))
        factor = terms.power(terms.reciprocal(below), top)
        for law, arguments, variables, multiplier in self.zero(expand(terms.add(*above)), names, clear - 1):
            steps.append((law, arguments, variables, terms.multiply(factor, multiplier)))
        return steps


def together(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps by one law, at the same arguments and under the same sums, as one: their factors are added."""
    factors: dict[tuple[str, tuple[object, ...], tuple[int, ...]], list[Term]] = {}
    for *said, factor in steps:
        factors.setdefault(tuple(said), []).append(factor)  # type: ignore[arg-type]
    return tuple([(*said, terms.add(*found)) for said, found in factors.items()])


def applied(step: Step) -> Term:
    """What a step takes away.  Conditions are not checked here: the kernel does that."""
    law, arguments, variables, factor = step
    match law:
        case "alike":
            kind, before, after, *_ = arguments
            left, right = function(kind, before), function(kind, after)
        case "same_entries":
            row, column, before, after, *_ = arguments
            left, right = terms.determinant(row, column, before), terms.determinant(row, column, after)
        case "inverse":
            left, right = terms.reciprocal(arguments[0]), arguments[1]
        case "alternating":
            letter, v, w, rest, *_ = arguments
            left, right = terms.summation((v, w), terms.multiply(terms.entry(letter, v, w), rest)), terms.number(0)
        case _:
            left, right = LAWS[law](*arguments)
    return terms.summation(variables, terms.multiply(terms.number(-1), factor, terms.subtract(left, right)))
