"""Indices as whole numbers, counted from 0: which of two is the greater one, as far as their form tells.

An index is `before + inner`, where `inner` is less than a size `own`.
"""

from __future__ import annotations

from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    ZERO_SIZE,
    Index,
    Size,
    Variable,
    constant_size,
    never_less,
    place,
    size_of,
    surplus,
)

Sides = tuple[Index, Index]
FIRST: Index = ("const", 0, ONE_SIZE)


def span(index: Index) -> tuple[Size, Index, Size]:
    """`before`, `inner`, `own`."""
    match index:
        case ("part", before, inner, _):
            deeper, below, own = span(inner)
            return before + deeper, below, own
        case ("const", value, _):
            return constant_size(value), FIRST, ONE_SIZE
    return ZERO_SIZE, index, size_of(index)


def at_most(left: Index, right: Index, less: Size = ZERO_SIZE) -> bool:
    """Is `left + less <= right`, whatever their variables are, as far as their form tells?"""
    (b, x, own), (c, y, _) = span(left), span(right)
    return never_less(c + ONE_SIZE, b + own + less) or (x == y and never_less(c, b + less))


def greater(left: Index, right: Index) -> bool:
    """Is the first index seen to be greater than the second?"""
    return at_most(right, left, ONE_SIZE)


def agreeing(left: Index, right: Index) -> tuple[Sides, ...] | None:
    """The pairs of indices that agree when these two do, less what their form tells; None when they never do."""
    if type(left) is type(right) is Variable and left != right:
        return ((left, right),)
    if left == right or (at_most(left, right) and at_most(right, left)):
        return ()
    if greater(left, right) or greater(right, left):
        return None
    left, right = aligned(left, right)
    if type(left) is type(right) is tuple and left[0] == right[0] == "pair":
        if [size_of(i) for i in left[1:]] == [size_of(i) for i in right[1:]]:
            outer, inner = agreeing(left[1], right[1]), agreeing(left[2], right[2])
            return None if outer is None or inner is None else outer + inner
    return ((left, right),)


def ordered(left: Index, right: Index) -> tuple[Sides, ...] | None:
    """() when the first index is always at most the second, None when never, else the two, less what both have."""
    return () if at_most(left, right) else None if greater(left, right) else (aligned(left, right),)


def aligned(left: Index, right: Index) -> Sides:
    """The two indices, less what both have before them and after them: their difference stays what it is."""
    for one, other in ((left, right), (right, left)):
        if type(other) is tuple and other[0] == "const" and (found := _among(other[1], *span(one))) is not None:
            return found[::-1] if one is right else found
    (b, x, a), (c, y, e) = _cut(left), _cut(right)
    (b, c), (a, e) = apart(b, c), apart(a, e)
    return place(b, x, a), place(c, y, e)


def _among(value: int, before: Size, inner: Index, own: Size) -> Sides | None:
    """The inner index and the constant, counted from `before`, where it exists there."""
    here = -1 if before.constant is None else value - before.constant
    return (inner, ("const", here, own)) if 0 <= here < own.minimum else None


def _cut(index: Index) -> tuple[Size, Index, Size]:
    match index:
        case ("part", before, inner, after):
            return before, inner, after
        case ("const", value, size) if (after := surplus(size, constant_size(value + 1))) is not None:
            return constant_size(value), FIRST, after
    return ZERO_SIZE, index, ZERO_SIZE


def apart(one: Size, other: Size) -> tuple[Size, Size]:
    """Both sizes less what they have in common."""
    both = (one, dict(other.terms)), (other, dict(one.terms))
    first, second = (Size(tuple([(s, c - b.get(s, 0)) for s, c in a.terms if c > b.get(s, 0)])) for a, b in both)
    return first, second
