"""How far the result of an operation moves when its operands move within their radii.

Every bound is in float64 and knows nothing of the arithmetic that computes the result: `floats` adds the rounding of
its own run, `tolerance` that of anybody who keeps a contract.  Who adds it also rounds up, for ROUNDINGS more.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.balls import Ball, magnitude, present
from symattn.numeric.bounds.rounding import SMALLEST, outward

ROUNDINGS = 6


def of_product(left: Ball, right: Ball) -> Array:
    """Entry by entry: |(a+δ)(b+ε) - ab| ≤ |a| s + r (|b| + s)."""
    a, b = magnitude(left.value), magnitude(right.value)
    blurred = present(left) * present(right) * ((left.radius > 0) | (right.radius > 0))
    return a * right.radius + left.radius * (b + right.radius) + 2 * SMALLEST * blurred


def of_reciprocal(value: Ball) -> Array:
    """|1/(x+δ) - 1/x| ≤ r / (|x| (|x| - r)), in an order of division that cannot overflow on the way; else ∞."""
    size, radius = magnitude(value.value), value.radius
    away = size > radius
    spread = radius / np.where(away, size, 1) / np.where(away, size - radius, 1) + SMALLEST * (radius > 0)
    return np.where(away, spread, np.inf)


def of_exp(size: Array, radius: Array) -> Array:
    """|e^(x+δ) - e^x| ≤ e^x (e^r - 1), with `size` at least e^x."""
    return np.where(radius > 0, size * outward(np.expm1(radius), 8) + SMALLEST, 0)


def of_log(value: Ball) -> Array:
    """-log(1 - r/x): how far log x can move when x moves by r; ∞ where x - r is not positive."""
    size = magnitude(value.value)
    away = np.asarray((value.value > 0) & (size > value.radius), dtype=bool)
    ratio = outward(value.radius / np.where(away, size, 1), 3)
    return np.where(away, outward(-np.log1p(-np.minimum(ratio, 1)), 10), np.inf)


def of_turn(radius: Array) -> Array:
    """|cos(x+δ) - cos x| ≤ |δ|, and never more than 2; the same for sin."""
    return np.where(radius < np.inf, np.minimum(radius, 2), radius)


def of_power(size: Array, value: Ball, exponent: Fraction) -> Array:
    """|(x+δ)^q - x^q| ≤ x^q (e^(|q| s) - 1) for a positive x whose logarithm moves by s; `size` is at least x^q."""
    return size * outward(np.expm1(abs(float(exponent)) * of_log(value)), 14) + SMALLEST


def power_steps(base: Array, exponent: Fraction) -> Array:
    """How many times the library's error a power has: an exponent such as 1/3 is rounded too, log x magnifies that."""
    return 2 * (1 + np.abs(np.log(base) * float(exponent)))
