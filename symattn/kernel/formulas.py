"""Kernel, third floor: what can be claimed.  `rules` says what follows from what.

Free letters and parameters of a formula stand for all of their kind, free sizes for all sizes from their minimum on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from symattn.errors import KernelError
from symattn.kernel.sizes import Size, Variable, size_of, variable, variable_name
from symattn.kernel.terms import (
    Letter,
    Parameter,
    Term,
    delta,
    entry,
    genuine,
    rebuild,
    reindex,
    summation,
    symbols,
    walk,
)

Symbol = Letter | Parameter


def _closed(indices: tuple[int, ...], *bodies: Term) -> None:
    genuine(bodies)
    loose = frozenset().union(*(b.free for b in bodies)) - frozenset(indices)
    if loose or type(indices) is not tuple or [type(v) for v in indices] != [Variable] * len(set(indices)):
        raise KernelError(f"index variables {sorted(variable_name(v) for v in loose)} are not bound")


def _connects(formula: Any) -> None:
    """Refuse what does not stand on formulas, or binds what is not a symbol."""
    bound = getattr(formula, "symbols", ())
    if type(parts(formula)) is not tuple or any(type(p) not in FORMULAS for p in parts(formula)):
        raise KernelError(f"not formulas: {parts(formula)!r}")
    if type(bound) is not tuple or any(type(s) not in get_args(Symbol) or s != s.plain for s in bound):
        raise KernelError(f"not letters or parameters: {bound!r}")


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
        if type(self.strict) is not bool:
            raise KernelError(f"a bound is strict or it is not: {self.strict!r}")


@dataclass(frozen=True)
class RankAtMost:
    """`rank lower <= rank upper`; a number k is the rank of the identity of size k."""

    lower: Array
    upper: Array

    def __post_init__(self) -> None:
        if any(type(m) is not Array or len(m.sizes) != 2 or m.chosen for m in (self.lower, self.upper)):
            raise KernelError("only a matrix has a rank")


@dataclass(frozen=True)
class Semidefinite:
    """Symmetric, and `v A v^T >= 0` for every row v."""

    matrix: Array

    def __post_init__(self) -> None:
        sizes = self.matrix.sizes
        if type(self.matrix) is not Array or len(sizes) != 2 or sizes[0] != sizes[1] or self.matrix.chosen:
            raise KernelError("only a square matrix can be positive semidefinite")


@dataclass(frozen=True)
class ForAll:
    symbols: tuple[Symbol, ...]
    body: Formula

    def __post_init__(self) -> None:
        _connects(self)


@dataclass(frozen=True)
class Exists:
    symbols: tuple[Symbol, ...]
    body: Formula

    def __post_init__(self) -> None:
        _connects(self)


@dataclass(frozen=True)
class And:
    parts: tuple[Formula, ...]

    def __post_init__(self) -> None:
        _connects(self)


@dataclass(frozen=True)
class Implies:
    hypothesis: Formula
    conclusion: Formula

    def __post_init__(self) -> None:
        _connects(self)


@dataclass(frozen=True)
class Iff:
    left: Formula
    right: Formula

    def __post_init__(self) -> None:
        _connects(self)


@dataclass(frozen=True)
class Not:
    body: Formula

    def __post_init__(self) -> None:
        _connects(self)


Formula = Equation | NonNegative | RankAtMost | Semidefinite | ForAll | Exists | And | Implies | Iff | Not
FORMULAS = get_args(Formula)
ATOMS = (Equation, NonNegative, RankAtMost, Semidefinite)


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


def terms_of(formula: Formula) -> Iterator[Term]:
    """The terms that a formula is about."""
    match formula:
        case Equation(_, left, right):
            yield from (left, right)
        case NonNegative(_, body):
            yield body
        case RankAtMost(lower, upper):
            yield from (lower.body, upper.body)
        case Semidefinite(matrix):
            yield matrix.body
        case _:
            for below in parts(formula):
                yield from terms_of(below)


def free_symbols(formula: Formula) -> frozenset[Symbol]:
    if isinstance(formula, ForAll | Exists):
        return free_symbols(formula.body) - frozenset(formula.symbols)
    if isinstance(formula, ATOMS):
        return symbols(*terms_of(formula))
    return frozenset().union(*(free_symbols(p) for p in parts(formula)))


Replacement = Mapping[Symbol, Array]


def instantiate(formula: Formula, new: Replacement) -> Formula:
    """The formula with letters and parameters replaced by arrays; nothing may be captured, no fact lost.

    Indices that an array leaves open become indices of the formula, which must then be an equation or a bound.
    """
    if type(formula) not in FORMULAS:
        raise KernelError(f"not a formula: {formula!r}")
    for symbol, array in new.items():
        _admissible(symbol, array)
    chosen = tuple(dict.fromkeys(v for array in new.values() for v in array.chosen))
    if chosen and not (isinstance(formula, Equation | NonNegative) and set(chosen).isdisjoint(formula.indices)):
        raise KernelError("indices may be left open only in an equation or a bound that does not use them itself")
    return _instantiate(formula, dict(new), chosen)


def _admissible(symbol: Symbol, array: Array) -> None:
    if type(symbol) not in get_args(Symbol) or symbol != symbol.plain or type(array) is not Array:
        raise KernelError(f"{symbol!r} cannot be replaced by {array!r}")
    sizes = symbol.sizes if isinstance(symbol, Letter) else ()
    if array.sizes != sizes:
        have = [[str(s) for s in of] for of in (sizes, array.sizes)]
        raise KernelError(f"{symbol.name} has the sizes {have[0]}, its replacement has {have[1]}")
    facts = symbol.facts if isinstance(symbol, Letter) else frozenset({"positive"} if symbol.positive else ())
    source = array.body.args[0] if array.body.kind in ("entry", "parameter") else None
    same = isinstance(source, Letter) and array.body.args[1:] == array.indices and not source.inverse
    known = (
        source.facts
        if same and isinstance(source, Letter)
        else {"positive"}
        if isinstance(source, Parameter) and source.positive
        else set()
    )
    if facts - known:
        raise KernelError(f"{symbol.name} is declared {sorted(facts)}; its replacement is not known to be")


def _instantiate(formula: Formula, new: dict[Symbol, Array], chosen: tuple[int, ...] = ()) -> Formula:
    def term(t: Term) -> Term:
        return replace_symbols(refresh(t, frozenset(chosen)), new)

    match formula:
        case Equation(indices, left, right):
            return Equation(indices + chosen, term(left), term(right))
        case NonNegative(indices, body, strict):
            return NonNegative(indices + chosen, term(body), strict)
        case RankAtMost(a, b):
            return RankAtMost(Array(a.indices, term(a.body)), Array(b.indices, term(b.body)))
        case Semidefinite(a):
            return Semidefinite(Array(a.indices, term(a.body)))
        case ForAll(bound, body) | Exists(bound, body):
            kept = {s: a for s, a in new.items() if s not in bound and s in free_symbols(body)}
            for array in kept.values():
                if symbols(array.body) & set(bound):
                    raise KernelError("a replacement mentions a letter that is bound where it would go")
            return type(formula)(bound, _instantiate(body, kept))
        case And(below):
            return And(tuple(_instantiate(p, new) for p in below))
    return type(formula)(*(_instantiate(p, new) for p in parts(formula)))


def replace_symbols(term: Term, new: dict[Symbol, Array]) -> Term:
    """The term with letters replaced; a derivative is taken at a point, so its own letter cannot be."""
    if not symbols(term) & new.keys():
        return term
    if term.kind == "parameter":
        return new[term.args[0]].body
    if term.kind == "entry":
        letter = term.args[0]
        array = new[letter.plain]
        if letter.inverse:
            source = array.body.args[0]  # _admissible: a letter with the same facts, so it has an inverse too
            return entry(Letter(source.name, source.sizes, source.facts, True), *term.args[1:])
        return reindex(refresh(array.body, term.free), dict(zip(array.indices, term.args[1:], strict=True)))
    if term.kind == "determinant" and any(new[s].chosen for s in symbols(term) & new.keys()):
        raise KernelError("the entries of a determinant may not depend on an index that is left open")
    if term.kind == "derivative":
        target = term.args[1]
        inside = [a for s, a in new.items() if s in symbols(term.args[0])]
        if target in new or any(target in symbols(a.body) for a in inside):
            raise KernelError(f"a derivative with respect to {target.name} cannot be taken at something else")
    return rebuild(term, lambda child: replace_symbols(child, new))


def refresh(term: Term, avoid: frozenset[int]) -> Term:
    """The term with its bound variables renamed away from the given ones."""
    if not any(t.kind == "sum" and avoid & set(t.args[0]) for t in walk(term)):
        return term
    if term.kind != "sum":
        return rebuild(term, lambda child: refresh(child, avoid))
    body = refresh(term.args[1], avoid)
    new = {v: variable(variable_name(v) + "'" * _primes(v, avoid, body), size_of(v)) for v in term.args[0]}
    return summation(tuple(new.values()), reindex(body, new))  # type: ignore[arg-type]


def _primes(v: int, avoid: frozenset[int], body: Term) -> int:
    taken = avoid | body.free | {w for t in walk(body) if t.kind == "sum" for w in t.args[0]}
    count = 1 if v in avoid else 0
    while count and variable(variable_name(v) + "'" * count, size_of(v)) in taken:
        count += 1
    return count
