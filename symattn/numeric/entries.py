"""Arrays of exact entries, which every arithmetic can read."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from symattn.errors import LanguageError

Array = Any


def entrywise(function: Callable[[Any], Any], entries: Array) -> Array:
    """Apply a function of one entry to an array of any shape, the empty one included; the result holds objects."""
    return np.fromiter(map(function, entries.flat), dtype=object, count=entries.size).reshape(entries.shape)


def refuse_infinite(entries: Array) -> None:
    """Raises    LanguageError when an array of floats has an entry that is no finite number"""
    if entries.dtype.kind == "f" and not np.isfinite(entries).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(entries))[0])
        raise LanguageError(f"the entry at {place} is {entries[place]}: only finite numbers can be evaluated")


def transposed(entries: Array) -> Array:
    """The last two axes exchanged."""
    return np.swapaxes(entries, -1, -2)


def matrix_product(left: Array, right: Array, nothing: Any) -> Array:
    """The product of arrays of objects, where an empty sum is `nothing` and not NumPy's None."""
    if left.shape[-1] == 0:
        lead = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
        return np.full((*lead, left.shape[-2], right.shape[-1]), nothing, dtype=object)
    return np.matmul(left, right)


def mantissa_of(entry: Any) -> tuple[int, int]:
    """(m, e) of a number m·2^e of mpmath, whose own mantissa has no sign; of a whole number (m, 0)."""
    if isinstance(entry, int):
        return entry, 0
    mantissa, exponent = map(int, entry.man_exp)
    return -mantissa if entry < 0 else mantissa, exponent


def rational(entry: Any) -> int | Fraction:
    """An exact Python number: int where the value is whole, which keeps sums quick."""
    if type(entry) is int:
        return entry
    if hasattr(entry, "man_exp"):
        mantissa, exponent = mantissa_of(entry)
        return mantissa << exponent if exponent >= 0 else rational(Fraction(mantissa, 1 << -exponent))
    plain = entry.item() if isinstance(entry, np.generic) else entry
    try:
        number = plain if type(plain) is Fraction else Fraction(plain)
    except (ValueError, OverflowError):
        raise LanguageError(f"an entry is {entry}: only finite numbers can be evaluated") from None
    return number.numerator if number.denominator == 1 else number


def is_whole(entries: Array) -> bool:
    """Whether every entry is a whole number of NumPy or of Python."""
    return entries.dtype.kind in "iu" or (entries.dtype == object and set(map(type, entries.ravel().tolist())) <= {int})


def exact_entries(entries: Any) -> Array:
    """An object array of int and Fraction with the same values; a float stands for the dyadic rational that it is."""
    given = np.asarray(entries)
    return given.astype(object) if is_whole(given) else entrywise(rational, given)


def whole_product(left: Any, right: Any) -> Array:
    """The exact product of two matrices of whole numbers, quick where every sum on the way fits into 63 bits."""
    if left.size == 0 or right.size == 0:
        return np.zeros((left.shape[0], right.shape[1]), dtype=object)
    largest = [max(abs(int(matrix.min())), abs(int(matrix.max()))) for matrix in (left, right)]
    if len(right) * max(1, largest[0]) * max(1, largest[1]) < 2**63:
        return (left.astype(np.int64) @ right.astype(np.int64)).astype(object)
    return left.astype(object) @ right.astype(object)
