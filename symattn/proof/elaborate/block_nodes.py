"""How blocks and heads are elaborated: an index that lies in one of them, and sums over all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symattn import language as lang
from symattn.errors import LanguageError
from symattn.kernel.plain.places import FIRST, span
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import ZERO_SIZE, Index, Size, constant_index, place, size_of, surplus
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.axes import Heads, axis_of
from symattn.proof.elaborate.elaborator import Elaborator, matrix_rule


@matrix_rule(lang.HStack, lang.VStack)
def _stack(e: Elaborator, expr: Any, i: Index, j: Index) -> Term:
    """The block that the index lies in; for an index that does not say, a sum of deltas over the blocks."""
    if len(expr.args) == 1:
        return e.entry(expr.args[0], i, j)
    along = 1 if isinstance(expr, lang.HStack) else 0
    index, other = (i, j)[along], (j, i)[along]
    sizes = [e.shape(block)[along] for block in expr.args]

    def found(there: Index) -> Term | None:
        lies = _block(there, sizes)
        if lies is None:
            return None
        block, inside = expr.args[lies[0]], lies[1]
        return e.entry(block, other, inside) if along == 1 else e.entry(block, inside, other)

    def in_block(there: Index) -> Term:
        entry = found(there)
        if entry is None:
            raise LanguageError(f"{lang.text(expr)} has no blocks")
        return terms.multiply(terms.delta(index, there), entry)

    return found(index) or e.sum_over(size_of(index), axis_of(expr, along), in_block)


def _block(index: Index, sizes: list[Size]) -> tuple[int, Index] | None:
    """In which of blocks of these sizes the index lies, and where in it, when its form tells."""
    (before, inner, own), start = span(index), ZERO_SIZE
    for which, size in enumerate(sizes):
        sooner, later = surplus(before, start), surplus(start + size, before + own)
        if sooner is not None and later is not None:
            return which, place(sooner, inner, later)
        if inner == FIRST and sooner is not None and sooner.constant is not None and sooner.constant < size.minimum:
            return which, constant_index(sooner.constant, size)
        start += size
    return None


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
