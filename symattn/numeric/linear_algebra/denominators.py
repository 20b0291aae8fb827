"""Rational arrays over common denominators: sums and products of whole numbers, with one reduction an entry at the end.

Python's own Fraction reduces after every addition, which is most of what a product of matrices would cost.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

Array = Any

__all__ = ["over_common", "quotients"]


def over_common(entries: Array, axis: int) -> tuple[Array, Array]:
    """Whole numerators, and the least denominator that the entries along an axis, at least one, have in common."""
    common = np.lcm.reduce(_denominators(entries), axis=axis, keepdims=True)
    return _numerators(entries, common), common


def _quotient(numerator: int, denominator: int) -> int | Fraction:
    if denominator == 1:
        return numerator
    if denominator == 0:
        return 0
    whole, rest = divmod(numerator, denominator)
    return Fraction(numerator, denominator) if rest else whole


_denominators = np.frompyfunc(lambda entry: entry.denominator, 1, 1)
_numerators = np.frompyfunc(lambda entry, common: entry.numerator * (common // entry.denominator), 2, 1)
quotients = np.frompyfunc(_quotient, 2, 1)
"""Whole numbers divided entry by entry, as int or Fraction; 1/0 is 0."""
