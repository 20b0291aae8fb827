"""Engine, the finder: steps by what is declared of letters, and by deltas, at one monomial."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symattn.engine.finder.skeletons import index_text
from symattn.engine.finder.writing import Opened, one_term, without
from symattn.kernel.plain.checking import Step
from symattn.kernel.plain.monomials import Delta, Entry, Factor, Monomial, free_in
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.letters import inverted
from symattn.kernel.syntax.sizes import Index, variables_of
from symattn.kernel.syntax.terms import Term

ZERO_ONE = {"mask", "permutation"}
TURNING = {"orthogonal", "permutation"}
MIRRORED = {"symmetric", "skew"}


def may_change(monomial: Monomial) -> bool:
    """Is there anything in it that a step could be about?"""
    idle = not monomial.uses.issuperset(monomial.bound)
    return idle or bool(monomial.exponent) or any(type(f) is not Entry or f.letter.facts for f in monomial.factors)


class Site:
    """One monomial whose binder is open: where a step is taken."""

    def __init__(self, at: Opened) -> None:
        self.variables, self.body, self.names, self.swap = at
        self.place = {name: at for at, name in enumerate(self.names.values())}

    def rest(self, *factors: Factor) -> Term:
        """Everything but these factors."""
        return self.term(without(self.body, *factors))

    def term(self, monomial: Monomial) -> Term:
        return one_term(monomial, self.names)

    def step(self, law: str, arguments: tuple[object, ...], factor: Term, *gone: int) -> Step:
        """A step at this monomial, under all of its sums but those over the variables that are gone."""
        return (law, arguments, tuple([v for v in self.variables if v not in gone]), factor)

    def later(self, one: Index, other: Index) -> bool:
        """Does an index come after another, by the order of names?"""

        def key(index: Index) -> tuple[list[int], str]:
            return [self.place[self.names[v]] for v in variables_of(index)], index_text(index, self.names.__getitem__)

        return key(one) > key(other)


def declared_steps(site: Site) -> list[Step]:
    """The first steps that deltas and the facts about letters allow, none if there are none."""
    for rule in (_renamed, _turned, _zero_one, _one_place, _contracted):
        for steps in rule(site):
            return steps
    return []


def _renamed(site: Site) -> Iterator[list[Step]]:
    for factor in site.body.factors:
        if type(factor) is not Delta:
            continue
        for here, there in (factor, (factor.right, factor.left)):
            others = without(site.body, factor)
            if isinstance(here, int) and here not in variables_of(there) and here in free_in(others):
                if not isinstance(there, int) or site.later(here, there):
                    yield [site.step("rename", (here, there, site.term(others)), terms.number(1))]


def _turned(site: Site) -> Iterator[list[Step]]:
    for factor in site.body.factors:
        if type(factor) is Entry and factor.letter.facts:
            letter, places = factor
            if letter.inverse and letter.facts & TURNING:
                yield [site.step("turned", (letter, *places), site.rest(factor))]
            for fact in letter.facts & MIRRORED:
                if site.later(*places) or (fact == "skew" and places[0] == places[1]):
                    yield [site.step(fact, (letter, *places), site.rest(factor))]


def _zero_one(site: Site) -> Iterator[list[Step]]:
    for one, other in combinations(_entries(site), 2):
        if one == other and one.letter.known & ZERO_ONE:
            yield [site.step("squared", (terms.entry(one.letter, *one.places),), site.rest(one, other))]


def _one_place(site: Site) -> Iterator[list[Step]]:
    """P_ia P_ib; of a symmetric letter an entry may first have to be turned."""
    for one, other in combinations(_entries(site), 2):
        letter = one.letter
        if letter != other.letter or "permutation" not in letter.facts or one == other:
            continue
        for side, (turning, again) in ((s, t) for s in (0, 1) for t in _ways(other)):
            if one.places[side] == again.places[side]:
                ends = one.places[side], one.places[1 - side], again.places[1 - side]
                turn = [site.step(law, (letter, *other.places), site.rest(other)) for law in turning]
                yield [*turn, site.step("one_place", (letter, *ends, bool(side)), site.rest(one, other))]


def _ways(entry: Entry) -> list[tuple[tuple[str, ...], Entry]]:
    """The entry, and its mirror image with the law that gives it."""
    mirror = entry._replace(places=entry.places[::-1])
    return [((), entry), *(((fact,), mirror) for fact in sorted(entry.letter.facts & MIRRORED))]


def _contracted(site: Site) -> Iterator[list[Step]]:
    """Sums over an index that only one or two entries of one letter use."""
    for v in site.variables:
        using = [f for f in site.body.factors if v in free_in(Monomial(factors=(f,)))]
        if v in free_in(*site.body.exponent) or not all(type(f) is Entry and f.letter.facts for f in using):
            continue
        entries = [f for f in using if type(f) is Entry]
        if len(entries) == 1 and "permutation" in entries[0].letter.facts and entries[0].places.count(v) == 1:
            letter, side = entries[0].letter, entries[0].places.index(v)
            if v not in variables_of(entries[0].places[1 - side]):
                arguments = (letter, entries[0].places[1 - side], side == 0)
                yield [site.step("one_in_all", arguments, site.rest(entries[0]), v)]
        if len(entries) == 2 and all(v in e.places and str(e.places).count(str(v)) == 1 for e in entries):
            yield from _pair(site, v, *entries)


def _pair(site: Site, v: int, one: Entry, other: Entry) -> Iterator[list[Step]]:
    """Two entries that share v: where needed they are turned until their letters meet there."""
    if one.letter.plain != other.letter.plain:
        return
    for first, second in ((one, other), (other, one)):
        for (turn_first, left), (turn_second, right) in ((a, b) for a in _turns(first) for b in _turns(second)):
            if left.places[1] != v or right.places[0] != v or len(turn_first) + len(turn_second) > 1:
                continue
            law = (
                "undone" if left.letter.inverse != right.letter.inverse
                else "idempotent" if left.letter == right.letter and "idempotent" in left.letter.facts
                else None
            )  # fmt: skip
            if law is None:
                continue
            steps, sign = [], 1
            for turn, before in ((turn_first, first), (turn_second, second)):
                for name in turn:
                    steps.append(site.step(name, (before.letter, *before.places), site.rest(before)))
                    sign = -sign if name == "skew" else sign
            rest = terms.multiply(terms.number(sign), site.rest(one, other))
            yield [*steps, site.step(law, (left.letter, left.places[0], right.places[1]), rest, v)]


def _turns(entry: Entry) -> list[tuple[tuple[str, ...], Entry]]:
    """The entry in all the ways that one law says it, with the law."""
    turned = Entry(inverted(entry.letter), entry.places[::-1]) if entry.letter.facts & TURNING else None
    return [*_ways(entry), *([(("turned",), turned)] if turned else [])]


def _entries(site: Site) -> list[Entry]:
    return [f for f in site.body.factors if type(f) is Entry and f.letter.facts]
