"""Numeric layer: floating point in which every value carries a bound on its error.

The values are what NumPy computes in the chosen precision.  The radius follows from the model of rounding (Higham,
chapter 3) and holds for any order of summation, so it also covers another implementation of the same formula.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from . import spectra
from .arithmetic import Array, Truth
from .balls import Ball, ball, magnitude, normalise, present
from .entries import rational
from .rounding import SMALLEST, gamma, outward, quiet, underflow_unit, unit_roundoff

LIBRARY_ULPS = 4  # NumPy's exp, log and power stay within 4 ulp, also vectorised; an ulp is at most 2u


class Floats:
    """NumPy arithmetic in "float64", "float32" or "float16", with error bounds."""

    certain = False
    ordered = True

    def __init__(self, dtype: str = "float64") -> None:
        self.dtype = np.dtype(dtype)
        self.name = self.dtype.name
        self.unit = unit_roundoff(self.dtype)
        self.underflow = underflow_unit(self.dtype)
        self.library = 2 * LIBRARY_ULPS * self.unit

    @quiet
    def lift(self, entries: Array) -> Ball:
        given = np.asarray(entries)
        if given.dtype in (np.float64, np.float32, np.float16):
            value = given.astype(self.dtype)
            return ball(value, np.abs(given.astype(np.float64) - value))  # the difference is exact
        if (whole := self._whole(given)) is not None:
            return Ball(whole, np.zeros(given.shape))
        nearest = cache(self._nearest)
        pairs = np.array([nearest(entry) for entry in given.flat]).reshape(*given.shape, 2)
        return ball(pairs[..., 0].astype(self.dtype), pairs[..., 1])

    def _whole(self, given: Array) -> Array | None:
        """Whole numbers that the precision holds exactly; None when there are others."""
        if given.dtype == object:
            if set(map(type, given.flat)) != {int}:
                return None
            try:
                given = given.astype(np.int64)
            except OverflowError:
                return None
        largest = int(1 / self.unit)
        held = given.dtype.kind in "biu" and bool(((given <= largest) & (given >= -largest)).all())
        return given.astype(self.dtype) if held else None

    def _nearest(self, entry: Any) -> tuple[float, float]:
        number = Fraction(rational(entry))
        try:
            near = float(self.dtype.type(float(number)))
        except OverflowError:
            return 0.0, np.inf
        if not np.isfinite(near):
            return 0.0, np.inf
        gap = abs(number - Fraction(near))
        return near, float(outward(float(gap), 1) + SMALLEST) if gap else 0.0

    @quiet
    def add(self, left: Ball, right: Ball) -> Ball:
        value = left.value + right.value
        exact = (left.value == 0) | (right.value == 0) | (value == 0)
        rounding = np.where(exact, 0, self.unit * magnitude(value) + SMALLEST)
        return ball(value, outward(left.radius + right.radius + rounding, 4))

    @quiet
    def multiply(self, left: Ball, right: Ball) -> Ball:
        value = left.value * right.value
        a, b = magnitude(left.value), magnitude(right.value)
        exact = (a == 0) | (b == 0) | (a == 1) | (b == 1)
        rounding = np.where(exact, 0, self.unit * magnitude(value) + self.underflow)
        spread = a * right.radius + left.radius * (b + right.radius)
        blurred = present(left) * present(right) * ((left.radius > 0) | (right.radius > 0))
        return ball(value, outward(spread + rounding + 2 * SMALLEST * blurred, 6))

    @quiet
    def matmul(self, left: Ball, right: Ball) -> Ball:
        value = np.matmul(left.value, right.value)
        a, b = magnitude(left.value), magnitude(right.value)
        terms = _terms(present(left), present(right))
        rounding = gamma(terms, self.unit) * np.matmul(a, b) + terms * (self.underflow + 3 * SMALLEST)
        spread = _product(a, right.radius) + _product(left.radius, b + right.radius)
        return ball(value, outward(spread + rounding, left.value.shape[-1] + 8))

    @quiet
    def rowsum(self, value: Ball) -> Ball:
        total = value.value.sum(axis=-1, keepdims=True, dtype=self.dtype)
        terms = present(value).sum(axis=-1, keepdims=True)
        size = magnitude(value.value).sum(axis=-1, keepdims=True)
        rounding = gamma(np.maximum(terms - 1, 0), self.unit) * size + SMALLEST * (terms > 1)
        radius = value.radius.sum(axis=-1, keepdims=True) + rounding
        return ball(total, outward(radius, value.value.shape[-1] + 6))

    @quiet
    def reciprocal(self, value: Ball) -> Ball:
        size, radius = magnitude(value.value), value.radius
        zero, away = (size == 0) & (radius == 0), size > radius
        result = np.where(away, 1 / np.where(away, value.value, 1), 0).astype(self.dtype)
        # |1/(x+δ) - 1/x| ≤ r / (|x| (|x| - r)); this order of division cannot overflow on the way
        spread = radius / np.where(away, size, 1) / np.where(away, size - radius, 1) + SMALLEST * (radius > 0)
        bound = outward(spread + self.unit * magnitude(result) + self.underflow, 8)
        return ball(result, np.where(zero, 0, np.where(away, bound, np.inf)))

    @quiet
    def exp(self, value: Ball) -> Ball:
        result = np.exp(value.value)
        rounding = np.where(value.value == 0, 0, self.library * magnitude(result) + LIBRARY_ULPS * self.underflow)
        blurred = value.radius > 0
        spread = (magnitude(result) + rounding) * outward(np.expm1(value.radius), 8)  # |e^(x+δ) - e^x| ≤ e^x (e^r - 1)
        return ball(result, outward(np.where(blurred, spread + SMALLEST, 0) + rounding, 6))

    @quiet
    def log(self, value: Ball) -> Ball:
        away = value.value > value.radius
        result = np.log(np.where(away, value.value, 1)).astype(self.dtype)
        rounding = np.where(result == 0, 0, self.library * magnitude(result) + self.underflow)
        return ball(result, np.where(away, outward(self._logarithmic_radius(value, away) + rounding, 6), np.inf))

    def _logarithmic_radius(self, value: Ball, away: Array) -> Array:
        """-log(1 - r/x): how far log x can move when x moves by r, rounded up."""
        ratio = np.minimum(outward(np.where(away, value.radius / np.where(away, value.value, 1), 0), 3), 1)
        return outward(-np.log1p(-ratio), 10)

    @quiet
    def power(self, value: Ball, exponent: Fraction) -> Ball:
        """x**(p/q) of a positive x, or of an exact 0, which stays 0."""
        zero, away = (value.value == 0) & (value.radius == 0), value.value > value.radius
        base = np.where(away, value.value, 1).astype(self.dtype)
        result = np.where(away, np.power(base, self.dtype.type(float(exponent))), 0).astype(self.dtype)
        # An exponent such as 1/3 is rounded too, which log x magnifies.
        steps = 1 + np.abs(np.log(magnitude(base)) * float(exponent))
        rounding = 2 * self.library * magnitude(result) * steps + self.underflow
        spread = outward(np.expm1(abs(float(exponent)) * self._logarithmic_radius(value, away)), 12)
        bound = outward((magnitude(result) + rounding) * spread + SMALLEST + rounding, 12)
        return ball(result, np.where(zero, 0, np.where(away, bound, np.inf)))

    @quiet
    def peaks(self, scores: Ball, mask: Ball | None) -> Ball | None:
        if scores.value.shape[-1] == 0:
            return None
        shown = scores.value if mask is None else np.where(mask.value != 0, scores.value, -np.inf)
        top = shown.max(axis=-1, keepdims=True)
        top = np.where(np.isfinite(top), top, 0).astype(self.dtype)
        return Ball(top, np.zeros(top.shape))

    @quiet
    def softmax(self, scores: Ball, mask: Ball | None) -> Ball:
        top = self.peaks(scores, mask)
        weights = self.exp(scores if top is None else self.add(scores, Ball(-top.value, top.radius)))
        if mask is not None and (mask.radius.any() or ((mask.value != 0) & (mask.value != 1)).any()):
            weights = self.multiply(mask, weights)
            return self.multiply(weights, self.reciprocal(self.rowsum(weights)))
        seen = np.broadcast_to(1.0 if mask is None else magnitude(mask.value), weights.value.shape)
        return normalise(weights, seen, unit=self.unit, underflow=self.underflow)

    def inverse(self, value: Ball) -> Ball:
        return spectra.inverse(value)

    def rearrange(self, move: Callable[..., Array], values: Sequence[Ball]) -> Ball:
        return Ball(move(*(part.value for part in values)), move(*(part.radius for part in values)))

    def shape(self, value: Ball) -> tuple[int, ...]:
        return value.value.shape

    @quiet
    def enclose(self, value: Ball) -> tuple[Array, Array]:
        center = value.value.astype(np.float64)
        below, above = np.nextafter(center - value.radius, -np.inf), np.nextafter(center + value.radius, np.inf)
        certain = value.radius == 0
        return np.where(certain, center, below), np.where(certain, center, above)

    def show(self, value: Ball, row: int, column: int) -> str:
        center, radius = float(value.value[row, column]), float(value.radius[row, column])
        return f"{center:.6g} ± {radius:.2g}" if radius else f"{center:.6g}"

    def rank(self, value: Ball) -> tuple[int, int]:
        return spectra.rank_bounds(value)

    def positive_semidefinite(self, value: Ball) -> tuple[Truth, str]:
        return spectra.definiteness(value)


def _terms(left: Array, right: Array) -> Array:
    """How many products of each entry are not exactly 0."""
    return float(left.shape[-1]) if left.all() and right.all() else np.matmul(left, right)


def _product(left: Array, right: Array) -> Array:
    """left @ right, or 0 at once: the letters of a sample mostly have no error."""
    return np.matmul(left, right) if left.any() and right.any() else 0.0


FLOAT64 = Floats("float64")
