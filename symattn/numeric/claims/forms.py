"""Bounds for all values of letters, decided where they are of degree 2: `x A xᵀ + b xᵀ + c >= 0` for all x.

With one more coordinate that is a quadratic form, whose matrix the values at 0, ±e_i and e_i + e_j give; it is at least
0 everywhere exactly when its matrix is positive semidefinite.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice
from math import prod
from typing import Any

import numpy as np

from symattn import language
from symattn.numeric.arithmetic import Truth
from symattn.numeric.arithmetics.exact import Exact
from symattn.numeric.claims.points import at_points, each
from symattn.numeric.claims.quantifiers import degree
from symattn.numeric.claims.verdicts import Judgement
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.linear_algebra.elimination import negative_direction

__all__ = ["for_all_values"]

MOST_ENTRIES = 12


def for_all_values(claim: Any, walk: Walk, shapes: list[tuple[int, ...]]) -> Judgement | None:
    """Whether such a bound holds for all values of its letters; None where that is not seen in this way."""
    variables, bound, count = claim.variables, claim.claim, sum(map(prod, shapes))
    if not isinstance(bound, language.AtMost) or not isinstance(walk.arithmetic, Exact) or count > MOST_ENTRIES:
        return None
    if any(getattr(v, "facts", None) or getattr(v, "is_positive", False) for v in variables):
        return None
    if any(getattr(side, "shape", (1, 1)) != (1, 1) or degree(side, *variables) > 2 for side in bound.args):
        return None

    def beyond(inner: Walk) -> list[Fraction]:
        left, right = (each(inner.value(side), inner.count) for side in bound.args)
        return [Fraction(number) for number in (right - left).flat]

    cuts = np.cumsum([prod(shape) for shape in shapes])[:-1]
    points = [
        [part.reshape(shape) for part, shape in zip(np.split(point, cuts), shapes, strict=True)]
        for point in _points(count)
    ]
    failing = negative_direction(_form(at_points(claim, points, walk, beyond), count))
    if failing is None:
        return Judgement(Truth.TRUE, "for all values, since the form is positive semidefinite")
    return Judgement(Truth.FALSE, "the form is not positive semidefinite, so it is less than 0 somewhere")


def _points(count: int) -> list[Any]:
    """0, the units, their opposites, and the sums of two."""
    units = list(np.eye(count, dtype=int))
    zero, opposites = np.zeros(count, dtype=int), [-unit for unit in units]
    return [zero, *units, *opposites, *(one + other for one, other in combinations(units, 2))]


def _form(values: Iterator[Fraction], count: int) -> list[list[Any]]:
    """The matrix of `t² f(x/t)`, t last, from the values of f at the points."""
    constant = next(values)
    plus, minus = list(islice(values, count)), list(islice(values, count))
    rows = [[Fraction(0)] * (count + 1) for _ in range(count + 1)]
    rows[count][count] = constant
    for i in range(count):
        rows[i][i] = (plus[i] + minus[i]) / 2 - constant
        rows[i][count] = rows[count][i] = (plus[i] - minus[i]) / 4
    for (i, j), both in zip(combinations(range(count), 2), values, strict=True):
        rows[i][j] = rows[j][i] = (both - plus[i] - plus[j] + constant) / 2
    return rows
