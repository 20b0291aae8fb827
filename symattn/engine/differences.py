"""Engine: what follows from comparisons of indices, as paths in a graph; `normal` and the finder rest on it.

An edge says `x + b <= y + c` of two indices and two sizes.  That an index is at least 0, and less than its size, are
edges too, from and to the first index of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from symattn.errors import KernelError
from symattn.kernel.plain.places import FIRST, span
from symattn.kernel.syntax.sizes import ONE_SIZE, ZERO_SIZE, Index, Size, never_less, place, size_of, surplus

LONGEST = 5
"""How many edges a path may have."""
WIDEST = 12
"""How many edges there may be besides those that say how large an index is."""


class Edge(NamedTuple):
    """`x + b <= y + c`."""

    x: Index
    b: Size
    y: Index
    c: Size


Path = tuple[Edge, ...]


def edge_of(left: Index, right: Index) -> Edge:
    """What `left <= right` says."""
    (b, x, _), (c, y, _) = span(left), span(right)
    return Edge(x, b, y, c)


def sides(edge: Edge) -> tuple[Index, Index]:
    """Two indices of one size whose order it is."""
    own, other = size_of(edge.x), size_of(edge.y)
    return place(edge.b, edge.x, edge.c + other), place(edge.c, edge.y, edge.b + own)


def path(edges: Iterable[Edge], goal: Edge) -> Path | None:
    """Edges from x to y, one after the other, from which the goal follows."""
    given = list(edges)
    if len(given) > WIDEST:
        return None
    for found in _paths([*given, *_ranges([*given, goal])], goal.x, goal.y):
        b, c = composed(found)
        if never_less(b + goal.c, c + goal.b):
            return found
    return None


def contradiction(edges: Iterable[Edge]) -> Path | None:
    """Edges in a circle that say of an index that it is less than itself."""
    given = list(edges)
    if len(given) > WIDEST:
        return None
    every = [*given, *_ranges(given)]
    for start in dict.fromkeys(e.x for e in given):
        for found in _paths(every, start, start):
            b, c = composed(found)
            if never_less(b, c + ONE_SIZE):
                return found
    return None


def composed(found: Path) -> tuple[Size, Size]:
    """What is added on both sides when the path is one edge."""
    return sum((e.b for e in found), ZERO_SIZE), sum((e.c for e in found), ZERO_SIZE)


def _ranges(edges: list[Edge]) -> Iterator[Edge]:
    """Each index is at least the first one, and one more than it is at most its size."""
    for index in dict.fromkeys(i for e in edges for i in (e.x, e.y) if i != FIRST):
        yield Edge(FIRST, ZERO_SIZE, index, ZERO_SIZE)
        yield Edge(index, ONE_SIZE, FIRST, size_of(index))


def _paths(edges: list[Edge], start: Index, end: Index) -> Iterator[Path]:
    """Paths that come to no index twice, short ones first."""
    waiting: list[Path] = [(e,) for e in edges if e.x == start]
    for found in waiting:
        if found[-1].y == end:
            yield found
        elif len(found) < LONGEST:
            seen = {e.x for e in found} | {found[-1].y}
            waiting += [(*found, e) for e in edges if e.x == found[-1].y and (e.y == end or e.y not in seen)]


def indices_along(found: Path, goal: Edge) -> tuple[Index, ...]:
    """The indices along a path as places of one size, and last the end of the goal that is seen from the same start."""
    at, last = composed(found)
    stops: list[tuple[Size, Index]] = [(at + goal.b, found[0].x)]
    for e in found:
        stops.append((rest_of(stops[-1][0], e.b) + e.c, e.y))
    stops.append((at + goal.c, goal.y))
    whole = sum((size_of(x) for _, x in stops), at + last + goal.b + goal.c)
    return tuple([place(offset, x, rest_of(whole, offset + size_of(x))) for offset, x in stops])


def rest_of(whole: Size, part: Size) -> Size:
    """What is left of a size; the part must be in it."""
    rest = surplus(whole, part)
    if rest is None:
        raise KernelError(f"{whole} is not greater than {part} for all sizes")
    return rest
