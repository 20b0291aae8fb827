"""Proof: from normal forms back to terms, and the pattern matching that finds a hypothesis inside a product.

Nothing here is trusted: what is found is checked by the kernel's rule `combine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symattn.kernel import terms
from symattn.kernel.functions import argument_of
from symattn.kernel.polynomial import SKELETONS, Factor, Monomial, Number, Poly, parameter_of
from symattn.kernel.sizes import Index, Size, SizeSymbol, replace_in, size_of
from symattn.kernel.sums import is_open_sum, opened
from symattn.kernel.terms import Term

Fresh = Callable[[Size], int]


@dataclass(frozen=True)
class Flat:
    """One monomial with its sums opened: parameters, atoms, and the variables that were bound."""

    params: tuple[tuple[int, Number], ...]
    atoms: tuple[Factor, ...]
    bound: tuple[int, ...]


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
        parts = [_power(term_of_factor((s, i, 1), fresh), p) for s, i, p in factors]
        summands.append(terms.multiply(terms.number(coefficient), *parameters(params), *parts))
    return terms.add(*summands) if summands else terms.number(0)


def parameters(params: tuple[tuple[int, Number], ...]) -> list[Term]:
    found = []
    for number, exponent in params:
        symbol = parameter_of(number)
        size = Size((((symbol,), 1),)) if isinstance(symbol, SizeSymbol) else None
        found.append(_power(terms.cardinal(size) if size else terms.parameter(symbol), exponent))  # type: ignore[arg-type]
    return found


def _power(base: Term, exponent: Number) -> Term:
    return base if exponent == 1 else terms.power(base, exponent)


def term_of_factor(factor: Factor, fresh: Fresh) -> Term:
    number, places, power = factor
    skeleton = SKELETONS[number]

    def actual(index: Index) -> Index:
        return replace_in(index, places.__getitem__)

    if skeleton.kind == "entry":
        base = terms.entry(skeleton.data[0], *map(actual, skeleton.data[1]))
    elif skeleton.kind == "delta":
        base = terms.delta(*map(actual, skeleton.data))
    elif skeleton.kind == "sum":
        flat = flatten(((), ((number, places, 1),)), fresh)
        base = terms.summation(flat.bound, terms.multiply(*(term_of_factor(a, fresh) for a in flat.atoms)))
    else:
        make = {"exp": terms.exponential, "log": terms.logarithm, "reciprocal": terms.reciprocal}[skeleton.kind]
        base = make(term_of_poly(argument_of((number, places, 1)), fresh))
    return _power(base, power)


@dataclass(frozen=True)
class Found:
    """A pattern inside a product: the value of each pattern variable, and the atoms that are left."""

    values: dict[int, int]
    rest: tuple[Factor, ...]


def occurrences(pattern: Flat, target: Flat) -> Iterator[Found]:
    """Every way in which the pattern's atoms are atoms of the target; bound variables match only what is bound."""
    yield from _match(list(pattern.atoms), list(target.atoms), {}, pattern, target)


def _match(todo: list[Factor], left: list[Factor], values: dict[int, int], pattern: Flat, target: Flat) -> Iterator[Found]:
    if not todo:
        inner = [values[v] for v in pattern.bound]
        outside = {v for _, places, _ in left for v in places} | {v for k, v in values.items() if k not in pattern.bound}
        if len(set(inner)) == len(inner) and not outside & set(inner) and set(inner) <= set(target.bound):
            yield Found(dict(values), tuple(left))
        return
    number, places, power = todo[0]
    for at, (other, theirs, exponent) in enumerate(left):
        if other != number or not (exponent == power or (exponent > power > 0 and exponent % 1 == power % 1 == 0)):
            continue
        remaining = [*left[:at], *([(other, theirs, exponent - power)] if exponent != power else []), *left[at + 1 :]]
        for perm, sign in SKELETONS[number].group:
            if sign != 1:
                continue
            new = dict(values)
            image = [theirs[p] for p in perm]
            if all(size_of(a) == size_of(b) and new.setdefault(a, b) == b for a, b in zip(places, image, strict=True)):
                yield from _match(todo[1:], remaining, new, pattern, target)
