"""From claims to the formulas of the kernel."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import product as combinations
from typing import Any

from symattn import language as lang
from symattn.errors import LanguageError, ShapeError
from symattn.kernel.syntax import formulas, terms
from symattn.kernel.syntax.formulas import Array, Equation, Formula, NonNegative
from symattn.kernel.syntax.sizes import Index, variable
from symattn.language.claims.ranks import block_diagonal, counts_ranks, summands
from symattn.proof.elaborate import block_nodes, matrix_nodes, scalar_nodes
from symattn.proof.elaborate.axes import Axis, axis_of
from symattn.proof.elaborate.elaborator import Elaborator

# whoever imports these has the rules of every node
__all__ = ["array", "block_nodes", "formula", "formula_of", "matrix_nodes", "scalar_nodes", "statement", "value"]


def formula(e: Elaborator, claim: Any) -> Formula:
    """The formula that a claim says; refuses what is outside the language, naming it."""
    rule = CLAIMS.get(type(claim))
    if rule is None:
        raise LanguageError(f"{type(claim).__name__} is not a claim of the language: {claim}")
    return rule(e, claim)


def statement(names: dict[str, Any], claim: Any, *, written_out: bool = False) -> Formula:
    """The formula of a claim by itself: the same claim gives the same formula, whatever was elaborated before."""
    said, own = _stated(claim, written_out)
    around = Elaborator(names)
    for name, meaning in own.items():
        around.claim_name(name, meaning)
    return said


def formula_of(claim: Any, *, written_out: bool = False) -> Formula:
    """The formula of a claim, with names of its own."""
    return _stated(claim, written_out)[0]


@lru_cache(maxsize=4096)
def _stated(claim: Any, written_out: bool) -> tuple[Formula, dict[str, Any]]:
    """The formula of a claim and the names in it: a proof speaks of the same claims again and again."""
    e = Elaborator(written_out=written_out)
    return formula(e, claim), e.names


def array(e: Elaborator, expr: Any) -> Array:
    """A matrix by its entries, for any of its indices."""
    rows, cols = e.shape(expr)
    i, j = variable("i", rows), variable("j", cols)
    return Array((i, j), e.entry(expr, i, j))


def of_members(e: Elaborator, stack: Any) -> Array:
    """The members of a family, given as stack_heads(A, h), by their entries."""
    sizes = stack.head.size, *stack.expr.shape
    h, i, j = (variable(name, e.size(size)) for name, size in zip("hij", sizes, strict=True))
    return Array((h, i, j), e.bind_head(stack.head, h, lambda: e.entry(stack.expr, i, j)))


def value(e: Elaborator, symbol: Any, expr: Any) -> Array:
    """What replaces a letter or a scalar."""
    meant = e.symbol(symbol)
    if isinstance(meant, terms.Parameter):
        return Array((), e.scalar(expr))
    if len(meant.sizes) != 2:
        raise LanguageError(f"{meant.name} is a family of heads: only matrices and scalars can be replaced")
    if e.shape(expr) != meant.sizes:
        raise ShapeError(f"{meant.name} is {meant.sizes[0]}×{meant.sizes[1]}, but {lang.text(expr)} is not")
    i, j = (variable(name, size) for name, size in zip("ij", meant.sizes, strict=True))
    return Array((i, j), e.entry(expr, i, j))


def _by_entries(
    e: Elaborator, left: Any, right: Any, make: Callable[[tuple[int, ...], Index, Index], Formula]
) -> Formula:
    """One formula for each pair of blocks of the rows and the columns; one in all where nothing is in blocks."""
    shapes = [e.shape(x) for x in (left, right)]
    if shapes[0] != shapes[1]:
        said = [f"{lang.text(x)} : {lang.text(x.shape[0])}×{lang.text(x.shape[1])}" for x in (left, right)]
        raise ShapeError("cannot compare\n    " + "\n    ".join(said) + "\n  only matrices of one shape can be equal")
    rows, cols = shapes[0]
    if all(_plain(left, right, side) and not e.is_written_out(size) for side, size in enumerate(shapes[0])):
        i, j = variable("i", rows), variable("j", cols)
        return make((i, j), i, j)
    axes = [axis_of(left, side) or axis_of(right, side) for side in (0, 1)]
    places = [e.places(size, axis) for size, axis in zip((rows, cols), axes, strict=True)]
    parts = tuple(make((*p[0], *q[0]), p[1], q[1]) for p, q in combinations(*places))
    return parts[0] if len(parts) == 1 else formulas.And(parts)


def _plain(left: Any, right: Any, side: int) -> bool:
    axes: list[Axis] = [axis_of(left, side), axis_of(right, side)]
    return axes == [None, None]


def _equal(e: Elaborator, claim: Any) -> Formula:
    left, right = claim.args
    if counts_ranks(left) or counts_ranks(right):
        rank, other = (left, right) if counts_ranks(left) else (right, left)
        matrix = block_diagonal(summands(rank))
        return formulas.And((_rank(e, matrix, other, True), _rank(e, matrix, other, False)))
    if left.is_Matrix:
        return _by_entries(
            e, left, right, lambda bound, i, j: Equation(bound, e.entry(left, i, j), e.entry(right, i, j))
        )
    return Equation((), e.scalar(left), e.scalar(right))


def _at_most(e: Elaborator, claim: Any) -> Formula:
    left, right = claim.args
    if left.is_Matrix:
        return _by_entries(
            e, left, right, lambda bound, i, j: NonNegative(bound, _beyond(e.entry(right, i, j), e.entry(left, i, j)))
        )
    return NonNegative((), _beyond(e.scalar(right), e.scalar(left)))


def _beyond(right: terms.Term, left: terms.Term) -> terms.Term:
    """By how much the right side is more: a bound by 0 is of the right side as it stands, so that squares are seen."""
    return right if left == terms.number(0) else terms.subtract(right, left)


def _positive(e: Elaborator, claim: Any) -> Formula:
    arg = claim.arg
    if arg.is_Matrix:
        return _by_entries(e, arg, arg, lambda bound, i, j: NonNegative(bound, e.entry(arg, i, j), True))
    return NonNegative((), e.scalar(arg), True)


def _rank(e: Elaborator, matrix: Any, bound: Any, at_most: bool) -> Formula:
    mine = array(e, matrix)
    blocks = block_diagonal(summands(bound)) if counts_ranks(bound) else None
    other = formulas.identity_array(e.size(bound)) if blocks is None else array(e, blocks)
    return formulas.RankAtMost(mine, other) if at_most else formulas.RankAtMost(other, mine)


def _alone(e: Elaborator, claim: Any) -> Formula:
    """A part of a claim, in the very terms that it has when it stands by itself, so that a theorem about it is one."""
    return statement(e.names, claim, written_out=e.written_out)


def _bound(e: Elaborator, claim: Any) -> tuple[tuple[Any, ...], Formula]:
    symbols = tuple(e.symbol(v) for v in claim.variables)
    return symbols, formula(e, claim.claim)


CLAIMS: dict[type, Callable[[Elaborator, Any], Formula]] = {
    lang.Equal: _equal,
    lang.AtMost: _at_most,
    lang.Positive: _positive,
    lang.RankAtMost: lambda e, c: _rank(e, c.arg, c.bound, True),
    lang.RankAtLeast: lambda e, c: _rank(e, c.arg, c.bound, False),
    lang.PSD: lambda e, c: formulas.Semidefinite(array(e, c.arg)),
    lang.And: lambda e, c: formulas.And(tuple(_alone(e, p) for p in c.args)),
    lang.Implies: lambda e, c: formulas.Implies(_alone(e, c.hypothesis), _alone(e, c.conclusion)),
    lang.Iff: lambda e, c: formulas.Iff(_alone(e, c.left), _alone(e, c.right)),
    lang.Not: lambda e, c: formulas.Not(formula(e, c.claim)),
    lang.ForAll: lambda e, c: formulas.ForAll(*_bound(e, c)),
    lang.Exists: lambda e, c: formulas.Exists(*_bound(e, c)),
}
