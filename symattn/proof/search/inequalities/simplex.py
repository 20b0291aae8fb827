"""Weights >= 0 with which columns add up to a target, exactly: the first phase of the simplex method.

The entering column is the first that helps and the leaving row the first that binds (Bland's rule), so that it ends.
A row holds whole numbers over one denominator, since fractions would be brought to lowest terms one by one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

Vector = Mapping[Any, Fraction | int]

PIVOTS = 400
RIGHT = -1
"""The place of the right side in a row."""


@dataclass
class Row:
    """An equation: numbers by column, over a denominator; `basic` is the column that it gives the value of."""

    numbers: dict[int, int]
    denominator: int = 1
    basic: int | None = None  # None is a variable of no column, which has to go

    def tidy(self) -> None:
        common = gcd(self.denominator, *self.numbers.values())
        if common > 1:
            self.numbers = {at: number // common for at, number in self.numbers.items()}
            self.denominator //= common

    @property
    def columns(self) -> list[int]:
        return [at for at in self.numbers if at != RIGHT]


def weights(columns: Sequence[Vector], target: Vector) -> dict[int, Fraction] | None:
    """Weights > 0 by number of the column, or None when there are none (or PIVOTS steps do not find them)."""
    rows = _rows(columns, target)
    if not _possible(rows):
        return None
    for _ in range(PIVOTS):
        missing = [row for row in rows if row.basic is None]
        if not any(RIGHT in row.numbers for row in missing):
            found = [(row.basic, Fraction(row.numbers.get(RIGHT, 0), row.denominator)) for row in rows]
            return {who: value for who, value in found if who is not None and value}
        entering = _entering(missing)
        leaving = None if entering is None else _leaving(rows, entering)
        if entering is None or leaving is None:
            return None
        _pivot(rows, leaving, entering)
    return None


def _rows(columns: Sequence[Vector], target: Vector) -> list[Row]:
    """One equation for each product that occurs, with a right side that is not negative."""
    entries: dict[Hashable, dict[int, Fraction]] = {}
    for number, vector in [(RIGHT, target), *enumerate(columns)]:
        for key, value in vector.items():
            entries.setdefault(key, {})[number] = Fraction(value)
    rows = []
    for row in entries.values():
        whole = lcm(*(value.denominator for value in row.values())) * (-1 if row.get(RIGHT, 0) < 0 else 1)
        rows.append(Row({at: int(value * whole) for at, value in row.items() if value}))
    return rows


def _possible(rows: list[Row]) -> bool:
    """Takes away the columns that bring what nothing outweighs; False when what is left cannot do it."""
    places: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        for number in row.columns:
            places.setdefault(number, []).append(at)
    waiting = dict.fromkeys(range(len(rows)))
    while waiting:
        at, _ = waiting.popitem()
        signs = {rows[at].numbers[number] > 0 for number in rows[at].columns}
        if RIGHT in rows[at].numbers:
            if True not in signs:
                return False
        elif len(signs) == 1:
            for number in rows[at].columns:
                for other in places[number]:
                    rows[other].numbers.pop(number, None)
                    waiting[other] = None
    return True


def _entering(missing: list[Row]) -> int | None:
    """The first column that makes what is missing less."""
    common, gain = lcm(*(row.denominator for row in missing)), dict[int, int]()
    for row in missing:
        times = common // row.denominator
        for number, value in row.numbers.items():
            gain[number] = gain.get(number, 0) + times * value
    return min((number for number, value in gain.items() if value > 0 and number != RIGHT), default=None)


def _leaving(rows: list[Row], entering: int) -> Row | None:
    """The row that binds first; among equals one that is to go, then the one of the first column."""
    binding = [row for row in rows if row.numbers.get(entering, 0) > 0]

    def order(row: Row) -> tuple[Fraction, int]:
        share = Fraction(row.numbers.get(RIGHT, 0), row.numbers[entering])
        return share, -1 if row.basic is None else row.basic

    return min(binding, key=order, default=None)


def _pivot(rows: list[Row], leaving: Row, entering: int) -> None:
    by = leaving.numbers[entering]
    leaving.denominator, leaving.basic = by, entering
    leaving.tidy()
    by = leaving.numbers[entering]
    for row in rows:
        times = row.numbers.get(entering)
        if row is not leaving and times:
            numbers = {number: value * by for number, value in row.numbers.items()}
            for number, value in leaving.numbers.items():
                left = numbers.get(number, 0) - times * value
                if left:
                    numbers[number] = left
                else:
                    numbers.pop(number, None)
            row.numbers, row.denominator = numbers, row.denominator * by
            row.tidy()
