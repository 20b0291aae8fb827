"""Sums and products of float64 numbers together with all that rounding takes from them.

two_sum, two_product    a float64 and the rest: the two are the exact result
slices                  numbers cut into whole ones that are short, so that sums of their products do not round

Nothing here knows of bounds.  NumPy rounds every step to nearest, so these are theorems (Knuth, The Art of Computer
Programming 2, 4.2.2; Dekker, Numerische Mathematik 18, 1971), as long as nothing overflows: then the rest is no number,
and who asked sees that.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symattn.numeric.arithmetic import Array

DIGITS = 53
FAINT = 2.0**-960  # the rest of a smaller product may have digits below the least float64
LOST = 2.0**-1013  # more than the rest of such a product, and more than a few underflows lose
SPLITTER = 2.0**27 + 1


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """s and e with s + e = a + b exactly and s the sum as it rounds; sums do not underflow."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def quick_two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """The same where |a| ≥ |b| or a is 0."""
    s = a + b
    return s, b - (s - a)


def two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """p and e with p + e = a b exactly and p the product as it rounds; for |p| < FAINT e is 0, and within LOST of that.

    Halves of 26 digits have exact products.  These have no digit below 2⁻¹⁰⁶⁶ for |p| ≥ FAINT, so none underflows.
    """
    p = a * b
    (a1, a2), (b1, b2) = _halves(a), _halves(b)
    e = a2 * b2 - (((p - a1 * b1) - a2 * b1) - a1 * b2)
    return p, np.where(np.abs(p) < FAINT, 0.0, e)


def _halves(a: Array) -> tuple[Array, Array]:
    high = SPLITTER * a
    high = high - (high - a)
    return high, a - high


def slices(high: Array, low: Array, exponents: Array, width: int, most: int) -> Iterator[tuple[Array, Array]]:
    """Whole numbers q₁, q₂, … of at most 2^width, and how much is left: high + low - Σ_i q_i 2^(exponent - i width).

    The numbers lie below 2^exponent, and `low` is what a float64 could not hold.  Each q is the nearest to what is
    left, so that rounding takes nothing: the difference is a multiple of the last digit of `high` and smaller than it.
    It ends when nothing is left.
    """
    for number in range(1, most + 1):
        unit = exponents - number * width
        q = np.rint(np.ldexp(high, -unit))
        high, low = two_sum(high - np.ldexp(q, unit), low)
        yield q, np.abs(high) * (1 + 2.0**-51)  # low is not even the last digit of high
        if not high.any():
            return
