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

MANY = 4096
_KNOWN: list[dict[tuple[Any, int], Axis]] = [{}]
"""What was found; when there is much of it, it is forgotten."""

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
    """The structure of the rows (0) or columns (1) of an expression, however deep it is."""
    if len(_KNOWN[0]) > MANY:
        _KNOWN[0] = {}
    known, waiting = _KNOWN[0], [(expr, side)]
    while waiting:
        here = waiting[-1]
        if here not in known:
            below = _parts(*here)
            if missing := [part for part in below if part not in known]:
                waiting += missing
                continue
            known[here] = _together(*here, [known[part] for part in below])
        waiting.pop()
    return known[expr, side]


def _parts(expr: Any, side: int) -> list[tuple[Any, int]]:
    """Which sides of which parts say what the side of the expression is."""
    if isinstance(expr, lang.HStack | lang.VStack):
        return [(part, side) for part in expr.args]
    if isinstance(expr, lang.HeadConcat | lang.HeadStack):
        return [(expr.expr, side)]
    if isinstance(expr, sympy.Transpose | lang.T):
        return [(expr.args[0], 1 - side)]
    if isinstance(expr, sympy.MatMul):
        factors = [a for a in expr.args if a.is_Matrix]
        return [(factors[0 if side == 0 else -1], side)]
    if isinstance(expr, lang.RowSum):
        return [(expr.arg, 0)] if side == 0 else []
    if isinstance(expr, lang.Diag):
        return [(expr.arg, 1 if expr.arg.shape[0] == 1 else 0)]  # the axis along which the entries lie
    if isinstance(expr, lang.Jacobian):
        return [(expr.function, 1)] if side == 0 else []
    if isinstance(expr, _SAME):
        return [(part, side) for part in expr.args if getattr(part, "is_Matrix", False)]
    return []


def _together(expr: Any, side: int, below: list[Axis]) -> Axis:
    if isinstance(expr, lang.HStack | lang.VStack):
        return _stacked(expr, side, below)
    if isinstance(expr, lang.HeadConcat | lang.HeadStack):
        along = 1 if isinstance(expr, lang.HeadConcat) else 0
        return Heads(expr.head.size, expr.expr.shape[side], below[0]) if side == along else below[0]
    return meeting(*below)


def meeting(*axes: Axis) -> Axis:
    """The structure of an axis that several things share; none where they are cut in different places."""
    found = {axis for axis in axes if axis}
    return found.pop() if len(found) == 1 else None


def _stacked(expr: Any, side: int, below: list[Axis]) -> Axis:
    along = 1 if isinstance(expr, lang.HStack) else 0
    if side != along or len(expr.args) == 1:  # one block alone is that block
        return next((axis for axis in below if axis), None)
    parts: list[tuple[Any, Axis]] = []
    for block, axis in zip(expr.args, below, strict=True):
        parts += axis.parts if isinstance(axis, Blocks) else ((block.shape[side], axis),)
    return Blocks(tuple(parts))
