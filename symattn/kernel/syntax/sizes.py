"""Sizes, and indices that belong to a size.  `terms` builds typed expressions from them.

A size is a polynomial with natural coefficients in size symbols, each with a stated minimum.  An index is a variable
(a number that stands for its name and size), a constant `e_0, e_1, ...`, a place in a part of a size (`before + inner`
out of `before + own + after`, as in block matrices), or a pair (a product of sizes, as in concatenated heads).  Two
indices may meet only when their sizes are equal polynomials.  An index is a whole number, counted from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from itertools import count
from math import prod
from typing import Any

from symattn.errors import KernelError


def need(condition: bool, message: str) -> None:
    if not condition:
        raise KernelError(message)


@dataclass(frozen=True, order=True)
class SizeSymbol:
    """A size that a statement is about: `n`, with the least value for which the statement is claimed."""

    name: str
    minimum: int = 1

    def __post_init__(self) -> None:
        natural = (type(self.name), type(self.minimum)) == (str, int) and self.minimum >= 0
        need(natural, f"sizes are natural numbers: {self.name} cannot have the minimum {self.minimum!r}")


@dataclass(frozen=True, eq=False)
class Size:
    """A polynomial in size symbols: sorted ((symbols of a monomial), coefficient) pairs, coefficients positive."""

    terms: tuple[tuple[tuple[SizeSymbol, ...], int], ...]

    def __post_init__(self) -> None:
        monomials = [s for s, c in self.terms if (type(s), type(c)) == (tuple, int) and c > 0 and s == tuple(sorted(s))]
        kinds = {*map(type, (self.terms, *self.terms))}, {type(x) for s in monomials for x in s} - {SizeSymbol}
        canonical = kinds == ({tuple}, set()) and monomials == sorted({s for s, _ in self.terms})
        need(canonical, "a size is in canonical form: its monomials are sorted, and so is each of them")

    @cached_property
    def _hash(self) -> int:
        return hash(self.terms)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Size and self.terms == other.terms)

    @lru_cache(maxsize=4096)  # noqa: B019  (sizes are few, and asked for again and again)
    def __add__(self, other: Size) -> Size:
        return self if other is ZERO_SIZE else _collect([*self.terms, *other.terms])

    def __mul__(self, other: Size) -> Size:
        return _collect([(tuple(sorted(a + b)), p * q) for a, p in self.terms for b, q in other.terms])

    @cached_property
    def minimum(self) -> int:
        """The least value: coefficients are positive, so it is taken at the minima of the symbols."""
        return sum(coefficient * prod(s.minimum for s in symbols) for symbols, coefficient in self.terms)

    @cached_property
    def constant(self) -> int | None:
        """The value when no symbol occurs, else None."""
        return None if any(symbols for symbols, _ in self.terms) else sum(c for _, c in self.terms)

    def __str__(self) -> str:
        return " + ".join("*".join([str(c)] * (c != 1 or not s) + [x.name for x in s]) for s, c in self.terms) or "0"


def _collect(terms: list[tuple[tuple[SizeSymbol, ...], int]]) -> Size:
    sums: dict[tuple[SizeSymbol, ...], int] = {}
    for symbols, coefficient in terms:
        sums[symbols] = sums.get(symbols, 0) + coefficient
    return _size(tuple(sorted((s, c) for s, c in sums.items() if c)))


_size = lru_cache(maxsize=4096)(Size)
"""Equal sizes are mostly one object: it is compared faster."""


def constant_size(value: int) -> Size:
    return _collect([((), value)])


def symbol_size(name: str, minimum: int = 1) -> Size:
    return _size((((SizeSymbol(name, minimum),), 1),))


ZERO_SIZE, ONE_SIZE = constant_size(0), constant_size(1)


def surplus(large: Size, small: Size) -> Size | None:
    """The size that is `large - small`, where the coefficients tell that there is one."""
    left, more = dict(large.terms), dict(small.terms)
    rest = [(symbols, left.get(symbols, 0) - more.get(symbols, 0)) for symbols in {**left, **more}]
    return None if any(c < 0 for _, c in rest) else _collect(rest)


@lru_cache(maxsize=4096)
def never_less(large: Size, small: Size) -> bool:
    """Is `large >= small` for all values of the symbols, as the coefficients tell when these count from the minima?"""
    return surplus(*map(_from_minima, (large, small))) is not None


def _from_minima(size: Size) -> Size:
    """The same, where each symbol stands for what its value is above its minimum."""
    return substituted(size, lambda s: Size((((s,), 1),)) + constant_size(s.minimum))


def substituted(size: Size, put: Callable[[SizeSymbol], Size]) -> Size:
    """The size with others for its symbols."""
    return sum((prod(map(put, symbols), start=constant_size(c)) for symbols, c in size.terms), ZERO_SIZE)


BITS = 60
"""Of the number that an index variable is."""


class Variable(int):
    """An index variable: bits of the SHA-256 of its name and size, or a number beyond these for a fresh one.

    So nothing that is sorted by them depends on the process, or on what was asked earlier.
    """


# Tuples, so that normal forms are hashable and cheap to compare.
Index = int | tuple[Any, ...]
_meant: dict[int, tuple[str, Size]] = {}
_fresh: dict[int, Size] = {}
_next_fresh = count(2**BITS)


@cache
def variable(name: str, size: Size) -> Variable:
    """The index variable of that name and size (the same one every time)."""
    need((type(name), type(size)) == (str, Size), f"an index variable has a name and a size, not {name!r} and {size!r}")
    parts = ",".join([f"(({','.join([f'SizeSymbol({s.name!r},{s.minimum})' for s in m])}),{c})" for m, c in size.terms])
    new = Variable(int.from_bytes(sha256(f"({name!r},Size(({parts})))".encode()).digest()) >> (256 - BITS))
    alone = _meant.setdefault(new, (name, size)) == (name, size)
    need(alone, f"the indices {name} and {_meant[new][0]} have one number: rename one of them")
    return new


def fresh(size: Size) -> Variable:
    """A variable that occurs nowhere else; normal forms never let one escape."""
    new = Variable(next(_next_fresh))
    _fresh[int(new)] = size
    return new


def forget_fresh() -> None:
    """Give the sizes of fresh variables back; their numbers are never used again."""
    _fresh.clear()


def variable_name(index: int) -> str:
    return _meant[index][0] if index in _meant else ""


def constant_index(value: int, size: Size) -> Index:
    """`e_value` of a size: it must exist for every admitted value of the size."""
    index: Index = ("const", value, size)
    size_of(index)
    return index


def part_index(sizes: tuple[Size, ...], which: int, inner: Index) -> Index:
    """Place `inner` of block number `which` in the split size `sizes[0] + sizes[1] + ...`."""
    fits = 0 <= which < len(sizes) and size_of(inner) == sizes[which]
    need(fits, f"block {which} of {[str(s) for s in sizes]} has no index of size {size_of(inner)}")
    return place(sum(sizes[:which], ZERO_SIZE), inner, sum(sizes[which + 1 :], ZERO_SIZE))


def place(before: Size, inner: Index, after: Size) -> Index:
    """`before + inner` out of `before + own + after`, cut as little as possible: a cut of a cut is one cut."""
    match inner:
        case ("part", sooner, below, later):
            return place(before + sooner, below, later + after)
        case ("const", value, own) if before.constant is not None:
            return ("const", before.constant + value, before + own + after)
    return inner if before == after == ZERO_SIZE else ("part", before, inner, after)


def pair_index(outer: Index, inner: Index) -> Index:
    """Place (outer, inner) of a product of sizes, outer first."""
    return ("pair", outer, inner)


def size_of(index: Index) -> Size:
    """The size that an index belongs to; an index that need not exist is refused."""
    # types are exact: a subclass may say of itself whatever it likes
    if type(index) is Variable and (index in _meant or index in _fresh):
        return _meant[index][1] if index in _meant else _fresh[index]
    match index if type(index) is tuple and index and type(index[0]) is str else None:
        case ("const", int(value), size) if type(value) is int and type(size) is Size:
            if 0 <= value < size.minimum:
                return size
            raise KernelError(f"index {value} does not exist in every size {size} (its minimum is {size.minimum})")
        case ("part", before, inner, after) if type(before) is type(after) is Size:
            return before + size_of(inner) + after
        case ("pair", outer, inner):
            return size_of(outer) * size_of(inner)
    raise KernelError(f"not an index: {index!r}")


def variables_of(index: Index) -> tuple[int, ...]:
    """The variables inside an index, from left to right."""
    if type(index) is not tuple:
        return (index,)  # type: ignore[return-value]
    if index[0] == "part":
        return variables_of(index[2])
    return variables_of(index[1]) + variables_of(index[2]) if index[0] == "pair" else ()


def replace_in(index: Index, change: Callable[[int], Index]) -> Index:
    """The index with every variable v replaced by change(v)."""
    if type(index) is not tuple:
        return change(index)  # type: ignore[arg-type]
    if index[0] == "part":
        return place(index[1], replace_in(index[2], change), index[3])
    return ("pair", replace_in(index[1], change), replace_in(index[2], change)) if index[0] == "pair" else index
