"""The values of a counterexample: matrices as people write them, side by side as far as the line goes; and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import zip_longest
from typing import Any

BETWEEN = "    "
EXACT = 2**53
"""Fractions with numbers up to this, over a power of 2, are the same as floats."""


def blocks(values: Mapping[Any, Any], width: int) -> list[str]:
    """The lines of `A = [...]` for every value, in as few rows of blocks as fit."""
    rows: list[list[list[str]]] = []
    for block in (block for letter, value in values.items() for block in _named(str(letter), _nested(value))):
        if rows and sum(len(each[0]) for each in (*rows[-1], block)) + len(BETWEEN) * len(rows[-1]) <= width:
            rows[-1].append(block)
        else:
            rows.append([block])
    found = ["\n".join(_beside(row)) for row in rows]
    tall = any("\n" in block for block in found)
    return ("\n\n" if tall and len(found) > 1 else "\n").join(found).splitlines()


def _beside(row: list[list[str]]) -> Iterator[str]:
    widths = [len(block[0]) for block in row]
    for lines in zip_longest(*row, fillvalue=""):
        yield BETWEEN.join(line.ljust(width) for line, width in zip(lines, widths, strict=True)).rstrip()


def _named(name: str, value: Any) -> Iterator[list[str]]:
    """A block for a number or a matrix, one for each member of a family."""
    if isinstance(value, list) and value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], list):
        for head, member in enumerate(value):
            yield from _named(f"{name}[{head}]", member)
        return
    start = f"{name} = "
    shown = _grid(value) if isinstance(value, list) else [str(value)]
    yield [f"{start if place == 0 else ' ' * len(start)}{line}" for place, line in enumerate(shown)]


def _grid(matrix: list[Any]) -> list[str]:
    """The rows of a matrix, numbers under numbers."""
    cells = [[str(entry) for entry in row] for row in matrix]
    if not cells or not cells[0]:
        return ["[]"]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return [f"[{'  '.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))}]" for row in cells]


def data(value: Any) -> Any:
    """Lists of numbers; a fraction that no float is equal to stays what it is, as "1/3"."""
    nested = _nested(value)
    return [data(each) for each in nested] if isinstance(nested, list) else _number(nested)


def _nested(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _number(value: Any) -> int | float | str:
    if isinstance(value, int | float):
        return value
    try:
        exact = Fraction(str(value))
    except ValueError:
        return str(value)
    if exact.denominator == 1:
        return exact.numerator
    fits = (
        abs(exact.numerator) <= EXACT and exact.denominator <= EXACT and not exact.denominator & exact.denominator - 1
    )
    return float(exact) if fits else str(exact)
