"""Engine, the normal form: what a denominator has in common with what stands above it, and partial fractions.

P = c x^p + rest, where x is heavier than all of the rest, has the lead x^p.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symattn.engine.normal.polynomial import (
    EMPTY,
    PRODUCT_CHANGES,
    SKELETONS,
    Factor,
    Key,
    Number,
    Params,
    Poly,
    Powers,
    add,
    constant,
    instance,
    multiply,
    product,
    remap,
    scale,
)


def lead_of(poly: Poly) -> tuple[Factor, Number, tuple[Any, ...]] | None:
    """A monomial that is a power of one factor, heavier than all else in the sum: `lead/P` is rewritten by the rest.

    That ends, because what stands for the lead afterwards comes before it in the order of skeletons.
    """
    heaviest = max((s for _, factors in poly for s, _, _ in factors), default=-1)
    if heaviest < 0 or any(sign < 0 for _, sign in SKELETONS[heaviest].group):
        return None  # at other places the factor may be another power
    for (params, factors), coefficient in poly.items():
        if not params and len(factors) == 1 and factors[0][0] == heaviest and factors[0][2] >= 1:
            rest = {m: c for m, c in poly.items() if m != (params, factors)}
            if all(s != heaviest for _, others in rest for s, _, _ in others):
                return factors[0], coefficient, tuple(rest.items())
    return None


def lead_at(number: int, places: tuple[int, ...]) -> Key | None:
    """The factor of which the lead of a reciprocal is a power, at its places."""
    lead = SKELETONS[number].lead
    return None if lead is None else instance(lead[0][0], tuple([places[v] for v in lead[0][1]]), 1)[0][:2]


def reduce_lead(number: int, places: tuple[int, ...]) -> Poly:
    """For a reciprocal `1/P` with `P = c lead + rest`: `lead/P = 1/c - rest/(c P)`."""
    _, coefficient, rest = SKELETONS[number].lead or ((), 1, ())
    other = multiply(remap(dict(rest), places.__getitem__), {((), ((number, places, 1),)): 1})
    return scale(add(constant(1), scale(other, -1)), Fraction(1) / coefficient)


def lead_power(number: int) -> Number:
    """To which power the lead of a reciprocal is raised; 0 where there is none."""
    lead = SKELETONS[number].lead
    return 0 if lead is None else lead[0][2]


def _reduce(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`lead/P` inside a product."""
    for (number, places), power in powers.items():
        # whether the lead is there is asked first: the rest is multiplied by the same 1/P
        times = lead_power(number)
        if power >= 1 and times and (there := lead_at(number, places)) and powers.get(there, 0) >= times:
            less = {**powers, (number, places): power - 1, there: powers[there] - times}
            return multiply(product(coefficient, params, less), reduce_lead(number, places))
    return None


def _part(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`x^-q/P = x^-q/r - c x^(p-q)/(r P)` for an exponential x and P = c x^p + r with a number r."""
    for (number, places), power in sorted(powers.items()):
        lead = SKELETONS[number].lead
        there = lead_at(number, places) if lead is not None and power >= 1 else None
        if lead is None or there is None or SKELETONS[there[0]].kind != "exp" or powers.get(there, 0) >= 0:
            continue
        (_, _, times), scale_, rest = lead
        if len(rest) == 1 and rest[0][0] == EMPTY:
            part = Fraction(coefficient) / Fraction(rest[0][1])
            first = product(part, params, {**powers, (number, places): power - 1})
            return add(first, product(-part * scale_, params, {**powers, there: powers[there] + times}))
    return None


PRODUCT_CHANGES.extend([_reduce, _part])
