"""Products, ranks and inverses of exact matrices, by python-flint where it is installed and pays.

Without it, and for small matrices, which it would take longer to hand over, `elimination` does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.entries import exact_entries, is_whole, matrix_product
from symattn.numeric.linear_algebra import elimination
from symattn.numeric.linear_algebra.denominators import flint, over_common, quotients, reduced

WORTH = 30  # multiplications in an elimination of fractions; below it the conversion costs more than it saves
WORTH_PRODUCT = 2000  # multiplications of fractions in a product
WORTH_WHOLE = 1500  # multiplications of residues; of whole numbers Python's own are quick enough


def _pays(work: int, least: int) -> bool:
    return work >= least and flint() is not None


def _rational(entries: Array) -> Any:
    whole, flat = is_whole(entries), entries.ravel().tolist()
    if whole:
        return flint().fmpq_mat(flint().fmpz_mat(*entries.shape, flat))
    return flint().fmpq_mat(*entries.shape, [flint().fmpq(entry.numerator, entry.denominator) for entry in flat])


def _modular(prime: int) -> Callable[[Array], Any]:
    return lambda entries: flint().nmod_mat(*entries.shape, entries.ravel().tolist(), prime)


def _array(matrix: Any, shape: tuple[int, ...], read: Callable[[Any], Any]) -> Array:
    return np.fromiter(map(read, matrix.entries()), dtype=object, count=shape[0] * shape[1]).reshape(shape)


def product(left: Array, right: Array, *, prime: int | None = None) -> Array:
    """The product of matrices, or of stacks of them, of rationals or of residues."""
    work = left.shape[0] * left.shape[1] * right.shape[1] if left.ndim == right.ndim == 2 else 0
    if prime is not None:
        if not _pays(work, WORTH_WHOLE):
            return matrix_product(left, right, 0) % prime
        return _by_flint(left, right, _modular(prime), int)
    if 0 in (left.size, right.size) or (is_whole(left) and is_whole(right)):
        return matrix_product(left, right, 0)
    if _pays(work, WORTH_PRODUCT):
        return _by_flint(left, right, _rational, reduced)
    (rows, below), (columns, under) = over_common(left, -1), over_common(right, -2)
    return quotients(np.matmul(rows, columns), below * under)


def _by_flint(left: Array, right: Array, to_flint: Callable[[Array], Any], read: Callable[[Any], Any]) -> Array:
    return _array(to_flint(left) * to_flint(right), (left.shape[0], right.shape[1]), read)


def rank(value: Array, field: elimination.Field, *, prime: int | None = None) -> int:
    """The rank over the rationals, or modulo a prime."""
    if not _pays(value.shape[0] * value.shape[1] * min(value.shape), WORTH):
        return elimination.rank(value.tolist(), field)
    return int((_rational if prime is None else _modular(prime))(value).rank())


def inverse(value: Array, field: elimination.Field, *, prime: int | None = None) -> Array | None:
    """The inverse, or None where there is none."""
    if not _pays(len(value) ** 3, WORTH):
        rows = elimination.inverse(value.tolist(), field)
        return None if rows is None else exact_entries(np.array(rows, dtype=object).reshape(value.shape))
    try:
        found = (_rational if prime is None else _modular(prime))(value).inv()
    except ZeroDivisionError:
        return None
    return _array(found, value.shape, reduced if prime is None else int)
