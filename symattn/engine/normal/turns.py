"""Engine, the normal form: cos and sin of polynomials.

A sum of angles is taken apart by the addition theorem, a whole multiple by repeating it; a sign goes, since cos is even
and sin odd; sin² becomes 1 - cos².  What is left are cos(m/q) and sin(m/q) of one product m each: nothing is known of
cos x and cos(x/2) together.
"""

from __future__ import annotations

from fractions import Fraction

from symattn.engine.normal.functions import argument_of, function_poly, lifted
from symattn.engine.normal.polynomial import (
    PRODUCT_CHANGES,
    REBUILD,
    SKELETONS,
    Monomial,
    Number,
    Params,
    Poly,
    Powers,
    add,
    constant,
    multiply,
    product,
    raise_power,
    remap,
    scale,
)

MULTIPLE = 12
"""The largest whole multiple of an angle that is taken apart."""
Turn = tuple[Poly, Poly]
"""The cosine and the sine of an angle."""


def cos_poly(poly: Poly) -> Poly:
    through = lifted(poly, cos_poly)
    return _turn(poly)[0] if through is None else through


def sin_poly(poly: Poly) -> Poly:
    through = lifted(poly, sin_poly)
    return _turn(poly)[1] if through is None else through


def _turn(angle: Poly) -> Turn:
    total = constant(1), constant(0)
    for monomial, coefficient in angle.items():
        total = _after(total, _multiple(monomial, coefficient))
    return total


def _after(first: Turn, second: Turn) -> Turn:
    """By the sum of two angles."""
    (c, s), (a, b) = first, second
    return add(multiply(c, a), scale(multiply(s, b), -1)), add(multiply(s, a), multiply(c, b))


def _multiple(monomial: Monomial, coefficient: Number) -> Turn:
    times, below = abs(Fraction(coefficient)).as_integer_ratio()
    times, once = (times, Fraction(1, below)) if times <= MULTIPLE else (1, abs(Fraction(coefficient)))
    angle = {monomial: once.numerator if once.denominator == 1 else once}
    single = function_poly("cos", angle), function_poly("sin", angle)
    total = single
    for _ in range(times - 1):
        total = _after(total, single)
    return total[0], scale(total[1], 1 if coefficient > 0 else -1)


def _on_the_circle(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """`sin² x = 1 - cos² x`."""
    for (number, places), power in powers.items():
        if SKELETONS[number].kind == "sin" and power >= 2:
            cosine = function_poly("cos", argument_of((number, places, 1)))
            square = add(constant(1), scale(raise_power(cosine, 2), -1))
            return multiply(product(coefficient, params, {**powers, (number, places): power - 2}), square)
    return None


PRODUCT_CHANGES.append(_on_the_circle)
REBUILD["cos"] = lambda skeleton, places: cos_poly(remap(dict(skeleton.data), places.__getitem__))
REBUILD["sin"] = lambda skeleton, places: sin_poly(remap(dict(skeleton.data), places.__getitem__))
