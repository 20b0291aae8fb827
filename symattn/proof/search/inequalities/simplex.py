"""Weights >= 0 with which columns add up to a target, over exact fractions: the first phase of the simplex method.

The entering column is the first that helps and the leaving row the first that binds (Bland's rule), so that it ends.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Vector = Mapping[Any, Fraction | int]
Row = dict[int, Fraction]

PIVOTS = 400


def weights(columns: Sequence[Vector], target: Vector) -> dict[int, Fraction] | None:
    """Weights > 0 by number of the column, or None when there are none (or PIVOTS steps do not find them)."""
    rows, right = _rows(columns, target)
    if any(not row and value for row, value in zip(rows, right, strict=True)):
        return None
    basis: list[int | None] = [None] * len(rows)  # None is a variable of no column, which has to go
    for _ in range(PIVOTS):
        missing = [at for at, who in enumerate(basis) if who is None]
        if not any(right[at] for at in missing):
            return {who: right[at] for at, who in enumerate(basis) if who is not None and right[at]}
        entering = _entering(rows, missing)
        leaving = None if entering is None else _leaving(rows, right, basis, entering)
        if entering is None or leaving is None:
            return None
        _pivot(rows, right, leaving, entering)
        basis[leaving] = entering
    return None


def _rows(columns: Sequence[Vector], target: Vector) -> tuple[list[Row], list[Fraction]]:
    """One equation for each product that occurs, with a right side that is not negative."""
    keys = dict.fromkeys([*target, *(key for column in columns for key in column)])
    rows: dict[Hashable, Row] = {key: {} for key in keys}
    for number, column in enumerate(columns):
        for key, value in column.items():
            rows[key][number] = Fraction(value)
    signs = [-1 if target.get(key, 0) < 0 else 1 for key in keys]
    signed = [{n: sign * x for n, x in row.items()} for row, sign in zip(rows.values(), signs, strict=True)]
    return signed, [abs(Fraction(target.get(key, 0))) for key in keys]


def _entering(rows: list[Row], missing: list[int]) -> int | None:
    """The first column that makes what is missing less."""
    gain: dict[int, Fraction] = {}
    for at in missing:
        for number, value in rows[at].items():
            gain[number] = gain.get(number, Fraction(0)) + value
    return min((number for number, value in gain.items() if value > 0), default=None)


def _leaving(rows: list[Row], right: list[Fraction], basis: list[int | None], entering: int) -> int | None:
    """The row that binds first; among equals one that is to go, then the one of the first column."""
    binding = [at for at, row in enumerate(rows) if row.get(entering, 0) > 0]
    return min(binding, key=lambda at: (right[at] / rows[at][entering], _order(basis[at])), default=None)


def _order(who: int | None) -> int:
    return -1 if who is None else who


def _pivot(rows: list[Row], right: list[Fraction], leaving: int, entering: int) -> None:
    by = rows[leaving][entering]
    rows[leaving] = {number: value / by for number, value in rows[leaving].items()}
    right[leaving] /= by
    for at, row in enumerate(rows):
        times = row.get(entering)
        if at != leaving and times:
            right[at] -= times * right[leaving]
            for number, value in rows[leaving].items():
                left = row.get(number, Fraction(0)) - times * value
                if left:
                    row[number] = left
                else:
                    row.pop(number, None)
