"""What can be claimed.  `rules` says what follows from what.

Free letters and parameters of a formula stand for all of their kind, free sizes for all sizes from their minimum on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform, get_args

from symattn.kernel.syntax.sizes import Size, need, size_of, variable
from symattn.kernel.syntax.terms import Letter, Parameter, Term, delta, different, genuine, symbols

Symbol = Letter | Parameter
Kind = TypeVar("Kind")


def contents(value: Any) -> tuple[Any, ...]:
    """The parts of a tuple, or the fields of a record."""
    return value if type(value) is tuple else tuple([getattr(value, name) for name in value.__match_args__])


def _closed(indices: tuple[int, ...], *bodies: Term) -> None:
    genuine(bodies)
    different(indices)
    need(type(indices) is tuple, "indices are a tuple")
    need(all(b.free <= {*indices} for b in bodies), "an index variable is not bound")


@dataclass(frozen=True)
class Array:
    """A matrix (or any array) by its entries: the body at these index variables; `chosen` ones may be left open."""

    indices: tuple[int, ...]
    body: Term
    chosen: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _closed(self.indices)
        _closed(self.chosen)
        _closed(self.indices + self.chosen, self.body)

    @property
    def sizes(self) -> tuple[Size, ...]:
        return tuple(size_of(i) for i in self.indices)


def _is_matrix(array: Array) -> bool:
    return type(array) is Array and len(array.indices) == 2 and not array.chosen


@dataclass(frozen=True)
class Equation:
    """`left = right` for all values of the indices."""

    indices: tuple[int, ...]
    left: Term
    right: Term

    def __post_init__(self) -> None:
        _closed(self.indices, self.left, self.right)


@dataclass(frozen=True)
class NonNegative:
    """`body >= 0` for all values of the indices (`strict`: `> 0`)."""

    indices: tuple[int, ...]
    body: Term
    strict: bool = False

    def __post_init__(self) -> None:
        _closed(self.indices, self.body)
        need(type(self.strict) is bool, "a bound is strict or it is not")


@dataclass(frozen=True)
class RankAtMost:
    """`rank lower <= rank upper`; a number k is the rank of the identity of size k."""

    lower: Array
    upper: Array

    def __post_init__(self) -> None:
        need(_is_matrix(self.lower) and _is_matrix(self.upper), "only a matrix has a rank")


@dataclass(frozen=True)
class Semidefinite:
    """Symmetric, and `v A v^T >= 0` for every row v."""

    matrix: Array

    def __post_init__(self) -> None:
        square = _is_matrix(self.matrix) and self.matrix.sizes[0] == self.matrix.sizes[1]
        need(square, "only a square matrix can be positive semidefinite")


def is_symbol(symbol: Symbol) -> bool:
    return type(symbol) in SYMBOLS and symbol == symbol.plain


@dataclass_transform(frozen_default=True)
def _connective(kind: type[Kind]) -> type[Kind]:
    """A record of formulas, or of a formula and the symbols that it binds."""

    def check(formula: Any) -> None:
        below, bound = parts(formula), getattr(formula, "symbols", ())
        need(type(below) is tuple and all(type(p) in FORMULAS for p in below), "not formulas")
        need(type(bound) is tuple and all(map(is_symbol, bound)), "not letters or parameters")

    kind.__post_init__ = check  # type: ignore[attr-defined]
    return dataclass(frozen=True)(kind)


@_connective
class ForAll:
    symbols: tuple[Symbol, ...]
    body: Formula


@_connective
class Exists:
    symbols: tuple[Symbol, ...]
    body: Formula


@_connective
class And:
    parts: tuple[Formula, ...]


@_connective
class Implies:
    hypothesis: Formula
    conclusion: Formula


@_connective
class Iff:
    left: Formula
    right: Formula


@_connective
class Not:
    body: Formula


Formula = Equation | NonNegative | RankAtMost | Semidefinite | ForAll | Exists | And | Implies | Iff | Not
FORMULAS, SYMBOLS = get_args(Formula), get_args(Symbol)
COMPOUND = frozenset({tuple, Array, *FORMULAS})
"""What terms are found in."""


def identity_array(size: Size) -> Array:
    i, j = variable("i", size), variable("j", size)
    return Array((i, j), delta(i, j))


def parts(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly below."""
    match formula:
        case And(below):
            return below
        case Implies(a, b) | Iff(a, b):
            return (a, b)
        case ForAll(_, body) | Exists(_, body) | Not(body):
            return (body,)
    return ()


def inside(thing: Any) -> Iterator[Any]:
    """The thing and all that is in it, formulas, arrays and tuples taken apart; not what is in a term."""
    yield thing
    if type(thing) in COMPOUND:
        for part in contents(thing):
            yield from inside(part)


def terms_of(*things: object) -> Iterator[Term]:
    """The terms that formulas, arrays, or tuples of them are about."""
    return (part for part in inside(things) if type(part) is Term)


def free_symbols(formula: Formula) -> frozenset[Symbol]:
    if type(formula) in (ForAll, Exists):
        return free_symbols(formula.body) - frozenset(formula.symbols)  # type: ignore[arg-type, union-attr]
    below = parts(formula)
    return frozenset().union(*map(free_symbols, below)) if below else symbols(*terms_of(formula))
