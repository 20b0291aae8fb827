"""Brackets: entries `A[0, 1]`, slices `A[:, :k]` and `A[m:]`, members `X[l + 1]` of families, and matrices that are
written out, `[[a, b], [c, d]]`.

A slice is a product with blocks of the identity, so it is there for sizes whose difference is a size.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from sympy import Add, S, expand

from symattn import language
from symattn.errors import StatementError
from symattn.language.trees.unevaluated import filled
from symattn.proof.text.scope import Scope, size_value
from symattn.proof.text.signatures import is_matrix
from symattn.proof.text.source import SUMS, Source, spine

_LITERAL = "A row is [[a, b]], a column [[a], [b]], a matrix [[a, b], [c, d]]."


def part_of(scope: Scope, piece: Source, base: Any, node: ast.Subscript) -> Any:
    """What stands in brackets after a matrix: two places, or slices of its rows and columns."""
    at = node.slice
    places = at.elts if isinstance(at, ast.Tuple) else [at]
    if len(places) == 2 and all(isinstance(place, ast.Constant) for place in places):
        return language.entry(base, *(_whole(piece, place) for place in places))
    if len(places) > 2 or not all(isinstance(place, ast.Slice) for place in places):
        raise _no_part(piece, base, node)
    for side, place in enumerate(places):
        base = _sliced(scope, piece, base, side, place)
    return base


def member_in(scope: Scope, piece: Source, node: ast.expr, index: Callable[[ast.expr], Any]) -> Any:
    """What stands in brackets after a family: a head, a number or a size, sums of these, or -1 for the last."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_whole(piece, node.operand)
    parts = spine(node, SUMS)
    if any(isinstance(sign, ast.Sub) for sign, _ in parts):
        hint = "Count from the first one: X[l + 1] == … X[l] for what comes after X[l].  The last is X[-1]."
        raise piece.refuse(f"{piece.quote(node)!r} may come before the first", node, accepted=hint)
    return Add(*(size_value(scope, piece, part) if _is_size(scope, part) else index(part) for _, part in parts))


def _is_size(scope: Scope, node: ast.expr) -> bool:
    name = isinstance(node, ast.Name) and node.id in scope.sizes
    return name or isinstance(node, ast.Constant) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult))


def _whole(piece: Source, node: ast.expr) -> int:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    raise piece.refuse(f"{piece.quote(node)!r} is not a whole number", node, accepted="Write 0, 1, 2, …")


def _no_part(piece: Source, base: Any, node: ast.Subscript) -> StatementError:
    name = piece.quote(node.value)
    hint = f"Write {name}[0, 1] for an entry, {name}[0:1, :] for a row, {name}[:, 0:1] for a column, {name}[:, :k]."
    if S.One in base.shape:
        entry = "[0, 1]" if base.shape[0] == 1 else "[1, 0]"
        hint = f"Entries have two places: {name}{entry}."
    hint += f"  Over all places: sum({name}[i, j] for i in n for j in m)."
    return piece.refuse(f"{piece.quote(node)!r} is no part of a matrix here", node, accepted=hint)


def _sliced(scope: Scope, piece: Source, base: Any, side: int, place: Any) -> Any:
    """The rows (side 0) or columns (side 1) from the first up to the last, which is not among them."""
    if place.lower is None and place.upper is None and place.step is None:
        return base
    if place.step is not None:
        raise piece.refuse("a slice takes every place", place.step, accepted="Write A[m:n].")
    whole = base.shape[side]
    first = S.Zero if place.lower is None else size_value(scope, piece, place.lower)
    last = whole if place.upper is None else size_value(scope, piece, place.upper)
    before, inside, after = first, expand(last - first), expand(whole - last)
    for width in (inside, after):
        if any(coefficient < 0 for coefficient in width.as_coefficients_dict().values()):
            size, fits = language.text(whole), language.text(expand(last + language.sizes("r")))
            hint = f"Declare {size} as a sum, {fits} for {size}: then {language.text(last)} of them are a block."
            raise piece.refuse("the slice may not fit into the matrix", place.lower or place.upper, accepted=hint)
    # hidden places term by term, so that all slices of a + b + c cut it alike
    hidden = [[language.zeros(part, inside) for part in Add.make_args(width) if part != 0] for width in (before, after)]
    blocks = [*hidden[0], *([language.identity(inside)] if inside != 0 else []), *hidden[1]]
    chosen = language.vstack(*blocks) if blocks else language.zeros(whole, inside)
    return base @ chosen if side == 1 else language.T(chosen) @ base


def literal(piece: Source, node: ast.List, value: Callable[[ast.expr], Any]) -> Any:
    """A matrix that is written out row by row, of numbers or of blocks."""
    rows = [row.elts for row in node.elts if isinstance(row, ast.List)]
    if not rows or len(rows) < len(node.elts) or not all(rows):
        raise piece.refuse(f"{piece.quote(node)!r} is no matrix", node, accepted=_LITERAL)
    if len({len(row) for row in rows}) > 1:
        raise piece.refuse(f"the rows of {piece.quote(node)!r} differ in length", node, accepted=_LITERAL)
    values = [[value(part) for part in row] for row in rows]
    heights = [_common([part.shape[0] for part in row if is_matrix(part)]) for row in values]
    widths = [_common([row[j].shape[1] for row in values if is_matrix(row[j])]) for j in range(len(rows[0]))]
    blocks = []
    for row, height, parts in zip(values, heights, rows, strict=True):
        blocks.append([_block(piece, *each, height) for each in zip(row, parts, widths, strict=True)])
    joined = [language.hstack(*row) if len(row) > 1 else row[0] for row in blocks]
    return language.vstack(*joined) if len(joined) > 1 else joined[0]


def _common(sides: list[Any]) -> Any:
    """The height of a row of blocks or the width of a column of them; None where only numbers stand."""
    return sides[0] if sides else None


def _block(piece: Source, value: Any, node: ast.expr, width: Any, height: Any) -> Any:
    """A block as it is; a number in a place for one entry, and 0 in a place for more."""
    if is_matrix(value):
        return value
    if {height, width} <= {None, S.One}:
        return filled(value, (1, 1))
    if value != 0 or height is None or width is None:
        hint = "Write t*ones(n, m), t*identity(n) or zeros(n, m); 0 is a block where others say its height and width."
        raise piece.refuse("a number stands where a block should", node, accepted=hint)
    return filled(value, (height, width))
