"""What an axis of an expression is made of: blocks side by side, heads, or nothing that shows.

`elaborator` sums over an axis block by block when it knows the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from symattn import language as lang


@dataclass(frozen=True)
class Blocks:
    """Widths in order, each with what it is made of itself."""

    parts: tuple[tuple[Any, Axis], ...]


@dataclass(frozen=True)
class Heads:
    """`count` heads of one width each, head-major."""

    count: Any
    width: Any
    below: Axis


Axis = Blocks | Heads | None

_SAME = (
    sympy.MatAdd,
    sympy.HadamardProduct,
    lang.ElementwiseExp,
    lang.ElementwiseLog,
    lang.ElementwiseCos,
    lang.ElementwiseSin,
    lang.Reciprocal,
    lang.Softmax,
    lang.HeadSum,
)


def axis_of(expr: Any, side: int) -> Axis:
    """The structure of the rows (0) or columns (1) of an expression."""
    if isinstance(expr, sympy.MatrixSymbol):
        return None
    if isinstance(expr, lang.HStack | lang.VStack):
        return _stacked(expr, side)
    if isinstance(expr, lang.HeadConcat | lang.HeadStack):
        along = 1 if isinstance(expr, lang.HeadConcat) else 0
        below = axis_of(expr.expr, side)
        return Heads(expr.head.size, expr.expr.shape[side], below) if side == along else below
    if isinstance(expr, sympy.Transpose | lang.T):
        return axis_of(expr.args[0], 1 - side)
    if isinstance(expr, sympy.MatMul):
        factors = [a for a in expr.args if a.is_Matrix]
        return axis_of(factors[0 if side == 0 else -1], side)
    if isinstance(expr, lang.RowSum):
        return axis_of(expr.arg, 0) if side == 0 else None
    if isinstance(expr, lang.Diag):
        return axis_of(expr.arg, 1 if expr.arg.shape[0] == 1 else 0)  # the axis along which the entries lie
    if isinstance(expr, lang.Jacobian):
        return axis_of(expr.function, 1) if side == 0 else None
    if isinstance(expr, _SAME):
        return next((a for part in expr.args if getattr(part, "is_Matrix", False) if (a := axis_of(part, side))), None)
    return None


def _stacked(expr: Any, side: int) -> Axis:
    along = 1 if isinstance(expr, lang.HStack) else 0
    if side != along or len(expr.args) == 1:  # one block alone is that block
        return next((a for part in expr.args if (a := axis_of(part, side))), None)
    parts: list[tuple[Any, Axis]] = []
    for block in expr.args:
        below = axis_of(block, side)
        parts += below.parts if isinstance(below, Blocks) else ((block.shape[side], below),)
    return Blocks(tuple(parts))
