"""Rational arrays over common denominators: sums and products of whole numbers, with one reduction an entry at the end.

Python's own Fraction reduces after every addition, which is most of what a product of matrices would cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import util
from numbers import Rational
from typing import Any

import numpy as np

from symattn.numeric.entries import is_whole

Array = Any

__all__ = ["flint", "over_common", "quotients", "reduced"]

LONG = 4096  # bits from which python-flint reduces quicker than Python does


@cache
def flint() -> Any:
    """The package python-flint, or None."""
    if util.find_spec("flint") is None:
        return None
    import flint

    return flint


def over_common(entries: Array, axis: int) -> tuple[Array, Array]:
    """Whole numerators, and the least denominator that the entries along an axis, at least one, have in common."""
    if is_whole(entries):
        return entries, 1
    common = np.lcm.reduce(_denominators(entries), axis=axis, keepdims=True)
    return _numerators(entries, common), common


def _quotient(numerator: int, denominator: int) -> int | Fraction:
    if denominator == 1:
        return numerator
    if denominator == 0:
        return 0
    if min(numerator.bit_length(), denominator.bit_length()) > LONG and flint() is not None:
        return reduced(flint().fmpq(numerator, denominator))
    whole, rest = divmod(numerator, denominator)
    return Fraction(numerator, denominator) if rest else whole


@dataclass(frozen=True, slots=True)
class _Reduced:
    """A numerator and a denominator that have no factor in common: Fraction copies them, and does not look for one."""

    numerator: int
    denominator: int


Rational.register(_Reduced)


def reduced(entry: Any) -> int | Fraction:
    """The number that one of python-flint is."""
    return int(entry.p) if entry.q == 1 else Fraction(_Reduced(int(entry.p), int(entry.q)))  # type: ignore[call-overload]


_denominators = np.frompyfunc(lambda entry: entry.denominator, 1, 1)
_numerators = np.frompyfunc(lambda entry, common: entry.numerator * (common // entry.denominator), 2, 1)
quotients = np.frompyfunc(_quotient, 2, 1)
"""Whole numbers divided entry by entry, as int or Fraction; 1/0 is 0."""
