"""Do monomials add up to nothing?  Equal ones are told by names that are given from outside.

For each monomial that binds two or more indices, in the order in which `expansion` writes them and outer ones before
inner ones, `orders` says which of them is called first, second, ...; one object under the same names has one order.
Any order is right: renaming what is bound changes no value.  A bad one only fails to show that two monomials are equal;
none is ever looked for here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from symattn.errors import KernelError
from symattn.kernel.plain.monomials import Before, Delta, Entry, Factor, Function, Monomial, Number, free_in
from symattn.kernel.syntax.sizes import need, replace_in, size_of

Orders = tuple[tuple[int, ...], ...]
Names = dict[int, int]
"""A free variable is called itself, a bound one -1, -2, ... by how many are bound outside of it, and before it."""


def vanish(monomials: tuple[Monomial, ...], orders: Orders, free: frozenset[int]) -> bool:
    """Do the coefficients of equal monomials add up to 0, and is no other variable used than the free ones?"""
    need(free_in(*monomials) <= free, "an index came out of the sum that binds it")
    comparison = _Comparison(orders)
    total = comparison.collected(monomials, {v: v for v in free})
    need(next(comparison.orders, None) is None, "there are orders left that belong to no monomial")
    return not total


class _Comparison:
    """Equal things get equal numbers; what is one object under the same names is looked at once."""

    def __init__(self, orders: Orders) -> None:
        self.orders = iter(orders)
        self.numbers: dict[tuple[Any, ...], int] = {}
        self.known: dict[tuple[int, ...], tuple[int, Monomial]] = {}  # by identity; each object is held

    def collected(self, monomials: Iterable[Monomial], names: Names) -> tuple[tuple[int, Number], ...]:
        total: defaultdict[int, Number] = defaultdict(int)
        for m in monomials:
            need(m.binds.isdisjoint(names), "a bound name occurs again below itself")
            here = (id(m), len(names), *[names[v] for v in m.free])
            if here not in self.known:
                self.known[here] = self.numbers.setdefault(self.key(m, names), len(self.numbers)), m
            total[self.known[here][0]] += m.coefficient
        return tuple(sorted([(number, coefficient) for number, coefficient in total.items() if coefficient]))

    def key(self, m: Monomial, names: Names) -> tuple[Any, ...]:
        bound = _ordered(m.bound, self.orders) if len(m.bound) > 1 else m.bound
        inner = _named(bound, names)
        factors = [self.numbers.setdefault(self.factor(f, inner), len(self.numbers)) for f in m.factors]
        powers, sizes = frozenset(m.powers), tuple(map(size_of, bound))
        return powers, sizes, tuple(sorted(factors)), self.collected(m.exponent, inner)

    def factor(self, factor: Factor, names: Names) -> tuple[Any, ...]:
        match factor:
            case Entry(letter, places):
                return ("entry", letter, *[replace_in(i, names.__getitem__) for i in places])
            case Delta():
                return ("delta", frozenset([replace_in(i, names.__getitem__) for i in factor]))
            case Before():
                return ("before", *[replace_in(i, names.__getitem__) for i in factor])
            case Function(kind, bound, inside):
                return (kind, tuple(map(size_of, bound)), self.collected(inside, _named(bound, names)))
        raise KernelError(f"not a factor: {factor!r}")


def _ordered(bound: tuple[int, ...], orders: Iterator[tuple[int, ...]]) -> tuple[int, ...]:
    order = next(orders, None)
    if type(order) is not tuple or {*map(type, order)} != {int} or sorted(order) != list(range(len(bound))):
        raise KernelError(f"{order!r} is no order of the {len(bound)} indices that a monomial binds")
    return tuple([bound[place] for place in order])


def _named(bound: tuple[int, ...], names: Names) -> Names:
    """The names inside: those outside, and for what is bound here the next ones."""
    need(names.keys().isdisjoint(bound), "a bound name occurs again below itself")
    return {**names, **{v: -1 - len(names) - at for at, v in enumerate(bound)}} if bound else names
