"""Double-double numbers with a radius, on arrays of NumPy: some 30 digits at the sizes of real attention.

Certain like intervals and balls, and as wide as float64: what overflows is unknown.  How radii come about is in
`bounds/pairs` and `bounds/pair_functions`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.bounds import pair_functions, pairs
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.pairs import Pair, known, pair
from symattn.numeric.bounds.rounding import outward, quiet
from symattn.numeric.entries import rational, refuse_infinite
from symattn.numeric.linear_algebra import spectra

BLOCK = 8192  # entries of a function that are looked at together, so that what it forms stays in the cache


class DoubleDouble:
    """Double-double arithmetic: each entry two float64 numbers with a radius, certain like intervals.

    >>> x = row("x", 3)
    >>> got = evaluate(x @ x.T, sample(x, values={x: [[0.1, 0.2, 0.3]]}), sa.numeric.DoubleDouble())
    >>> float(got.high[0, 0]), bool(got.radius[0, 0] < 1e-30)
    (0.13999999999999999, True)
    """

    certain = False
    ordered = True
    name = "double-double numbers"

    @quiet
    def lift(self, entries: Array) -> Pair:
        given = np.asarray(entries)
        if given.dtype in (np.float64, np.float32, np.float16):
            refuse_infinite(given)
            return known(given)
        nearest = cache(_nearest)
        found = np.array([nearest(entry) for entry in given.flat], dtype=np.float64).reshape(*given.shape, 3)
        return Pair(found[..., 0], found[..., 1], found[..., 2])

    @quiet
    def add(self, left: Pair, right: Pair) -> Pair:
        return pairs.total(left, right)

    @quiet
    def multiply(self, left: Pair, right: Pair) -> Pair:
        return pairs.product(left, right)

    @quiet
    def matmul(self, left: Pair, right: Pair) -> Pair:
        return pairs.matrix_product(left, right)

    @quiet
    def rowsum(self, value: Pair) -> Pair:
        return pairs.row_total(value)

    @quiet
    def reciprocal(self, value: Pair) -> Pair:
        return pair_functions.reciprocal(value)

    @quiet
    def power(self, value: Pair, exponent: Fraction) -> Pair:
        """x**(p/q) = e^(p/q log x) of a positive x, or of an exact 0, which stays 0."""

        def raised(part: Pair) -> Pair:
            return pair_functions.exp(pairs.product(pair_functions.log(part), pair_functions.constant(exponent)))

        found, zero = _in_blocks(raised, value), ~value.present
        return Pair(*(np.where(zero, 0, part) for part in (found.high, found.low, found.radius)))

    @quiet
    def exp(self, value: Pair) -> Pair:
        return _in_blocks(pair_functions.exp, value)

    @quiet
    def log(self, value: Pair) -> Pair:
        return _in_blocks(pair_functions.log, value)

    @quiet
    def cos(self, value: Pair) -> Pair:
        return _in_blocks(lambda part: pair_functions.turned(part)[0], value)

    @quiet
    def sin(self, value: Pair) -> Pair:
        return _in_blocks(lambda part: pair_functions.turned(part)[1], value)

    @quiet
    def peaks(self, scores: Pair, mask: Pair | None) -> Pair | None:
        if scores.high.shape[-1] == 0:
            return None
        shown = scores.high if mask is None else np.where(mask.high != 0, scores.high, -np.inf)
        top = shown.max(axis=-1, keepdims=True)
        return known(np.where(np.isfinite(top), top, 0))

    @quiet
    def softmax(self, scores: Pair, mask: Pair | None) -> Pair:
        top = self.peaks(scores, mask)
        weights = self.exp(scores if top is None else pairs.total(scores, pairs.negative(top)))
        weights = weights if mask is None else pairs.product(mask, weights)
        return pairs.product(weights, pair_functions.reciprocal(pairs.row_total(weights)))

    @quiet
    def inverse(self, value: Pair) -> Pair:
        """From float64's inverse X by X (2 - A X), and A⁻¹ - X = X R (I - R)⁻¹ with R = I - A X, as in `spectra`."""
        guess = known(spectra.inverse(Ball(value.high, np.zeros(value.high.shape))).value)
        one = known(np.eye(len(value.high)))
        for _ in range(2):
            defect = pairs.total(one, pairs.negative(pairs.matrix_product(value.still, guess)))
            guess = pairs.total(guess, pairs.matrix_product(guess, defect)).still
        defect = pairs.total(one, pairs.negative(pairs.matrix_product(value, guess)))
        return pair(guess.high, guess.low, spectra.distance(guess.size, outward(defect.size + defect.radius, 1)))

    def rearrange(self, move: Callable[..., Array], values: Sequence[Pair]) -> Pair:
        fields = zip(*((part.high, part.low, part.radius) for part in values), strict=True)
        return Pair(*(move(*field) for field in fields))

    def shape(self, value: Pair) -> tuple[int, ...]:
        return value.high.shape

    def enclose(self, value: Pair) -> tuple[Array, Array]:
        return _ends(value, -1), _ends(value, 1)

    def show(self, value: Pair, row: int, column: int) -> str:
        center, radius = float(value.high[row, column]), float(value.radius[row, column])
        return f"{center:.15g} ± {radius:.2g}" if radius else f"{center:.15g}"

    def rank(self, value: Pair) -> tuple[int, int]:
        return spectra.rank_bounds(single(value))

    def positive_semidefinite(self, value: Pair) -> tuple[Truth, str]:
        return spectra.definiteness(single(value))


def single(value: Pair) -> Ball:
    """A ball around float64 numbers that holds the given one."""
    return Ball(value.high, outward(value.radius + np.abs(value.low), 1))


def _nearest(entry: Any) -> tuple[float, float, float]:
    try:
        return pair_functions.nearest(Fraction(rational(entry)))
    except OverflowError:
        return 0.0, 0.0, np.inf


def _in_blocks(function: Callable[[Pair], Pair], value: Pair) -> Pair:
    """A function entry by entry, some entries at a time."""
    flat = Pair(value.high.ravel(), value.low.ravel(), value.radius.ravel())
    found = [function(flat[start : start + BLOCK][None]) for start in range(0, flat.high.size, BLOCK)]
    joined = pairs.joined(*found) if found else flat
    return Pair(*(part.reshape(value.high.shape) for part in (joined.high, joined.low, joined.radius)))


def _ends(value: Pair, sign: int) -> Array:
    """The lower or the upper ends, exactly."""
    ends = np.empty(value.high.shape, dtype=object)
    for place, radius in np.ndenumerate(value.radius):
        ends[place] = sign * np.inf
        if np.isfinite(radius):
            ends[place] = Fraction(value.high[place]) + Fraction(value.low[place]) + sign * Fraction(radius)
    return ends
