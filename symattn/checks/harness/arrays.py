"""Matrices that somebody hands over, from NumPy, torch, JAX or lists, as float64 with the dtype they had."""

from __future__ import annotations

from dataclasses import dataclass
from math import frexp
from typing import Any

import numpy as np

from symattn.errors import LanguageError, ShapeError, layout
from symattn.numeric.bounds.formats import FORMATS, named

__all__ = ["Given", "given", "rounded"]

Array = Any


@dataclass(frozen=True, eq=False)
class Given:
    """The entries, exactly, and the dtype in which they were stored."""

    name: str
    values: Array
    dtype: str

    @property
    def shown(self) -> str:
        return "×".join(map(str, self.values.shape))


def given(name: str, value: Any, *, axes: int = 2) -> Given:
    """A matrix of finite numbers; with axes=3 also a stack of them.

    Raises    LanguageError for entries that are not finite numbers; ShapeError for another number of axes
    """
    dtype = str(getattr(value, "dtype", "float64")).removeprefix("torch.")
    try:
        if hasattr(value, "detach"):
            value = value.detach().cpu().double().numpy()
        numbers = np.asarray(value)
        if numbers.dtype.kind == "c":
            raise TypeError("complex numbers")
        numbers = np.array(numbers, dtype=np.float64)
    except (TypeError, ValueError, AttributeError):
        raise LanguageError(f"{name} is not a matrix of real numbers, but {type(value).__name__}") from None
    if not 2 <= numbers.ndim <= axes:
        pairs = [("given", "×".join(map(str, numbers.shape)) or "a number")]
        raise ShapeError(layout(f"{name} must be a matrix{' or a stack of them' if axes > 2 else ''}", pairs))
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        place = tuple(map(int, bad[0]))
        pairs = [("entry", str(place)), ("value", repr(float(numbers[place])))]
        note = f"{len(bad)} of {numbers.size} entries are not finite"
        raise LanguageError(layout(f"{name} has an entry that is not a finite number", pairs, note))
    return Given(name, numbers, dtype if dtype in FORMATS else "float64")


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
