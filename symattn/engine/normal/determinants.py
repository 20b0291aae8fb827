"""Engine, the normal form: the determinant of a matrix as one factor, without indices.  `determinant_rules` says more.

Matrices with the same entries have the same one.  That of the identity is 1, and up to size 3 it is Leibniz' sum.
"""

from __future__ import annotations

from itertools import permutations
from math import prod

from symattn.engine.normal.atoms import make_delta
from symattn.engine.normal.polynomial import (
    Poly,
    Skeleton,
    accumulate,
    constant,
    intern,
    letters_in,
    multiply_all,
    single,
    substitute,
    trivial,
    weight_of,
)
from symattn.kernel.syntax.sizes import constant_index, size_of, variable

LEIBNIZ = 3
"""The largest size whose determinants are written out."""


def determinant_poly(row: int, column: int, entries: Poly) -> Poly:
    """The determinant of the entries at (row, column), whatever these two variables are called."""
    size = size_of(row)
    if size.constant is not None and size.constant <= LEIBNIZ:
        return _leibniz(row, column, entries)
    i, j = variable("row", size), variable("column", size)
    entries = substitute(entries, {row: i, column: j})
    if entries == make_delta(i, j):
        return constant(1)

    def finish(skeleton: Skeleton) -> None:
        skeleton.letters = letters_in(entries)
        skeleton.weight += sum(weight_of(factors) for _, factors in entries)

    data = (i, j, tuple(sorted(entries.items())))
    return single(intern("determinant", data, (), trivial(0), finish), ())


def _leibniz(row: int, column: int, entries: Poly) -> Poly:
    size = size_of(row)
    places = [constant_index(p, size) for p in range(size.constant or 0)]
    total: Poly = {}
    for order in permutations(range(len(places))):
        sign = prod(-1 for q in order for p in order[: order.index(q)] if p > q)
        chosen = [substitute(entries, {row: places[p], column: places[q]}) for p, q in enumerate(order)]
        accumulate(total, multiply_all(sign, (), chosen))
    return total
