"""Numeric layer: arrays of exact entries, which every arithmetic can read."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

Array = Any


def entrywise(function: Callable[[Any], Any], entries: Array) -> Array:
    """Apply a function of one entry to an array of any shape, the empty one included; the result holds objects."""
    result = np.empty(entries.shape, dtype=object)
    for place, entry in np.ndenumerate(entries):
        result[place] = function(entry)
    return result


def rational(entry: Any) -> int | Fraction:
    """An exact Python number: int where the value is whole, which keeps sums quick."""
    if type(entry) is int:
        return entry
    number = entry if type(entry) is Fraction else Fraction(entry.item() if isinstance(entry, np.generic) else entry)
    return number.numerator if number.denominator == 1 else number


def exact_entries(entries: Any) -> Array:
    """An object array of int and Fraction with the same values; a float stands for the dyadic rational that it is."""
    return entrywise(rational, np.asarray(entries))
