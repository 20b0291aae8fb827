"""How blocks and heads are elaborated: an index that lies in one of them, and sums over all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn import language as lang
from symattn.errors import LanguageError, ShapeError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Index, Size, constant_index, part_index, size_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.axes import Blocks, Heads, axis_of
from symattn.proof.elaborate.elaborator import Elaborator, matrix_rule


@matrix_rule(lang.HStack, lang.VStack)
def _stack(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    """The block that the index lies in; for an index that does not say, a sum of deltas over the blocks."""
    if len(expr.args) == 1:
        return e.entry(expr.args[0], i, j)
    along = 1 if isinstance(expr, lang.HStack) else 0
    axis = axis_of(expr, along)
    index = (i, j)[along]
    if not isinstance(axis, Blocks):
        raise LanguageError(f"{lang.text(expr)} has no blocks")
    sizes = tuple(e.size(w) for w, _ in axis.parts)

    def at(inside: Index) -> Term:
        if isinstance(inside, tuple) and inside[0] == "const":
            inside = _part_of_number(inside[1], sizes)
        return _in_block(e, expr, along, sizes, inside, j if along == 0 else i)

    if isinstance(index, tuple) and index[0] == "part" and index[1] == sizes:
        return at(index)
    if isinstance(index, tuple) and index[0] == "const" and all(size.constant is not None for size in sizes):
        return at(index)
    return e.sum_over(size_of(index), axis, lambda place: terms.multiply(terms.delta(index, place), at(place)))


def _part_of_number(place: int, sizes: tuple[Size, ...]) -> Index:
    """Where a place is, counted over blocks whose sizes are numbers."""
    for which, size in enumerate(sizes):
        if place < (size.constant or 0):
            return part_index(sizes, which, constant_index(place, size))
        place -= size.constant or 0
    raise ShapeError(f"there are only {sum(size.constant or 0 for size in sizes)} places")


def _in_block(e: Elaborator, expr: Any, along: int, sizes: tuple[Size, ...], index: Any, other: Index) -> Term:
    start = 0
    for block in expr.args:
        inner = axis_of(block, along)
        count = len(inner.parts) if isinstance(inner, Blocks) else 1
        if start <= index[2] < start + count:
            place = part_index(sizes[start : start + count], index[2] - start, index[3]) if count > 1 else index[3]
            return e.entry(block, other, place) if along == 1 else e.entry(block, place, other)
        start += count
    raise ShapeError(f"block {index[2]} is not in {lang.text(expr)}")


@matrix_rule(lang.HeadConcat, lang.HeadStack)
def _concat(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    along = 1 if isinstance(expr, lang.HeadConcat) else 0
    index = (i, j)[along]

    def at(pair: Any) -> Term:
        a, b = (i, pair[2]) if along == 1 else (pair[2], j)
        return e.bind_head(expr.head, pair[1], lambda: e.entry(expr.expr, a, b))

    if isinstance(index, tuple) and index[0] == "pair" and size_of(index[1]) == e.size(expr.head.size):
        return at(index)
    axis = axis_of(expr, along)
    if not isinstance(axis, Heads):
        raise LanguageError(f"{lang.text(expr)} has no heads")
    return e.sum_over(size_of(index), axis, lambda place: terms.multiply(terms.delta(index, place), at(place)))


def over_heads(e: Elaborator, expr: Any, body: Callable[[], Term]) -> Term:
    around = e.depth
    head = e.bound(e.size(expr.head.size))
    summed = terms.summation([head], e.bind_head(expr.head, head, body))
    e.depth = around
    return summed


@matrix_rule(lang.HeadSum)
def _head_sum(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    return over_heads(e, expr, lambda: e.entry(expr.expr, i, j))
