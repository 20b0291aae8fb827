"""Bounds on rounding errors, themselves computed so that they can only be too large.

u is half the distance from 1 to the next number.  Every bound is computed in float64 whatever the arithmetic that it
bounds, from non-negative parts, and then widened by `outward`, which pays for the rounding of the bound.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, TypeVar

import numpy as np

Array = Any
Function = TypeVar("Function", bound=Callable[..., Any])

_QUIET = ContextVar("quiet", default=False)  # whether a function that is quiet is running

LONGEST_TABLE = 1024
SMALLEST = 5e-324  # the least positive float64: what one underflow can lose


def outward(bound: Array, operations: int) -> Array:
    """A float64 bound computed by at most so many roundings of non-negative numbers, made safe.

    The exact bound is at most computed·(1-2⁻⁵³)^-m for m roundings; 1 + (m+3)·2⁻⁵² is more than that, with two
    roundings to spare for this product itself.  Underflows are paid for where they can happen.
    """
    return bound * (1 + (operations + 3) * 2.0**-52)


def gamma(terms: Array, unit: float) -> Array:
    """γ_n = n u / (1 - n u), entrywise in n; infinite where n u ≥ 1 and the theory says nothing (Higham, chapter 3)."""
    if isinstance(terms, float):
        return _gamma(terms, unit)
    product = np.asarray(terms, dtype=np.float64) * unit
    safe = np.where(product < 1, product, 0)
    return np.where(product < 1, outward(safe / (1 - outward(safe, 2)), 4), np.inf)


@lru_cache(maxsize=4096)
def _gamma(terms: float, unit: float) -> Array:
    return gamma(np.array([terms]), unit)[0]


def gammas(terms: Array, most: int, unit: float) -> Array:
    """The same for whole numbers of terms of which none is more than `most`: few of them are met over and over."""
    if isinstance(terms, float) or most > LONGEST_TABLE:
        return gamma(terms, unit)
    return _table(most, unit)[terms.astype(np.intp)]


@lru_cache(maxsize=256)
def _table(most: int, unit: float) -> Array:
    return gamma(np.arange(most + 1, dtype=np.float64), unit)


def quiet(function: Function) -> Function:
    """Without NumPy's warnings: overflow and 0·∞ are answered by an infinite radius.

    A new errstate for every call from outside, since older NumPy lets one leak when it is entered twice.
    """

    @wraps(function)
    def run(*args: Any, **options: Any) -> Any:
        if _QUIET.get():
            return function(*args, **options)
        token = _QUIET.set(True)
        try:
            with np.errstate(all="ignore"):
                return function(*args, **options)
        finally:
            _QUIET.reset(token)

    return run  # type: ignore[return-value]
