"""Elimination, for ranks, inverses and definiteness where every step is exact or enclosed.

SymPy's `DomainMatrix` has exact entries only.  Here one text serves fractions, residues and intervals, of which one
that holds 0 and more is neither certainly 0 nor certainly something else; and a witness leans on as little as it can.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symattn.numeric.entries import rational

Rows = list[list[Any]]


@dataclass(frozen=True)
class Field:
    """What elimination needs to know of the entries.

    `nonzero` and `zero` are certain: for an interval that holds 0 and more, both are false.
    """

    reciprocal: Callable[[Any], Any]
    reduce: Callable[[Any], Any]
    nonzero: Callable[[Any], bool]
    zero: Callable[[Any], bool]


def fraction_reciprocal(entry: Fraction | int) -> Fraction | int:
    """1/entry, with 1/0 = 0."""
    return rational(Fraction(1) / entry) if entry else 0


RATIONALS = Field(fraction_reciprocal, rational, lambda entry: entry != 0, lambda entry: entry == 0)


def _pivot_row(rows: Rows, start: int, column: int, field: Field) -> int | None:
    return next((r for r in range(start, len(rows)) if field.nonzero(rows[r][column])), None)


def _clear(rows: Rows, r: int, factor: Any, source: int, field: Field) -> None:
    rows[r] = [field.reduce(entry - factor * above) for entry, above in zip(rows[r], rows[source], strict=True)]


def rank(rows: Rows, field: Field = RATIONALS) -> int:
    """The number of pivots: the rank, or at least a lower bound of it where entries are only enclosed."""
    rows = [list(row) for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = _pivot_row(rows, found, column, field)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        scale = field.reciprocal(rows[found][column])
        for r in range(found + 1, len(rows)):
            if not field.zero(rows[r][column]):
                _clear(rows, r, field.reduce(rows[r][column] * scale), found, field)
        found += 1
    return found


def inverse(rows: Rows, field: Field = RATIONALS) -> Rows | None:
    """The inverse by Gauss and Jordan; None where a column has no certain pivot."""
    size = len(rows)
    work = [list(row) + [int(i == j) for j in range(size)] for i, row in enumerate(rows)]
    for column in range(size):
        pivot = _pivot_row(work, column, column, field)
        if pivot is None:
            return None
        work[column], work[pivot] = work[pivot], work[column]
        scale = field.reciprocal(work[column][column])
        work[column] = [field.reduce(entry * scale) for entry in work[column]]
        for r in range(size):
            if r != column and not field.zero(work[r][column]):
                _clear(work, r, work[r][column], column, field)
    return [row[size:] for row in work]


def negative_direction(rows: Rows) -> tuple[int, Any] | None:
    """None when a symmetric rational matrix is positive semidefinite, else (step, minor) that shows it is not.

    Symmetric elimination A = L D Lᵀ.  A zero pivot must stand in a zero row, since a 2×2 block [[0, b], [b, c]] takes
    both signs; its minor is -b².
    """
    rows = [list(row) for row in rows]
    for step in range(len(rows)):
        pivot, beside = rows[step][step], [entry for entry in rows[step][step + 1 :] if entry != 0]
        if pivot < 0:
            return step, pivot
        if pivot == 0 and beside:
            return step, -beside[0] * beside[0]
        for r in range(step + 1, len(rows)):
            if rows[r][step] != 0:
                _clear(rows, r, rows[r][step] * fraction_reciprocal(pivot), step, RATIONALS)
    return None
