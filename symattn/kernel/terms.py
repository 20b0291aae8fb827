"""Kernel, first floor: typed terms, the entries of matrix expressions.  `plain` says which of them are zero.

A term is a number built from entries of letters: `(A B)_ij` is the sum over l of `A_il B_lj`.  Terms are interned, so
equal terms are the same object.  Constructors check types; there is no other way to make a term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

from symattn.errors import KernelError
from symattn.kernel.sizes import Index, Size, Variable, replace_in, size_of, variables_of

FACTS = frozenset({"symmetric", "skew", "orthogonal", "permutation", "invertible", "idempotent", "mask", "positive"})
SQUARE_FACTS = FACTS - {"mask", "positive"}
COMPATIBLE = (
    FACTS - {"skew", "positive"},  # the identity has them all
    frozenset({"positive", "symmetric", "invertible"}),
    frozenset({"skew"}),
)
"""Facts that some matrix of every size has together: a letter of which nothing can be an instance proves anything."""


@dataclass(frozen=True)
class Letter:
    """An unknown array: one size an axis, and what is known of it; `inverse` marks the inverse of an invertible letter.

    A skew letter has a zero diagonal, which `A^T = -A` says only where 2 is not a zero divisor.
    """

    name: str
    sizes: tuple[Size, ...]
    facts: frozenset[str] = frozenset()
    inverse: bool = False

    def __post_init__(self) -> None:
        kinds = [str, tuple, frozenset, bool, *[Size] * len(self.sizes)]
        if [type(x) for x in (self.name, self.sizes, self.facts, self.inverse, *self.sizes)] != kinds:
            raise KernelError(f"a letter has a name, sizes, facts and whether it is inverted, not {self!r}")
        if not self.facts and not self.inverse:
            return
        unknown = self.facts - FACTS
        if unknown:
            raise KernelError(f"unknown facts {sorted(unknown)} about {self.name}; known are {sorted(FACTS)}")
        if self.facts & SQUARE_FACTS and (len(self.sizes) != 2 or self.sizes[0] != self.sizes[1]):
            raise KernelError(
                f"{self.name} is not square, so it cannot be {', '.join(sorted(self.facts & SQUARE_FACTS))}"
            )
        if self.inverse and not self.facts & {"invertible", "orthogonal", "permutation"}:
            raise KernelError(f"{self.name} is not declared invertible, so it has no inverse here")
        if not any(self.facts <= together for together in COMPATIBLE):
            raise KernelError(f"no matrix of every size is {', '.join(sorted(self.facts))} at once")

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def known(self) -> frozenset[str]:
        """What is known of its entries: those of an inverse have neither the signs nor the zeros of its letter."""
        return self.facts - {"positive", "mask"} if self.inverse else self.facts

    @property
    def plain(self) -> Letter:
        """The letter itself, if this is its inverse."""
        return Letter(self.name, self.sizes, self.facts) if self.inverse else self


@dataclass(frozen=True)
class Parameter:
    """An unknown number; positive ones may be divided by and raised to rational powers."""

    name: str
    positive: bool = False

    def __post_init__(self) -> None:
        if type(self.name) is not str or type(self.positive) is not bool:
            raise KernelError(f"a parameter has a name and is declared positive or not: {self!r}")

    @property
    def plain(self) -> Parameter:
        return self


class Term:
    """One interned node: a kind and its arguments."""

    __slots__ = ("__weakref__", "args", "below", "free", "kind")

    def __init__(self, kind: str, args: tuple[Any, ...], free: frozenset[int]) -> None:
        self.kind, self.args, self.free = kind, args, free
        self.below = tuple([a for a in args if isinstance(a, Term)])

    def __repr__(self) -> str:
        return f"{self.kind}{self.args!r}"


_terms: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
"""Every term that somebody still holds."""


def _make(kind: str, args: tuple[Any, ...], free: frozenset[int]) -> Term:
    key = (kind, args)
    term = _terms.get(key)
    if term is None:
        term = _terms[key] = Term(kind, args, free)
    return term


def _free(children: Sequence[Term]) -> frozenset[int]:
    return frozenset().union(*[c.free for c in children])


def genuine(children: Sequence[object]) -> None:
    """Refuse whatever a constructor did not make."""
    for child in children:
        if type(child) is not Term or _terms.get((child.kind, child.args)) is not child:
            raise KernelError(f"not a term of the kernel: {child!r}")


def number(value: int | Fraction) -> Term:
    if type(value) not in (int, Fraction):
        raise KernelError(f"only exact rational numbers are terms, not {value!r}")
    return _make("number", (Fraction(value),), frozenset())


def _is(value: object, kind: type) -> None:
    if type(value) is not kind:
        raise KernelError(f"{value!r} stands where a {kind.__name__} should")


def parameter(symbol: Parameter) -> Term:
    _is(symbol, Parameter)
    return _make("parameter", (symbol,), frozenset())


def cardinal(size: Size) -> Term:
    """The size itself, as a number."""
    _is(size, Size)
    return _make("cardinal", (size,), frozenset())


def entry(letter: Letter, *indices: Index) -> Term:
    """`A_ij`: each index must belong to the size of its axis."""
    _is(letter, Letter)
    if len(indices) != len(letter.sizes):
        raise KernelError(f"{letter.name} has {len(letter.sizes)} axes, not {len(indices)}")
    for index, size in zip(indices, letter.sizes, strict=True):
        if size_of(index) != size:
            raise KernelError(f"{letter.name} takes an index of size {size} here, not one of size {size_of(index)}")
    return _make("entry", (letter, *indices), frozenset([v for i in indices for v in variables_of(i)]))


def delta(left: Index, right: Index) -> Term:
    """1 where the two indices agree, else 0."""
    if size_of(left) != size_of(right):
        raise KernelError(f"indices of different sizes {size_of(left)} and {size_of(right)} cannot be compared")
    return _make("delta", (left, right), frozenset(variables_of(left) + variables_of(right)))


def summation(variables: Sequence[int], body: Term) -> Term:
    """The sum of the body over all values of the variables."""
    genuine([body])
    for v in variables:
        _is(v, Variable)
    if not variables:
        return body
    if len(set(variables)) != len(variables):
        raise KernelError("a sum binds the same variable twice")
    return _make("sum", (tuple(variables), body), body.free - frozenset(variables))


def determinant(row: int, column: int, body: Term) -> Term:
    """The determinant of a square matrix: the body at these two variables, which it binds; nothing else may be free."""
    genuine([body])
    for v in (row, column):
        _is(v, Variable)
    if row == column or size_of(row) != size_of(column) or not body.free <= {row, column}:
        raise KernelError("a determinant is of a square matrix in two indices, and its entries know no other index")
    return _make("determinant", (row, column, body), frozenset())


def add(*terms: Term) -> Term:
    genuine(terms)
    return terms[0] if len(terms) == 1 else _make("add", terms, _free(terms))


def multiply(*terms: Term) -> Term:
    genuine(terms)
    return terms[0] if len(terms) == 1 else _make("multiply", terms, _free(terms))


def power(base: Term, exponent: int | Fraction) -> Term:
    """`base` to a rational power; what is not a natural power must be seen to be positive when it is written out."""
    genuine([base, value := number(exponent)])
    return _make("power", (base, *value.args), base.free)


def exponential(argument: Term) -> Term:
    genuine([argument])
    return _make("exp", (argument,), argument.free)


def logarithm(argument: Term) -> Term:
    genuine([argument])
    return _make("log", (argument,), argument.free)


def reciprocal(argument: Term) -> Term:
    """1/x, with 1/0 = 0."""
    genuine([argument])
    return _make("reciprocal", (argument,), argument.free)


def derivative(body: Term, target: Letter | Parameter, *indices: Index) -> Term:
    """The partial derivative of the body with respect to one entry of a letter, or to a parameter."""
    genuine([body])
    if isinstance(target, Letter):
        if target.facts:
            raise KernelError(
                f"{target.name} is declared {', '.join(sorted(target.facts))}: its entries do not vary freely"
            )
        free = entry(target, *indices).free
    else:
        _is(target, Parameter)
        if indices:
            raise KernelError(f"{target.name} is a number and has no entry at {indices!r}")
        free = frozenset()
    return _make("derivative", (body, target, *indices), body.free | free)


_MINUS_ONE = number(-1)


def negative(term: Term) -> Term:
    return multiply(_MINUS_ONE, term)


def subtract(left: Term, right: Term) -> Term:
    return add(left, negative(right))


def children(term: Term) -> tuple[Term, ...]:
    """The terms directly below."""
    return term.below


def walk(*roots: Term) -> Iterator[Term]:
    """Every term below the roots, once each, without recursion."""
    seen: set[Term] = set()
    stack = list(roots)
    while stack:
        term = stack.pop()
        if term not in seen:
            seen.add(term)
            stack.extend(children(term))
            yield term


def symbols(*roots: Term) -> frozenset[Letter | Parameter]:
    """The letters and parameters that occur (an inverse counts as its letter)."""
    found: set[Letter | Parameter] = set()
    for term in walk(*roots):
        for argument in term.args:
            if isinstance(argument, Letter):
                found.add(argument.plain)
            elif isinstance(argument, Parameter):
                found.add(argument)
    return frozenset(found)


def rebuild(term: Term, change: Callable[[Term], Term]) -> Term:
    """The same node over changed children; constructors check it again."""
    return CONSTRUCTORS[term.kind](*(change(a) if isinstance(a, Term) else a for a in term.args))


CONSTRUCTORS: dict[str, Callable[..., Term]] = {
    "number": number,
    "parameter": parameter,
    "cardinal": cardinal,
    "entry": entry,
    "delta": delta,
    "sum": summation,
    "determinant": determinant,
    "add": add,
    "multiply": multiply,
    "power": power,
    "exp": exponential,
    "log": logarithm,
    "reciprocal": reciprocal,
    "derivative": derivative,
}
"""What makes a term of each kind from its arguments."""


def reindex(term: Term, mapping: dict[int, Index]) -> Term:
    """The term with free index variables replaced; refuses to move a variable under a sum that binds it."""
    if not term.free & mapping.keys():
        return term
    if term.kind == "entry":
        return entry(term.args[0], *(replace_in(i, lambda v: mapping.get(v, v)) for i in term.args[1:]))
    if term.kind == "delta":
        return delta(*(replace_in(i, lambda v: mapping.get(v, v)) for i in term.args))
    if term.kind == "sum":
        mapping = {k: v for k, v in mapping.items() if k not in term.args[0]}
        moved = {w for k, v in mapping.items() if k in term.args[1].free for w in variables_of(v)}
        if moved & set(term.args[0]):
            raise KernelError("an index would be captured by a sum")
    if term.kind == "derivative" and len(term.args) > 2:
        places = tuple(replace_in(i, lambda v: mapping.get(v, v)) for i in term.args[2:])
        return derivative(reindex(term.args[0], mapping), term.args[1], *places)
    return rebuild(term, lambda child: reindex(child, mapping))
