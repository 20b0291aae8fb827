"""A floating-point array together with a bound on its error, and where the shares of a row can lie.

A `Ball` is a computed array and a radius array: the exact value lies within value ± radius, entry by entry.  An
infinite radius says that the bound was lost (overflow, a reciprocal across 0) and that nothing is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.rounding import SMALLEST, outward


@dataclass(frozen=True, eq=False)
class Ball:
    """A computed array and, in float64, how far each entry may be from the exact one: its radius.

    value     the computed array
    bound     the radius, entry by entry, infinite where nothing is known; or what computes it when it is asked for
    story     what `tolerance` remembers of how the value came about
    why       the reason of an infinite radius

    >>> third = evaluate(ones(1, 1) / 3, sample(ones(1, 1)), sa.numeric.FLOAT64)
    >>> bool(0 < third.radius[0, 0] < 1e-15)
    True
    """

    value: Array
    bound: Array | Callable[[], Array]
    story: Any = None
    why: str = ""

    def __init__(self, value: Array, bound: Array | Callable[[], Array], story: Any = None, why: str = "") -> None:
        # written past the guard of a frozen class, which costs a call for each of them: many balls are made
        self.__dict__.update(value=value, bound=bound, story=story, why=why)
        if not callable(bound):
            self.__dict__["radius"] = bound

    @cached_property
    def radius(self) -> Array:
        """How far an entry may be from the exact one."""
        return self.bound() if callable(self.bound) else self.bound

    @cached_property
    def still(self) -> bool:
        """Whether every entry is exact, as in the letters of a sample."""
        return not np.count_nonzero(self.radius)

    @cached_property
    def full(self) -> bool:
        """Whether no computed entry is 0."""
        return np.count_nonzero(self.value) == self.value.size


def ball(value: Array, radius: Array) -> Ball:
    """A ball whose value is finite: what overflowed becomes 0 ± ∞."""
    if value.dtype != object and isfinite(_total(value) + _total(radius)):
        return Ball(value, radius)  # what is not finite stays so in a sum
    known = np.isfinite(value if value.dtype != object else magnitude(value))
    lost = ~known | ~(radius < np.inf)
    if lost.any():
        value, radius = np.where(known, value, value.dtype.type(0)), np.where(lost, np.inf, radius)
    return Ball(value, radius)


def _total(entries: Array) -> float:
    return float(np.add.reduce(entries, axis=None))


def magnitude(value: Array) -> Array:
    """|value| in float64, which holds every float16 and float32 exactly; of longer numbers a little more."""
    size = np.asarray(np.abs(value), dtype=np.float64)
    return outward(size, 1) + SMALLEST * (value != 0) if value.dtype == object else size


def present(part: Ball) -> Array:
    """1 where an entry may differ from 0, else 0: an exact zero neither rounds nor underflows."""
    if part.full:
        return np.ones(part.value.shape)
    there = part.value != 0
    return (there if part.still else there | (part.radius > 0)).astype(np.float64)


def box(low: Array, high: Array, seen: Array) -> tuple[Array, Array]:
    """Where the shares of a row lie whose weights lie in [low, high].

    The exact quotients grow with their own weight and fall with every other, which gives the sharp box

        w⁻_j / (w⁻_j + Σ_{l≠j} w⁺_l)  ≤  P_j  ≤  w⁺_j / (w⁺_j + Σ_{l≠j} w⁻_l),

    here in float64 and widened by the rounding of its own computation.  It stays within [0, 1] however uncertain the
    weights are.
    """
    every = all_seen(seen)
    low, high = (low, high) if every else (low * seen, np.where(seen > 0, high, 0))
    room = (seen.shape[-1] + 8) * 2.0**-52
    below = np.where(low > 0, low / (low + _sum_of_others(high)), 0) * (1 - room)
    above = np.where(high > 0, high / (high + _sum_of_others(low)), 0) * (1 + room)
    below, above = np.where(np.isnan(below), 0, below), np.fmin(above, 1)
    if every and seen.shape[-1] != 1:
        return below, above
    alone = (seen > 0) & (seen.sum(axis=-1, keepdims=True) == 1)
    return np.where(alone, 1, below), np.where(alone, 1, above)


def all_seen(seen: Array) -> bool:
    """Whether a mask hides nothing; one number for all entries is looked at once."""
    return bool(one_number(seen).all())


def one_number(array: Array) -> Array:
    """The array, or a single entry of it, with as many axes, where every one is the same number in memory."""
    return array if any(array.strides) or not array.size else array[(slice(0, 1),) * array.ndim]


def _sum_of_others(weights: Array) -> Array:
    """For each entry the sum of the rest of its row: from the front and from the back, without cancellation."""
    others = np.zeros_like(weights)
    np.cumsum(weights[..., :-1], axis=-1, out=others[..., 1:])
    others[..., :-1] += np.cumsum(weights[..., :0:-1], axis=-1)[..., ::-1]
    return others
