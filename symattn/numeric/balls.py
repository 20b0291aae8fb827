"""Numeric layer: a floating-point array together with a bound on its error, and the rounded softmax.

A `Ball` is a computed array and a radius array: the exact value lies within value ± radius, entry by entry.  An
infinite radius says that the bound was lost (overflow, a reciprocal across 0) and that nothing is known.
"""

from dataclasses import dataclass

import numpy as np

from .arithmetic import Array
from .rounding import gamma, outward


@dataclass(frozen=True, eq=False)
class Ball:
    """A computed array and, in float64, how far each entry may be from the exact one."""

    value: Array
    radius: Array


def ball(value: Array, radius: Array) -> Ball:
    """A ball whose value is finite: what overflowed becomes 0 ± ∞."""
    lost = ~np.isfinite(value) | ~(radius < np.inf)
    if lost.any():
        value, radius = np.where(lost, value.dtype.type(0), value), np.where(lost, np.inf, radius)
    return Ball(value, radius)


def magnitude(value: Array) -> Array:
    """|value| in float64, which holds every float16 and float32 exactly."""
    return np.abs(value).astype(np.float64)


def present(part: Ball) -> Array:
    """1 where an entry may differ from 0, else 0: an exact zero neither rounds nor underflows."""
    return ((part.value != 0) | (part.radius > 0)).astype(np.float64)


def normalise(weights: Ball, seen: Array, *, unit: float, underflow: float) -> Ball:
    """The weights that are seen, each divided by the sum of its row.

    The exact quotients grow with their own weight and fall with every other, which gives the sharp box

        w⁻_j / (w⁻_j + Σ_{l≠j} w⁺_l)  ≤  P_j  ≤  w⁺_j / (w⁺_j + Σ_{l≠j} w⁻_l),

    w± the bounds of each weight.  It stays within [0, 1] however uncertain the weights are.
    """
    dtype = weights.value.dtype
    shown = np.where(seen > 0, weights.value, 0).astype(dtype)
    total = shown.sum(axis=-1, keepdims=True, dtype=dtype)
    result = np.where(total > 0, shown / np.where(total > 0, total, 1), 0).astype(dtype)
    terms = seen.sum(axis=-1, keepdims=True)
    middle = magnitude(result)
    # The division and the sum may be done in any order by whoever computes the same softmax: γ_n + 2u.
    rounding = outward((gamma(terms, unit) + 2 * unit) * middle + underflow, 6) * (terms > 1)
    below, above = _box(weights, seen)
    radius = np.maximum(np.maximum(above - middle, middle - below), 0) + np.minimum(rounding, 1)
    return Ball(result, outward(radius, 6) * seen)


def _box(weights: Ball, seen: Array) -> tuple[Array, Array]:
    """The bounds above, in float64 and widened by the rounding of their own computation."""
    low = np.maximum(magnitude(weights.value) - weights.radius, 0) * seen
    high = np.where(seen > 0, magnitude(weights.value) + weights.radius, 0)
    room = (seen.shape[-1] + 8) * 2.0**-52
    below = np.where(low > 0, low / (low + _sum_of_others(high)), 0) * (1 - room)
    above = np.where(high > 0, high / (high + _sum_of_others(low)), 0) * (1 + room)
    alone = (seen > 0) & (seen.sum(axis=-1, keepdims=True) == 1)
    below, above = np.where(np.isnan(below), 0, below), np.fmin(above, 1)
    return np.where(alone, 1, below), np.where(alone, 1, above)


def _sum_of_others(weights: Array) -> Array:
    """For each entry the sum of the rest of its row, without the cancellation of total minus entry."""
    others = 1 - np.eye(weights.shape[-1])
    lost = np.isinf(weights)
    finite = np.matmul(np.where(lost, 0, weights), others)
    return np.where(np.matmul(lost.astype(np.float64), others) > 0, np.inf, finite)
