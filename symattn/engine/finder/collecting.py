"""Engine, the finder: monomials collected, also inside of functions, and the orders that `comparison` asks for.

`search` is promised one monomial for all that are equal, and orders by which the kernel sees what is equal here.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

from symattn.engine.finder.naming import Names, identity, order
from symattn.kernel.plain.monomials import Factor, Function, Monomial

Key = tuple[Any, ...]
Collected = dict[Key, Monomial]


class Tidy:
    """Monomials with everything inside of them collected; each object is looked at once."""

    def __init__(self) -> None:
        self.done: dict[int, tuple[Monomial, Monomial | None]] = {}  # by identity; each object is held

    def include(self, total: Collected, monomials: Iterable[Monomial]) -> list[Key]:
        """Add monomials to those that are there, and tell which came or went, one after the other."""
        changed = list[Key]()
        for monomial in monomials:
            m = self.one(monomial)
            if m is None:
                continue
            key = identity(m)
            there = total.get(key)
            if there is None:
                total[key] = m
                changed.append(key)
            elif m.coefficient + there.coefficient:
                total[key] = m._replace(coefficient=m.coefficient + there.coefficient)
            else:
                del total[key]
                changed.append(key)
        return changed

    def collected(self, monomials: Iterable[Monomial]) -> Collected:
        """Equal monomials once each."""
        total: Collected = {}
        self.include(total, monomials)
        return total

    def one(self, monomial: Monomial) -> Monomial | None:
        """The tidy monomial; None, when it is 0."""
        known = self.done.get(id(monomial))
        if known is None:
            known = self.done[id(monomial)] = monomial, self._inside(monomial)
        return known[1]

    def _inside(self, monomial: Monomial) -> Monomial | None:
        factors: list[Factor] = []
        for factor in monomial.factors:
            if type(factor) is Function:
                inside = self._gathered(factor.inside)
                if not inside and factor.kind == "reciprocal":
                    return None
                factor = factor if inside is factor.inside else factor._replace(inside=inside)
            factors.append(factor)
        exponent = self._gathered(monomial.exponent)
        if exponent is monomial.exponent and all(map(operator.is_, factors, monomial.factors)):
            return monomial
        return monomial._replace(factors=tuple(factors), exponent=exponent)

    def _gathered(self, monomials: tuple[Monomial, ...]) -> tuple[Monomial, ...]:
        """The same object, when nothing changes."""
        if len(monomials) == 1:
            one = self.one(monomials[0])
            return monomials if one is monomials[0] else () if one is None else (one,)
        found = tuple(self.collected(monomials).values())
        return monomials if len(found) == len(monomials) and all(map(operator.is_, found, monomials)) else found


def orders(monomials: Iterable[Monomial], names: Names, tidy: Tidy | None = None) -> list[tuple[int, ...]]:
    """The orders of all monomials, as `comparison` asks for them: once for one object under the same names."""
    search = _Orders(tidy or Tidy())
    search.look(monomials, names)
    return search.found


class _Orders:
    def __init__(self, tidy: Tidy) -> None:
        self.tidy = tidy
        self.found: list[tuple[int, ...]] = []
        self.seen: dict[tuple[Any, ...], Monomial] = {}

    def look(self, monomials: Iterable[Monomial], names: Names) -> None:
        for m in monomials:
            here = id(m), len(names), *[names[v] for v in m.free]
            if here not in self.seen:
                self.seen[here] = m
                self.inside(m, names)

    def inside(self, m: Monomial, names: Names) -> None:
        """The order of a monomial is that of a tidy one, or else it would tell what cancels."""
        bound = order(self.tidy.one(m) or m, names)
        if len(bound) > 1:
            self.found.append(tuple([m.bound.index(v) for v in bound]))
        inner = _named(bound, names)
        for factor in m.factors:
            if type(factor) is Function:
                self.look(factor.inside, _named(factor.bound, inner))
        self.look(m.exponent, inner)


def _named(bound: tuple[int, ...], names: Names) -> Names:
    return {**names, **{v: f"b{len(names) + at}" for at, v in enumerate(bound)}} if bound else names
