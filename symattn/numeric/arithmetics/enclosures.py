"""What the arithmetics have in common whose entries are certain enclosures: intervals and balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth

FURTHEST = 20_000  # bits before or behind the point of the ends that are given as fractions
Ends = Callable[[Any], tuple[Any, Any]]


def upwards(mantissa: int, exponent: int) -> Fraction | float:
    """mantissa·2^exponent, or the least number within reach that is not below it: exp(10²⁰) would fill the memory."""
    if not mantissa:
        return 0
    if exponent + abs(mantissa).bit_length() > FURTHEST:
        return float("inf") if mantissa > 0 else -(Fraction(2) ** FURTHEST)
    if exponent < -FURTHEST:
        return Fraction(-(-mantissa >> (-FURTHEST - exponent)), 2**FURTHEST)
    return Fraction(mantissa) * Fraction(2) ** exponent


def shares(row: Array, nothing: Any, nonzero: Callable[[Any], bool], reciprocal: Callable[[Any], Any]) -> Array:
    """Each weight of a row over their sum: w / (w + rest) as 1 / (1 + rest / w), so that each weight is used once.

    The rest is a sum from the front and one from the back, which costs n additions for a row of n.
    """
    before, after = [nothing], [nothing]
    for one, other in zip(row[:-1], row[:0:-1], strict=True):
        before.append(before[-1] + one)
        after.append(after[-1] + other)
    result = np.empty(row.shape, dtype=object)
    for place, weight in enumerate(row):
        rest = before[place] + after[len(row) - 1 - place]
        result[place] = 1 / (1 + rest / weight) if nonzero(weight) else weight * reciprocal(weight + rest)
    return result


def definiteness(rows: list[list[Any]], ends: Ends, zero: Callable[[Any], bool]) -> tuple[Truth, str]:
    """Whether x A xᵀ ≥ 0: symmetric elimination, largest certain pivot first."""
    rows, left = [list(row) for row in rows], list(range(len(rows)))
    while left:
        pivots = {i: ends(rows[i][i]) for i in left}
        below = next((i for i in left if pivots[i][1] < 0), None)
        if below is not None:
            return Truth.FALSE, f"elimination meets a pivot that is at most {float(pivots[below][1]):.6g}"
        step = max(left, key=lambda i: pivots[i][0])
        if pivots[step][0] <= 0:
            empty = all(zero(rows[i][j]) for i in left for j in left)
            return (Truth.TRUE if empty else Truth.CONSISTENT), "the rest of L D Lᵀ holds 0"
        left.remove(step)
        for r in left:
            factor = rows[r][step] / rows[step][step]
            rows[r] = [entry - factor * above for entry, above in zip(rows[r], rows[step], strict=True)]
    return Truth.TRUE, "every pivot of L D Lᵀ is positive"
