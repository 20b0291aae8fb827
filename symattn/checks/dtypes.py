"""Checks: the numbers that a format holds, as float64."""

from __future__ import annotations

from math import frexp
from typing import Any

import numpy as np

from ..numeric.formats import named

__all__ = ["rounded"]

Array = Any


def rounded(values: Array, dtype: str) -> Array:
    """The nearest numbers of the format, as float64; what lies beyond its largest becomes that.

    Raises    UnknownName when no format is called like that
    """
    form = named(dtype)
    given = np.asarray(values, dtype=np.float64)
    if dtype == "float64":
        return given
    digits, least = 1 - frexp(form.unit)[1], frexp(form.least)[1] - 1
    _, exponent = np.frexp(given)
    step = np.maximum(exponent - digits, least)
    near = np.ldexp(np.rint(np.ldexp(given, -step)), step)
    return np.clip(near, -form.largest, form.largest)
