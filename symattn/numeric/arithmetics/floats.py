"""Floating point in which every value carries a bound on its error.

The values are what the engine computes in its precision.  The radius follows from the model of rounding (Higham,
chapter 3) and holds for any order of summation, so it also covers another implementation of the same formula.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.arithmetics.enclosures import upwards
from symattn.numeric.arithmetics.engines import Engine, Step, numpy_engine, wide_engine
from symattn.numeric.bounds import propagation
from symattn.numeric.bounds.balls import Ball, ball, box, magnitude, present
from symattn.numeric.bounds.rounding import SMALLEST, gammas, outward, quiet
from symattn.numeric.entries import is_whole, mantissa_of, rational, refuse_infinite
from symattn.numeric.linear_algebra import spectra

LIBRARY_ULPS = 4  # what a library's exp, log and power may lose of a number below the normal ones


class Floats:
    """Floating point with error bounds; what it evaluates to is a `Ball`.

    engine    "float64", "float32", "float16" or "bfloat16" of NumPy, or another engine

    >>> x = row("x", 3)
    >>> got = evaluate(x @ x.T, sample(x, values={x: [[0.1, 0.2, 0.3]]}), sa.numeric.Floats("float32"))
    >>> str(got.value.dtype), bool(abs(got.value[0, 0] - 0.14) <= got.radius[0, 0] < 1e-7)
    ('float32', True)
    """

    certain = False
    ordered = True

    def __init__(self, engine: str | Engine = "float64") -> None:
        if isinstance(engine, str):
            engine = wide_engine() if engine == "bfloat16" else numpy_engine(engine)
        self.engine = engine
        self.dtype = self.engine.carrier
        self.name = self.engine.name
        self.unit = self.engine.format.unit
        self.underflow = self.engine.underflow
        self.library = self.engine.format.library
        # what an addition can lose by underflow: nothing, where small numbers are kept
        self._lost = self.underflow if self.engine.flushes else SMALLEST

    def _summed(self, terms: Array, most: int) -> Array:
        """The relative rounding of sums of so many products each, none of more than `most`, in any order."""
        if self.engine.sums is None:
            return gammas(terms, most, self.unit)
        inner = gammas(terms, most, self.engine.sums)
        return outward((inner + self.unit + inner * self.unit) * (terms > 0), 4)

    @quiet
    def lift(self, entries: Array) -> Ball:
        given = np.asarray(entries)
        if given.dtype.kind == "f" and given.dtype.itemsize <= 8 and self.engine.number is None:
            value = self.engine.cast(given)
            gap = np.abs(given.astype(np.float64) - value)  # the difference is exact
            held = ball(value, gap + self._vanishing(value) if self.engine.flushes else gap)
            if held.value is not value:
                refuse_infinite(given)
            return held
        if (whole := self._whole(given)) is not None:
            return Ball(whole, np.zeros(given.shape))
        nearest = cache(self._nearest)
        found = [nearest(entry) for entry in given.flat]
        values = np.array([near for near, _ in found], dtype=object if self.engine.number else np.float64)
        value = values.astype(self.dtype).reshape(given.shape)
        return ball(value, np.array([gap for _, gap in found], dtype=np.float64).reshape(given.shape))

    def _vanishing(self, value: Array) -> Array:
        """Numbers that a step may read as 0."""
        size = magnitude(value)
        return np.where(size < self.engine.format.normal, size, 0)

    def _whole(self, given: Array) -> Array | None:
        """Whole numbers that the precision holds exactly; None when there are others."""
        if self.engine.number is not None:
            return None
        if given.dtype == object:
            if not is_whole(given):
                return None
            try:
                given = given.astype(np.int64)
            except OverflowError:
                return None
        if given.dtype.kind not in "biu":
            return None
        value = given.astype(self.dtype)
        return value if np.maximum.reduce(np.abs(value), axis=None, initial=0) < 1 / self.unit else None

    def _nearest(self, entry: Any) -> tuple[Any, float]:
        number = Fraction(rational(entry))
        try:
            near = self._rounded(number)
        except OverflowError:
            return 0.0, np.inf
        if not self.engine.finite(np.array(near, dtype=self.dtype)):
            return 0.0, np.inf
        gap = abs(number - rational(near))
        return near, float(outward(float(gap), 1) + SMALLEST) if gap else 0.0

    def _rounded(self, number: Fraction) -> Any:
        if self.engine.number is not None:
            return self.engine.number(number)
        return float(self.engine.cast(np.array(float(number)))[()])

    @quiet
    def add(self, left: Ball, right: Ball) -> Ball:
        value = self.engine.add(left.value, right.value)
        rounding = self.unit * magnitude(value) + self._lost
        if not (left.full and right.full):
            rounding = np.where((left.value == 0) | (right.value == 0), 0, rounding)
        if not self.engine.flushes and np.count_nonzero(value) < value.size:
            rounding = np.where(value == 0, 0, rounding)
        radius = rounding if left.still and right.still else left.radius + right.radius + rounding
        return ball(value, outward(radius, 4))

    @quiet
    def multiply(self, left: Ball, right: Ball) -> Ball:
        value = self.engine.multiply(left.value, right.value)
        for one, other in ((left, right), (right, left)):
            if _is_sign(one) and one.value.ndim <= other.value.ndim and not self.engine.flushes:
                return Ball(value, other.radius)
        a, b = magnitude(left.value), magnitude(right.value)
        rounding = self.unit * magnitude(value) + self.underflow
        # 1 times a number is that number, which some set to 0 where it is small
        rounding = np.where((a == 1) | (b == 1), self.underflow if self.engine.flushes else 0, rounding)
        if not (left.full and right.full):
            rounding = np.where((a == 0) | (b == 0), 0, rounding)
        radius = rounding if left.still and right.still else propagation.of_product(left, right) + rounding
        return ball(value, outward(radius, 3 + propagation.ROUNDINGS))

    @quiet
    def matmul(self, left: Ball, right: Ball) -> Ball:
        value = self.engine.matmul(left.value, right.value)
        a, b = magnitude(left.value), magnitude(right.value)
        terms = _terms(left, right)
        radius = self._summed(terms, left.value.shape[-1]) * np.matmul(a, b) + terms * (
            self.underflow + self._lost + 3 * SMALLEST
        )
        if not right.still:
            radius = radius + np.matmul(a, right.radius)
        if not left.still:
            radius = radius + np.matmul(left.radius, b + right.radius)
        return ball(value, outward(radius, left.value.shape[-1] + 8))

    @quiet
    def rowsum(self, value: Ball) -> Ball:
        total = self.engine.rowsum(value.value)
        columns = value.value.shape[-1]
        terms = float(columns) if value.full else present(value).sum(axis=-1, keepdims=True)
        size = magnitude(value.value).sum(axis=-1, keepdims=True)
        met = max(terms - 1, 0.0) if value.full else np.maximum(terms - 1, 0)
        radius = self._summed(met, columns) * size + self._lost * met
        if not value.still:
            radius = value.radius.sum(axis=-1, keepdims=True) + radius
        return ball(total, outward(radius, columns + 6))

    @quiet
    def reciprocal(self, value: Ball) -> Ball:
        size, radius = magnitude(value.value), value.radius
        zero, away = (size == 0) & (radius == 0), size > radius
        result = np.where(away, self.engine.divide(1, np.where(away, value.value, 1)), 0).astype(self.dtype)
        rounding = self.unit * magnitude(result) + self.underflow
        bound = outward(propagation.of_reciprocal(value) + rounding, 3 + propagation.ROUNDINGS)
        return ball(result, np.where(zero, 0, bound))

    @quiet
    def exp(self, value: Ball) -> Ball:
        result = self.engine.exp(value.value)
        size = magnitude(result)
        rounding = np.where(value.value == 0, 0, self.library * size + LIBRARY_ULPS * self.underflow)
        return ball(result, outward(propagation.of_exp(size + rounding, value.radius) + rounding, 6))

    @quiet
    def log(self, value: Ball) -> Ball:
        away = _above(value)
        result = self.engine.log(np.where(away, value.value, 1).astype(self.dtype))
        rounding = np.where(result == 0, 0, self.library * magnitude(result) + self.underflow)
        return ball(result, outward(propagation.of_log(value) + rounding, 6))

    def cos(self, value: Ball) -> Ball:
        return self._turned(self.engine.cos, value)

    def sin(self, value: Ball) -> Ball:
        return self._turned(self.engine.sin, value)

    @quiet
    def _turned(self, step: Step, value: Ball) -> Ball:
        """cos or sin, whose error near their zeros is small next to 1 only."""
        rounding = np.where(value.value == 0, 0, self.library + self.underflow)
        return ball(step(value.value), outward(propagation.of_turn(value.radius) + rounding, 4))

    @quiet
    def power(self, value: Ball, exponent: Fraction) -> Ball:
        """x**(p/q) of a positive x, or of an exact 0, which stays 0."""
        zero, away = (value.value == 0) & (value.radius == 0), _above(value)
        base = np.where(away, value.value, 1).astype(self.dtype)
        result = np.where(away, self.engine.power(base, exponent), 0).astype(self.dtype)
        size = magnitude(result)
        rounding = self.library * size * propagation.power_steps(magnitude(base), exponent) + self.underflow
        spread = propagation.of_power(size + rounding, value, exponent)
        return ball(result, np.where(zero, 0, outward(spread + rounding, 12)))

    @quiet
    def peaks(self, scores: Ball, mask: Ball | None) -> Ball | None:
        if scores.value.shape[-1] == 0:
            return None
        shown = scores.value if mask is None else np.where(mask.value != 0, scores.value, -np.inf)
        top = shown.max(axis=-1, keepdims=True)
        top = np.where(self.engine.finite(top), top, 0).astype(self.dtype)
        return Ball(top, np.zeros(top.shape))

    @quiet
    def softmax(self, scores: Ball, mask: Ball | None) -> Ball:
        top = self.peaks(scores, mask)
        weights = self.exp(scores if top is None else self.add(scores, Ball(-top.value, top.radius)))
        plain = mask is None or not (mask.radius.any() or ((mask.value != 0) & (mask.value != 1)).any())
        if not plain or self.engine.number is not None:  # the sharp box below is in float64
            weights = weights if mask is None else self.multiply(mask, weights)
            return self.multiply(weights, self.reciprocal(self.rowsum(weights)))
        seen = np.broadcast_to(1.0 if mask is None else magnitude(mask.value), weights.value.shape)
        return self._normalised(weights, seen)

    def _normalised(self, weights: Ball, seen: Array) -> Ball:
        """The weights that are seen, each divided by the sum of its row, which may be added up in any order."""
        shown = np.where(seen > 0, weights.value, 0).astype(self.dtype)
        total = self.engine.rowsum(shown)
        some = total > 0
        result = np.where(some, self.engine.divide(shown, np.where(some, total, 1)), 0).astype(self.dtype)
        terms = seen.sum(axis=-1, keepdims=True)
        middle = magnitude(result)
        rounding = (self._summed(terms, seen.shape[-1]) + 2 * self.unit) * middle + self.underflow + self._lost * terms
        size = magnitude(weights.value)
        below, above = box(np.maximum(size - weights.radius, 0), size + weights.radius, seen)
        radius = np.maximum(np.maximum(above - middle, middle - below), 0)
        return Ball(result, outward(radius + np.minimum(outward(rounding, 6) * (terms > 1), 1), 6) * seen)

    def inverse(self, value: Ball) -> Ball:
        return spectra.inverse(value) if self.engine.number is None else spectra.refined_inverse(value, self)

    def rearrange(self, move: Callable[..., Array], values: Sequence[Ball]) -> Ball:
        return Ball(move(*(part.value for part in values)), move(*(part.radius for part in values)))

    def shape(self, value: Ball) -> tuple[int, ...]:
        return value.value.shape

    @quiet
    def enclose(self, value: Ball) -> tuple[Array, Array]:
        if self.engine.number is not None:
            return _ends(value, -1), _ends(value, 1)
        center = value.value.astype(np.float64)
        below, above = np.nextafter(center - value.radius, -np.inf), np.nextafter(center + value.radius, np.inf)
        certain = value.radius == 0
        return np.where(certain, center, below), np.where(certain, center, above)

    def show(self, value: Ball, row: int, column: int) -> str:
        center, radius = float(value.value[row, column]), float(value.radius[row, column])
        return f"{center:.6g} ± {radius:.2g}" if radius else f"{center:.6g}"

    def rank(self, value: Ball) -> tuple[int, int]:
        return spectra.rank_bounds(single(value))

    def positive_semidefinite(self, value: Ball) -> tuple[Truth, str]:
        return spectra.definiteness(single(value))


def _above(value: Ball) -> Array:
    """Whether an entry is certainly positive."""
    return np.asarray(value.value > value.radius, dtype=bool)


def single(value: Ball) -> Ball:
    """A ball around float64 numbers that holds the given one."""
    if value.value.dtype != object:
        return value
    return Ball(value.value.astype(np.float64), outward(value.radius + 2.0**-52 * magnitude(value.value), 2))


def _ends(value: Ball, sign: int) -> Array:
    """The lower or the upper ends of balls around longer numbers, exactly or rounded outward."""
    ends = np.empty(value.value.shape, dtype=object)
    for place, radius in np.ndenumerate(value.radius):
        ends[place] = sign * np.inf
        if np.isfinite(radius):
            ends[place] = sign * (upwards(*mantissa_of(sign * value.value[place])) + rational(float(radius)))
    return ends


def _terms(left: Ball, right: Ball) -> Any:
    """How many products of each entry are not exactly 0."""
    if left.full and right.full:
        return float(left.value.shape[-1])
    return np.matmul(present(left), present(right))


def _is_sign(value: Ball) -> bool:
    """Whether it is the number 1 or -1, by which a product is exact."""
    return value.value.size == 1 and abs(value.value.item()) == 1 and value.still


FLOAT64 = Floats("float64")
