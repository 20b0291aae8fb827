"""Positive factors divided out.  `x/P = y/P` says no more than `x = y`, and is easier to find inside a product.

`primitive` multiplies by a positive unit, so that no denominator and no common positive factor is left.
"""

from __future__ import annotations

from fractions import Fraction

from symattn.engine.normal import normal
from symattn.engine.reading import (
    SKELETONS,
    Number,
    Poly,
    accumulate,
    argument_of,
    is_positive,
    multiply,
    positive_parameter,
    raise_power,
    scale,
)
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.terms import Term
from symattn.proof.search.equations.back_to_terms import Fresh, parameters, raised, term_of_factor, term_of_poly

ROUNDS = 16

Key = tuple[int, tuple[int, ...]]


def primitive(term: Term, fresh: Fresh) -> tuple[Term, Term]:
    """A positive unit u, and u times the term, without denominators and common positive factors."""
    poly, found = normal(term), []
    for _ in range(ROUNDS):
        below = _denominator(poly)
        if below is None:
            break
        key, power = below
        found.append(raised(term_of_poly(argument_of((*key, 1)), fresh), power))
        poly = _cleared(poly, key, power)
    common = _common(poly)
    if common is not None:
        found.append(terms.reciprocal(term_of_poly(common, fresh)))
        poly = _divided(poly, common)
    inverse = _shared(poly, fresh)
    by, whole = [*found, *inverse], [*inverse, term_of_poly(poly, fresh)]
    return terms.multiply(*by) if by else terms.number(1), terms.multiply(*whole)


def _denominator(poly: Poly) -> tuple[Key, Number] | None:
    """One reciprocal of a positive sum, with its highest power."""
    powers: dict[Key, Number] = {}
    for _, factors in poly:
        for number, places, power in factors:
            if SKELETONS[number].kind == "reciprocal" and SKELETONS[number].positive:
                powers[number, places] = max(power, powers.get((number, places), 0))
    return next(iter(powers.items()), None)


def _cleared(poly: Poly, key: Key, top: Number) -> Poly:
    """The polynomial times a power of that denominator, which cancels what it meets."""
    below = argument_of((*key, 1))
    total: Poly = {}
    for (params, factors), coefficient in poly.items():
        power = next((p for s, i, p in factors if (s, i) == key), 0)
        rest: Poly = {(params, tuple(f for f in factors if f[:2] != key)): coefficient}
        accumulate(total, multiply(rest, raise_power(below, top - power)))
    return total


def _by_factors(poly: Poly) -> dict[tuple, Poly]:
    """What stands before each product of factors, a polynomial in sizes and parameters."""
    groups: dict[tuple, Poly] = {}
    for (params, factors), coefficient in poly.items():
        groups.setdefault(factors, {})[params, ()] = coefficient
    return groups


def _common(poly: Poly) -> Poly | None:
    """The positive polynomial in sizes and parameters, such as 1 + m, that stands before every product of factors."""
    groups = list(_by_factors(poly).values())
    if not groups or len(groups[0]) < 2:
        return None
    first = scale(groups[0], Fraction(1) / next(iter(groups[0].values())))
    alike = all(scale(first, group.get(next(iter(first)), 0)) == group for group in groups)
    return first if alike and is_positive(first) else None


def _divided(poly: Poly, common: Poly) -> Poly:
    lead = next(iter(common))
    return {((), factors): group[lead] for factors, group in _by_factors(poly).items()}


def _shared(poly: Poly, fresh: Fresh) -> list[Term]:
    """The inverse of the positive factors and parameters that all monomials have in common."""
    monomials = [(dict(params), {(s, i): p for s, i, p in factors}) for params, factors in poly]
    params = {n for own, _ in monomials for n in own if positive_parameter(n)}
    keys = {key for _, mine in monomials for key in mine if SKELETONS[key[0]].positive}
    low = [(n, min(own.get(n, 0) for own, _ in monomials)) for n in sorted(params)]
    least = [(key, min(mine.get(key, 0) for _, mine in monomials)) for key in sorted(keys)]
    return [
        *parameters(tuple((n, -p) for n, p in low if p)),
        *(raised(term_of_factor((*key, 1), fresh), -p) for key, p in least if p),
    ]
