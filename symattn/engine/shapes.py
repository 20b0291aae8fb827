"""Engine: monomials up to the names of what they bind, in the order in which they are written; keys of what is known.

Equal terms that are written out again and again differ in their fresh names alone, so that an order or a text that was
found once serves all of them.  Equal shapes are equal monomials; equal monomials may have different shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from symattn.kernel.expansion import Delta, Entry, Factor, Function, Monomial
from symattn.kernel.sizes import Index, size_of

Shape: TypeAlias = tuple[Any, ...]
MOST = 50_000
"""How many shapes are remembered."""


class Remembered(dict[tuple[Shape, int], Any]):
    """What is known by shape, and by how many names there are outside."""

    def put(self, key: tuple[Shape, int], value: Any) -> Any:
        if len(self) >= MOST:
            self.clear()
        self[key] = value
        return value


def shape(monomial: Monomial, names: Mapping[int, str]) -> tuple[Shape, int]:
    """The key of a monomial without its coefficient, where outer variables have these names."""
    return _monomial(monomial, names, {}), len(names)


def _monomial(m: Monomial, names: Mapping[int, str], numbers: dict[int, int]) -> Shape:
    for v in m.bound:
        numbers[v] = len(numbers)
    factors = tuple([_factor(f, names, numbers) for f in m.factors])
    exponent = tuple([(x.coefficient, _monomial(x, names, numbers)) for x in m.exponent])
    return tuple(map(size_of, m.bound)), m.powers, factors, exponent


def _factor(factor: Factor, names: Mapping[int, str], numbers: dict[int, int]) -> Shape:
    match factor:
        case Entry(letter, places):
            return letter, tuple([_index(i, names, numbers) for i in places])
        case Delta(left, right):
            return "=", _index(left, names, numbers), _index(right, names, numbers)
    return _function(factor, names, numbers)


def _function(function: Function, names: Mapping[int, str], numbers: dict[int, int]) -> Shape:
    for v in function.bound:
        numbers[v] = len(numbers)
    inside = tuple([(m.coefficient, _monomial(m, names, numbers)) for m in function.inside])
    return function.kind, tuple(map(size_of, function.bound)), inside


def _index(index: Index, names: Mapping[int, str], numbers: dict[int, int]) -> Any:
    if isinstance(index, int):
        return numbers[index] if index in numbers else names[index]
    match index:
        case ("part", sizes, which, inner):
            return "part", sizes, which, _index(inner, names, numbers)
        case ("pair", outer, inner):
            return "pair", _index(outer, names, numbers), _index(inner, names, numbers)
    return index
