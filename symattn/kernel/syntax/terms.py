"""Typed terms, the entries of matrix expressions.  `plain` says which of them are zero.

A term is a number built from entries of letters: `(A B)_ij` is the sum over l of `A_il B_lj`.  Terms are interned, so
equal terms are the same object.  Constructors check types; there is no other way to make a term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

from symattn.errors import KernelError
from symattn.kernel.syntax.letters import FACTS as FACTS, OPEN, Letter as Letter, Parameter as Parameter  # noqa: PLC0414
from symattn.kernel.syntax.sizes import (
    Index,
    Size,
    Variable,
    need,
    replace_in,
    size_of,
    variable,
    variable_name,
    variables_of,
)

Args = tuple[Any, ...]
Indices = Sequence[Index]


class Term:
    """One interned node: a kind and its arguments."""

    __slots__ = ("__weakref__", "args", "below", "free", "kind")

    def __init__(self, kind: str, args: Args, free: frozenset[int]) -> None:
        self.kind, self.args, self.free = kind, args, free
        self.below = tuple([a for a in args if type(a) is Term])

    def __repr__(self) -> str:
        return f"{self.kind}{self.args!r}"


_terms: WeakValueDictionary[tuple[str, Args], Term] = WeakValueDictionary()
"""Every term that somebody still holds."""
_held: dict[tuple[str, Args], Callable[[], Term | None]] = _terms.data  # type: ignore[attr-defined]
"""References to them, looked up without a call."""


def genuine(terms: Iterable[object]) -> None:
    """Refuse whatever a constructor did not make."""
    for term in terms:
        if type(term) is not Term or not (held := _held.get((term.kind, term.args))) or held() is not term:
            raise KernelError(f"not a term of the kernel: {term!r}")


def different(variables: Sequence[int]) -> None:
    """Refuse whatever are not variables, each of them once."""
    need([type(v) for v in variables] == [Variable] * len(set(variables)), "not index variables, each another one")


def _node(kind: str, args: Args, *, below: Sequence[Term] = (), at: Indices = (), bound: Sequence[int] = ()) -> Term:
    """The term; free in it is what is free in the terms below or in the indices it is at, but for what it binds."""
    genuine(below)
    if (held := _held.get((kind, args))) is None or (term := held()) is None:
        free = frozenset().union(*[t.free for t in below], *map(variables_of, at)) - frozenset(bound)
        term = _terms[kind, args] = Term(kind, args, free)
    return term


@lru_cache(maxsize=1024, typed=True)
def number(value: int | Fraction) -> Term:
    need(type(value) in (int, Fraction), "only exact rational numbers are terms")
    return _node("number", (Fraction(value),))


def parameter(symbol: Parameter) -> Term:
    need(type(symbol) is Parameter, "not a parameter")
    return _node("parameter", (symbol,))


def cardinal(size: Size) -> Term:
    """The size itself, as a number."""
    need(type(size) is Size, "not a size")
    return _node("cardinal", (size,))


def entry(letter: Letter, *indices: Index) -> Term:
    """`A_ij`: each index must belong to the size of its axis."""
    need(type(letter) is Letter, "not a letter")
    if (sizes := tuple(map(size_of, indices))) != letter.sizes:
        wanted, given = (", ".join(map(str, of)) or "none" for of in (letter.sizes, sizes))
        raise KernelError(f"{letter.name} takes indices of the sizes {wanted}, not {given}")
    return _node("entry", (letter, *indices), at=indices)


def delta(left: Index, right: Index) -> Term:
    """1 where the two indices agree, else 0."""
    return _compared("delta", left, right)


def before(left: Index, right: Index) -> Term:
    """1 where the first index is at most the second, else 0."""
    return _compared("before", left, right)


def _compared(kind: str, left: Index, right: Index) -> Term:
    if size_of(left) != size_of(right):
        raise KernelError(f"indices of different sizes {size_of(left)} and {size_of(right)} cannot be compared")
    return _node(kind, (left, right), at=(left, right))


def summation(variables: Sequence[int], body: Term) -> Term:
    """The sum of the body over all values of the variables."""
    genuine(() if variables else [body])
    different(variables := tuple(variables))
    return _node("sum", (variables, body), below=[body], bound=variables) if variables else body


def determinant(row: int, column: int, body: Term) -> Term:
    """The determinant of a square matrix: the body at these two variables, which it binds; nothing else may be free."""
    genuine([body])
    different((row, column))
    square = size_of(row) == size_of(column) and body.free <= {row, column}
    need(square, "a determinant is of a square matrix in two indices, and its entries know no other index")
    return _node("determinant", (row, column, body), below=[body], bound=(row, column))


def add(*terms: Term) -> Term:
    genuine(terms if len(terms) == 1 else ())
    return terms[0] if len(terms) == 1 else _node("add", terms, below=terms)


def multiply(*terms: Term) -> Term:
    genuine(terms if len(terms) == 1 else ())
    return terms[0] if len(terms) == 1 else _node("multiply", terms, below=terms)


def power(base: Term, exponent: int | Fraction) -> Term:
    """`base` to a rational power; what is not a natural power must be seen to be positive when it is written out."""
    return _node("power", (base, *number(exponent).args), below=[base])


def exponential(argument: Term) -> Term:
    return _node("exp", (argument,), below=[argument])


def logarithm(argument: Term) -> Term:
    return _node("log", (argument,), below=[argument])


def cosine(argument: Term) -> Term:
    return _node("cos", (argument,), below=[argument])


def sine(argument: Term) -> Term:
    return _node("sin", (argument,), below=[argument])


def reciprocal(argument: Term) -> Term:
    """1/x, with 1/0 = 0."""
    return _node("reciprocal", (argument,), below=[argument])


def derivative(body: Term, target: Letter | Parameter, *indices: Index) -> Term:
    """The partial derivative of the body with respect to one entry of a letter, or to a parameter."""
    if type(target) is Parameter and not indices:
        return _node("derivative", (body, target), below=[body])
    place = entry(target, *indices)  # type: ignore[arg-type]  # which refuses whatever is no letter
    free = target.facts <= OPEN and target == target.plain
    need(free, f"entries of {target.name}, declared {sorted(target.facts)}, do not vary freely, or it is an inverse")
    return _node("derivative", (body, target, *indices), below=[body, place])


def negative(term: Term) -> Term:
    return multiply(number(-1), term)


def subtract(left: Term, right: Term) -> Term:
    return add(left, negative(right))


def walk(*roots: Term) -> Iterator[Term]:
    """Every term below the roots, once each, without recursion."""
    seen: set[Term] = set()
    stack = list(roots)
    while stack:
        term = stack.pop()
        if term not in seen:
            seen.add(term)
            stack.extend(term.below)
            yield term


def symbols(*roots: Term) -> frozenset[Letter | Parameter]:
    """The letters and parameters that occur (an inverse counts as its letter)."""
    return frozenset([a.plain for term in walk(*roots) for a in term.args if type(a) in (Letter, Parameter)])


CONSTRUCTORS: dict[str, Callable[..., Term]] = {
    "number": number, "parameter": parameter, "cardinal": cardinal, "entry": entry, "delta": delta, "before": before,
    "sum": summation, "determinant": determinant, "add": add, "multiply": multiply, "power": power,
    "exp": exponential, "log": logarithm, "cos": cosine, "sin": sine, "reciprocal": reciprocal,
    "derivative": derivative,
}  # fmt: skip
"""What makes a term of each kind from its arguments."""


def rebuild(term: Term, change: Callable[[Term], Term]) -> Term:
    """The same node over changed children; constructors check it again."""
    return CONSTRUCTORS[term.kind](*(change(a) if type(a) is Term else a for a in term.args))


INDEXED = {"entry": 1, "delta": 0, "before": 0, "derivative": 2}
"""From which argument on a term of that kind has indices."""


def reindex(term: Term, mapping: Mapping[int, Index]) -> Term:
    """The term with free index variables replaced, all at once; where a sum would bind one, it takes another name."""
    moved = {v: mapping[v] for v in term.free & mapping.keys()}
    if not moved:
        return term
    if term.kind == "sum":
        bound, body = renamed(term, frozenset().union(*map(variables_of, moved.values())))
        return summation(bound, reindex(body, moved))
    start = INDEXED.get(term.kind, len(term.args))
    before = [reindex(a, moved) if type(a) is Term else a for a in term.args[:start]]
    return CONSTRUCTORS[term.kind](*before, *(replace_in(i, lambda v: moved.get(v, v)) for i in term.args[start:]))


def renamed(term: Term, avoid: frozenset[int]) -> tuple[tuple[int, ...], Term]:
    """The variables and the body of a sum that binds none of the variables to be avoided, and is this one otherwise."""
    bound, body = term.args
    new: dict[int, Index] = {}
    for v in avoid.intersection(bound):
        name, taken = variable_name(v) + "'", avoid | body.free | {*bound, *new.values()}
        while variable(name, size_of(v)) in taken:
            name += "'"
        new[v] = variable(name, size_of(v))
    return tuple(new.get(v, v) for v in bound), reindex(body, new)
