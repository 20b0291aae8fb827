"""Turns of queries and keys by given tables: which row of them a query or key has, and which columns are a pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.masks import places
from symattn.checks.attention.spec.spec import AttentionSpec

__all__ = ["Turn", "turn_of", "width_of"]

Array = Any


@dataclass(frozen=True, eq=False)
class Turn:
    """Cos and sin of each query, [batch, n, k], and of each key, [m, k]; which column turns into which, k×k."""

    queries: tuple[Array, Array]
    keys: tuple[Array, Array]
    pairs: Array

    def but(self, **changes: Any) -> Turn:
        return replace(self, **changes)

    def of_keys(self, kept: slice) -> Turn:
        """For some of the keys alone."""
        return self.but(keys=tuple(table[kept] for table in self.keys))

    def letters(self, batch: int, rows: slice) -> dict[Any, Array]:
        """The letters of the formula for one batch and some of its queries."""
        (C, D), (E, F) = self.queries, self.keys
        return {letters.C: C[batch, rows], letters.D: D[batch, rows], letters.E: E, letters.F: F, letters.J: self.pairs}


def width_of(spec: AttentionSpec, width: int) -> int:
    """How many columns are turned."""
    return width if spec.rope_width is None else spec.rope_width


def turn_of(
    spec: AttentionSpec, extras: Mapping[str, Array], shape: tuple[int, ...], m: int, lengths: Array, shift: int = 0
) -> Turn:
    """What the spec says of queries of this shape and m keys.

    Raises    IndexError for a query that stands at no place of the tables
    """
    _, _, n, width = shape
    where, cos, sin = places(spec, n, lengths, shift=shift), extras["cos"], extras["sin"]
    if where.min() < 0 or where.max() >= len(cos):
        raise IndexError("a query stands at no place of the tables")
    column, pairs = _columns(spec, width)
    cos, sin = (_spread(table, column, rest) for table, rest in ((cos, 1.0), (sin, 0.0)))
    return Turn((cos[where], sin[where]), (cos[:m], sin[:m]), pairs)


def _columns(spec: AttentionSpec, width: int) -> tuple[Array, Array]:
    """The pair of each column, -1 for none; and J, with (x J)_a = -x_b and (x J)_b = x_a for a pair of columns a, b."""
    half = width_of(spec, width) // 2
    first, second = (
        (np.arange(half), half + np.arange(half))
        if spec.rope == "halves"
        else (2 * np.arange(half), 2 * np.arange(half) + 1)
    )
    column, pairs = np.full(width, -1), np.zeros((width, width))
    column[first] = column[second] = np.arange(half)
    pairs[second, first], pairs[first, second] = -1.0, 1.0
    return column, pairs


def _spread(table: Array, column: Array, rest: float) -> Array:
    """A table with a column for each of the width; `rest` where nothing is turned."""
    return np.where(column >= 0, table[:, column], rest)
