"""Engine, the normal form: comparisons of indices as factors, and what follows from several of them in a product.

`[i <= j + 1]` is `[i <= j] + [i = j + 1]`, so that orders have no numbers in them; in a product what follows from
others is dropped.
"""

from __future__ import annotations

from itertools import product as product_of

from symattn.engine.differences import Edge, contradiction, edge_of, path, sides
from symattn.engine.normal.atoms import before_factor, make_delta, settle, sides_of
from symattn.engine.normal.polynomial import (
    PRODUCT_CHANGES,
    REBUILD,
    SKELETONS,
    Factor,
    Number,
    Params,
    Poly,
    Powers,
    Skeleton,
    add,
    constant,
    multiply,
    product,
    scale,
)
from symattn.kernel.plain.places import at_most, ordered
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, Size, constant_index, fresh, replace_in, size_of, surplus

BOUND = 3
"""How many bound indices are given values."""
NUMBERS = 24
"""The largest number in an order that is written out."""


def make_before(left: Index, right: Index) -> Poly:
    """1 where the first index is at most the second: decided as far as their form tells, else without numbers."""
    left, right = settle(left), settle(right)
    left_over = ordered(left, right)
    if not left_over:
        return constant(int(left_over is not None))
    left, right = left_over[0]
    if at_most(right, left):
        return make_delta(left, right)
    if by_pairs(left, right):
        return _lexicographic(left, right)
    edge = edge_of(left, right)
    if (less := reduced(edge.c)) is not None:
        return add(make_before(*sides(edge._replace(c=less))), make_delta(left, right))
    if (less := reduced(edge.b)) is not None:
        nearer = sides(edge._replace(b=less))
        return add(make_before(*nearer), scale(make_delta(*nearer), -1))
    return before_factor(left, right)


def by_pairs(left: Index, right: Index) -> bool:
    """Are both pairs, of the same sizes?"""
    both = isinstance(left, tuple) and isinstance(right, tuple) and left[0] == right[0] == "pair"
    return both and [size_of(i) for i in left[1:]] == [size_of(i) for i in right[1:]]  # type: ignore[index]


def reduced(offset: Size) -> Size | None:
    """One less, where the size has a number in it that is small enough to be written out."""
    return surplus(offset, ONE_SIZE) if dict(offset.terms).get((), 0) <= NUMBERS else None


def _lexicographic(left: Index, right: Index) -> Poly:
    (_, a, b), (_, c, d) = left, right  # type: ignore[misc]
    same = make_delta(a, c)
    return add(make_before(a, c), scale(same, -1), multiply(same, make_before(b, d)))


def _before_again(skeleton: Skeleton, places: list[Index]) -> Poly:
    left, right = (replace_in(side, places.__getitem__) for side in skeleton.data)
    return make_before(left, right)


def _ordered(coefficient: Number, params: Params, powers: Powers) -> Poly | None:
    """What follows from other comparisons is dropped; indices that are at most each other agree."""
    edges = {k: edge_of(*sides_of(*k)) for k in sorted(powers) if powers[k] and SKELETONS[k[0]].kind == "before"}
    equal = _equal(powers) if edges else []
    if len(edges) + len(equal) < 2:
        return None
    if contradiction([*edges.values(), *equal]):
        return {}
    for key, edge in edges.items():
        others = [*(e for k, e in edges.items() if k != key), *equal]
        rest: Powers = {k: p for k, p in powers.items() if k != key}
        if path(others, edge):
            return product(coefficient, params, rest)
        if path(others, _turned(edge)):
            return multiply(make_delta(*sides(edge)), product(coefficient, params, rest))
    return None


def _equal(powers: Powers) -> list[Edge]:
    """What deltas say, both ways, of which no index is a variable that would be renamed."""
    found = [sides_of(*k) for k in sorted(powers) if powers[k] and SKELETONS[k[0]].kind == "delta"]
    edges = [edge_of(*both) for both in found if all(isinstance(side, tuple) for side in both)]
    return [e for edge in edges for e in (edge, _turned(edge))]


def _turned(edge: Edge) -> Edge:
    return Edge(edge.y, edge.c, edge.x, edge.b)


def positive_somewhere(bound: tuple[Size, ...], free: tuple[Size, ...], atoms: tuple[Factor, ...]) -> bool:
    """Is a sum of positive things where places are in order positive: are they, for some values of what is bound?"""
    orders = [(SKELETONS[s].data, places) for s, places, _ in atoms if SKELETONS[s].kind == "before"]
    others = (SKELETONS[s].positive for s, _, _ in atoms if SKELETONS[s].kind != "before")
    if not orders or len(bound) > BOUND or not all(others):
        return False
    known: dict[int, Index] = {at: fresh(size) for at, size in enumerate(free)}
    choices = [[*_first(size), *(v for v in known.values() if size_of(v) == size)] for size in bound]
    for chosen in product_of(*choices):
        at = {**known, **{-1 - k: index for k, index in enumerate(chosen)}}
        if all(_sure([at[slot] for slot in places], *data) for data, places in orders):
            return True
    return False


def _sure(places: list[Index], left: Index, right: Index) -> bool:
    return ordered(*(settle(replace_in(side, places.__getitem__)) for side in (left, right))) == ()


def _first(size: Size) -> list[Index]:
    return [constant_index(0, size)] if size.minimum >= 1 else []


PRODUCT_CHANGES.append(_ordered)
REBUILD["before"] = _before_again
