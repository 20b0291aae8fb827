"""What is asked at several values of the letters that a quantifier binds, side by side where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

from symattn.errors import SymattnError
from symattn.numeric.arithmetic import Array, OneByOne
from symattn.numeric.evaluation.room import values_at_once
from symattn.numeric.evaluation.stacks import STACKABLE
from symattn.numeric.evaluation.walk import Walk

MORE = 16
"""How many times as many points are asked next: who looks for one that fails mostly finds it soon."""

Answer = TypeVar("Answer")
Point = Sequence[Array]
Ask = Callable[[Walk], list[Answer]]


def at_points(claim: Any, points: Sequence[Point], walk: Walk, ask: Ask[Answer]) -> Iterator[Answer]:
    """The answers at the points, each a value for every variable of a quantified claim.

    The first is asked by itself, then more and more at once, as many as there is room for.  Where that fails, since
    something needs one matrix at a time or has no value at one of them, they are asked one after the other.
    """
    most = values_at_once(claim.claim, walk.sample.sizes) if isinstance(walk.arithmetic, STACKABLE) else 1
    start, count = 0, 1
    while start < len(points):
        asked = points[start : start + count]
        found = _at_once(claim.variables, asked, walk, ask) if len(asked) > 1 else None
        if found is None:
            most = 1 if len(asked) > 1 else most
            yield from _one_by_one(claim.variables, asked, walk, ask)
        else:
            yield from found
        start, count = start + len(asked), min(most, count * MORE)


def _at_once(variables: tuple[Any, ...], points: Sequence[Point], walk: Walk, ask: Ask[Answer]) -> list[Answer] | None:
    try:
        return ask(walk.inside_stack(dict(zip(variables, zip(*points, strict=True), strict=True))))
    except (SymattnError, OneByOne):
        return None


def _one_by_one(variables: tuple[Any, ...], points: Sequence[Point], walk: Walk, ask: Ask[Answer]) -> Iterator[Answer]:
    for point in points:
        given = {v: walk.lift(v, value) for v, value in zip(variables, point, strict=True)}
        yield from ask(walk.inside(given))


def each(entries: Array, count: int) -> Array:
    """The entries for each of so many values, where those that are the same for all have no axis for them."""
    return np.broadcast_to(entries, (count, *entries.shape[-2:]))
