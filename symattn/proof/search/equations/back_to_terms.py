"""From normal forms back to terms, and the pattern matching that finds a hypothesis inside a product.

Nothing here is trusted: what is found is checked by the kernel's rule `combine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from symattn.engine.differences import rest_of
from symattn.engine.reading import (
    SKELETONS,
    Factor,
    Monomial,
    Number,
    Params,
    Poly,
    argument_of,
    is_open_sum,
    merge_parameters,
    opened,
    parameter_of,
)
from symattn.kernel.plain.laws import function
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import (
    ZERO_SIZE,
    Index,
    Size,
    SizeSymbol,
    place,
    replace_in,
    size_of,
    surplus,
    variables_of,
)
from symattn.kernel.syntax.terms import Term

Fresh = Callable[[Size], int]


@dataclass(frozen=True)
class Flat:
    """One monomial with its sums opened: parameters, atoms, and the variables that were bound."""

    params: Params
    atoms: tuple[Factor, ...]
    bound: tuple[int, ...]
    written: dict[Factor, Term] = field(default_factory=dict, compare=False, repr=False)
    """The terms of factors that were asked for: the same ones are, once for every fact that is tried."""

    @cached_property
    def marks(self) -> frozenset[Any]:
        """What its atoms are, whatever their indices: letters, and all else by number."""
        kinds = ((SKELETONS[number], number) for number, _, _ in self.atoms)
        return frozenset(one.data[0] if one.kind == "entry" else number for one, number in kinds)

    def term_of(self, factor: Factor, fresh: Fresh) -> Term:
        """The term of one of the atoms, or of what is left of it."""
        if factor not in self.written:
            self.written[factor] = term_of_factor(factor, fresh)
        return self.written[factor]


def flatten(monomial: Monomial, fresh: Fresh) -> Flat:
    """The monomial with every sum opened, its bound variables given names that a certificate can carry."""
    atoms: list[Factor] = []
    bound: list[int] = []
    for factor in monomial[1]:
        inner, new = opened(factor) if is_open_sum(factor) else ([factor], [])
        named = {v: fresh(size_of(v)) for v in new}
        atoms += [(s, tuple(named.get(v, v) for v in places), p) for s, places, p in inner]
        bound += named.values()
    return Flat(monomial[0], tuple(atoms), tuple(bound))


def term_of_poly(poly: Poly, fresh: Fresh) -> Term:
    """A term with this normal form."""
    summands = []
    for (params, factors), coefficient in poly.items():
        parts = [raised(term_of_factor((s, i, 1), fresh), p) for s, i, p in factors]
        summands.append(terms.multiply(terms.number(coefficient), *parameters(params), *parts))
    return terms.add(*summands) if summands else terms.number(0)


def over(above: Params, below: Params) -> Params:
    """The quotient of two products of parameters."""
    return merge_parameters(above, tuple((number, -exponent) for number, exponent in below))


def parameters(params: Params) -> list[Term]:
    found = []
    for number, exponent in params:
        symbol = parameter_of(number)
        size = Size((((symbol,), 1),)) if isinstance(symbol, SizeSymbol) else None
        found.append(raised(terms.cardinal(size) if size else terms.parameter(symbol), exponent))  # type: ignore[arg-type]
    return found


def raised(base: Term, exponent: Number) -> Term:
    return base if exponent == 1 else terms.power(base, exponent)


def term_of_factor(factor: Factor, fresh: Fresh) -> Term:
    number, places, power = factor
    skeleton = SKELETONS[number]

    def actual(index: Index) -> Index:
        return replace_in(index, places.__getitem__)

    if skeleton.kind == "entry":
        base = terms.entry(skeleton.data[0], *map(actual, skeleton.data[1]))
    elif skeleton.kind in ("delta", "before"):
        base = terms.CONSTRUCTORS[skeleton.kind](*map(actual, skeleton.data))
    elif skeleton.kind == "sum":
        flat = flatten(((), ((number, places, 1),)), fresh)
        base = terms.summation(flat.bound, terms.multiply(*(term_of_factor(a, fresh) for a in flat.atoms)))
    elif skeleton.kind == "determinant":
        row, column, entries = skeleton.data
        base = terms.determinant(row, column, term_of_poly(dict(entries), fresh))
    else:
        base = function(skeleton.kind, term_of_poly(argument_of((number, places, 1)), fresh))
    return raised(base, power)


@dataclass(frozen=True)
class Found:
    """A pattern inside a product: the value of each pattern variable, and the atoms that are left."""

    values: dict[int, Index]
    rest: tuple[Factor, ...]


def occurrences(pattern: Flat, target: Flat) -> Iterator[Found]:
    """Every way in which the pattern's atoms are atoms of the target; bound variables match only what is bound."""
    if pattern.marks <= target.marks:
        yield from _match(list(pattern.atoms), list(target.atoms), {}, pattern, target)


def _match(
    todo: list[Factor], left: list[Factor], values: dict[int, Index], pattern: Flat, target: Flat
) -> Iterator[Found]:
    if not todo:
        inner = [values[v] for v in pattern.bound]
        outside = {v for _, places, _ in left for v in places}
        outside |= {w for v, index in values.items() if v not in pattern.bound for w in variables_of(index)}
        if len(set(inner)) == len(inner) and not outside & set(inner) and set(inner) <= set(target.bound):
            yield Found(dict(values), tuple(left))
        return
    power = todo[0][2]
    for at, (number, theirs, exponent) in enumerate(left):
        if not (exponent == power or (exponent > power > 0 and exponent % 1 == power % 1 == 0)):
            continue
        over = [(number, theirs, exponent - power)] if exponent != power else []
        for pairs in _alignments(todo[0], (number, theirs, power)):
            new = dict(values)
            if all(_fits(a, b, new) for a, b in pairs):
                yield from _match(todo[1:], [*left[:at], *over, *left[at + 1 :]], new, pattern, target)


def _alignments(mine: Factor, theirs: Factor) -> Iterator[list[tuple[Index, Index]]]:
    """The indices that must agree for two atoms to be the same; entries of one letter may have compound indices."""
    one, other = SKELETONS[mine[0]], SKELETONS[theirs[0]]
    if mine[0] == theirs[0]:
        for perm, sign in one.group:
            if sign == 1:
                yield list(zip(mine[1], [theirs[1][p] for p in perm], strict=True))
    elif one.kind == other.kind == "entry" and one.data[0] == other.data[0]:
        left, right = _indices(mine), _indices(theirs)
        yield list(zip(left, right, strict=True))
        if "symmetric" in one.data[0].facts:
            yield list(zip(left, right[::-1], strict=True))


def _indices(factor: Factor) -> list[Index]:
    number, places, _ = factor
    return [replace_in(index, places.__getitem__) for index in SKELETONS[number].data[1]]


def _fits(mine: Index, theirs: Index, values: dict[int, Index]) -> bool:
    """Does the index become the other one by giving values to its variables?  Notes the values."""
    if isinstance(mine, int):
        return size_of(mine) == size_of(theirs) and values.setdefault(mine, theirs) == theirs
    if isinstance(theirs, int) or mine[0] != theirs[0]:
        return False
    if mine[0] == "part":
        before, after = surplus(theirs[1], mine[1]), surplus(theirs[3], mine[3])
        return before is not None and after is not None and _fits(mine[2], place(before, theirs[2], after), values)
    if mine[0] == "pair":
        return _fits(mine[1], theirs[1], values) and _fits(mine[2], theirs[2], values)
    return bool(mine == theirs)


def is_part(index: object) -> bool:
    """Is it a place in a part of a size?"""
    return isinstance(index, tuple) and index[:1] == ("part",)


def cuts(parts: Iterable[Index]) -> dict[Size, tuple[Size, ...]]:
    """How sizes are cut so that each of these places lies in one part, as far as the cuts come one after the other."""
    ends: dict[Size, list[Size]] = {}
    for part in parts:
        _, before, inner, _ = part  # type: ignore[misc]
        found = ends.setdefault(size_of(part), [ZERO_SIZE, size_of(part)])
        for end in (before, before + size_of(inner)):
            at = next(at for at, other in enumerate(found) if surplus(other, end) is not None)
            if end not in found and surplus(end, found[at - 1]) is not None:
                found.insert(at, end)
    return {size: tuple(map(rest_of, found[1:], found)) for size, found in ends.items()}
