"""Kernel, second floor: do monomials add up to nothing?  Equal ones are told by names that are given from outside.

For each monomial that binds two or more indices, in the order in which `expansion` writes them and outer ones before
inner ones, `orders` says which of them is called first, second, ...  Any order is right: renaming what is bound changes
no value.  A bad one only fails to show that two monomials are equal; none is ever looked for here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from symattn.errors import KernelError
from symattn.kernel.expansion import Delta, Entry, Factor, Function, Monomial, Number, free_in
from symattn.kernel.sizes import Index, Size, replace_in, size_of

Orders = tuple[tuple[int, ...], ...]
Names = dict[int, Index]


class Bound(NamedTuple):
    """The name of a bound index: how many are bound outside of it, and before it."""

    level: int
    size: Size


def vanish(monomials: list[Monomial], orders: Orders, free: frozenset[int]) -> bool:
    """Do the coefficients of equal monomials add up to 0, and is no other variable used than the free ones?"""
    if not free_in(*monomials) <= free:
        raise KernelError("an index came out of the sum that binds it")
    given = iter(orders)
    total = _collected(monomials, given, {v: v for v in free})
    if next(given, None) is not None:
        raise KernelError("there are orders left that belong to no monomial")
    return not total


def _collected(monomials: Iterable[Monomial], orders: Iterator[tuple[int, ...]], names: Names) -> dict[Any, Number]:
    total: dict[Any, Number] = {}
    for m in monomials:
        bound = _ordered(m.bound, orders) if len(m.bound) > 1 else m.bound
        inner = _named(bound, names)
        key = (
            frozenset(m.powers),
            tuple(map(size_of, bound)),
            frozenset(Counter([_key(f, orders, inner) for f in m.factors]).items()),
            frozenset(_collected(m.exponent, orders, inner).items()),
        )
        total[key] = total.get(key, 0) + m.coefficient
    return {key: coefficient for key, coefficient in total.items() if coefficient}


def _ordered(bound: tuple[int, ...], orders: Iterator[tuple[int, ...]]) -> tuple[int, ...]:
    order = next(orders, None)
    if type(order) is not tuple or {*map(type, order)} != {int} or sorted(order) != list(range(len(bound))):
        raise KernelError(f"{order!r} is no order of the {len(bound)} indices that a monomial binds")
    return tuple([bound[place] for place in order])


def _named(bound: tuple[int, ...], names: Names) -> Names:
    """The names inside: those outside, and for what is bound here the next ones."""
    if not names.keys().isdisjoint(bound):
        raise KernelError("a bound name occurs again below itself")
    return {**names, **{v: Bound(len(names) + at, size_of(v)) for at, v in enumerate(bound)}}


def _key(factor: Factor, orders: Iterator[tuple[int, ...]], names: Names) -> tuple[Any, ...]:
    match factor:
        case Entry(letter, places):
            return ("entry", letter, tuple([replace_in(i, names.__getitem__) for i in places]))
        case Delta():
            return ("delta", frozenset([replace_in(i, names.__getitem__) for i in factor]))
        case Function(kind, bound, inside):
            summands = _collected(inside, orders, _named(bound, names))
            return (kind, tuple(map(size_of, bound)), frozenset(summands.items()))
    raise KernelError(f"not a factor: {factor!r}")
