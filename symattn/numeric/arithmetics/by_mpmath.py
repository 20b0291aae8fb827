"""Mpmath at any number of digits, with the bounds of `floats`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from mpmath.ctx_mp import MPContext

from symattn.numeric.arithmetic import Array
from symattn.numeric.arithmetics.engines import Engine
from symattn.numeric.bounds.formats import Format
from symattn.numeric.bounds.rounding import SMALLEST
from symattn.numeric.entries import entrywise, matrix_product


def mpmath_engine(digits: int = 50) -> Engine:
    """mpmath's arithmetic in a context of its own, which rounds to nearest and has no underflow or overflow.

    Its functions are exact up to a few units in the last place; 4, as of any library, are allowed for.
    """
    context = MPContext()
    context.dps = digits
    unit = 2.0 ** max(-context.prec, -1000)
    held = Format(f"mpmath of {digits} digits", unit, SMALLEST, SMALLEST, float("inf"))

    def number(exact: Fraction) -> Any:
        return context.mpf(exact.numerator) / context.mpf(exact.denominator)

    def each(function: Callable[[Any], Any]) -> Callable[[Array], Array]:
        return lambda value: entrywise(function, value)

    def rowsum(value: Array) -> Array:
        return value.sum(axis=-1, keepdims=True, initial=context.mpf(0))

    def divide(above: Array, below: Array) -> Array:
        return above * entrywise(lambda entry: context.mpf(1) / entry, below)

    def power(base: Array, exponent: Fraction) -> Array:
        return entrywise(lambda entry: context.power(entry, number(exponent)), base)

    return Engine(
        name=held.name,
        format=held,
        carrier=np.dtype(object),
        cast=each(context.mpf),
        add=np.add,
        multiply=np.multiply,
        matmul=lambda left, right: matrix_product(left, right, context.mpf(0)),
        rowsum=rowsum,
        divide=divide,
        exp=each(context.exp),
        log=each(context.log),
        cos=each(context.cos),
        sin=each(context.sin),
        power=power,
        number=number,
    )
