"""Sizes and shapes as Rocq writes them.

MathComp takes `(a + b)%N` and `(b + a)%N` for two different types, so a place that has a shape of its own (a letter,
blocks side by side) decides how a size is written, and ones, zeros and the identity follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Add, Integer, Mul, Pow

from symattn.errors import ExportError
from symattn.language import Size, text

__all__ = ["Shape", "ranked", "rigid", "size"]

Shape = tuple[str | None, str | None]
"""How the rows and the columns are written, None where any way will do."""

FREE: Shape = (None, None)


def size(expr: Any) -> str:
    """A whole number built of sizes: n, 3, (2 * k + r).

    Raises    ExportError for anything else
    """
    match expr:
        case Size():
            return str(expr.name)
        case Integer() if expr >= 0:
            return str(expr)
        case Add():
            return f"({' + '.join(map(size, expr.as_ordered_terms()))})"
        case Mul():
            return f"({' * '.join(map(size, expr.as_ordered_factors()))})"
        case Pow() if isinstance(expr.exp, Integer) and expr.exp > 0:
            return f"({' * '.join([size(expr.base)] * int(expr.exp))})"
    raise ExportError(f"Rocq cannot be told the size {text(expr)}: sizes are sums and products of letters and numbers")


def ranked(sizes: Iterable[str]) -> str:
    """The size of blocks in a row: (a + (b + c))."""
    *front, last = sizes
    for each in reversed(front):
        last = f"({each} + {last})"
    return last


def rigid(expr: Any) -> Shape:
    """How the expression itself says its rows and columns."""
    match type(expr).__name__:
        case "OneMatrix" | "ZeroMatrix" | "Identity" | "Unit":
            return FREE
        case "MatAdd" | "Hadamard" | "HadamardProduct":
            return _first([rigid(arg) for arg in expr.args])
        case "MatMul":
            factors = [rigid(arg) for arg in expr.args if arg.is_Matrix]
            return factors[0][0], factors[-1][1]
        case "Transpose" | "T":
            return rigid(expr.args[0])[::-1]
        case "Softmax" | "Reciprocal" | "HeadSum" | "Inverse" | "MatPow":
            return rigid(expr.args[0])
        case "ElementwiseExp" | "ElementwiseLog" | "ElementwiseCos" | "ElementwiseSin":
            return rigid(expr.args[0])
        case "RowSum":
            return rigid(expr.arg)[0], "1"
        case "Diag":
            return _diagonal(expr)
        case "HStack" | "VStack" | "HeadConcat" | "HeadStack":
            return _stacked(expr)
    return size(expr.shape[0]), size(expr.shape[1])


def _first(shapes: list[Shape]) -> Shape:
    rows, cols = (next((shape[side] for shape in shapes if shape[side]), None) for side in (0, 1))
    return rows, cols


def _diagonal(expr: Any) -> Shape:
    rows, cols = rigid(expr.arg)
    written = cols if expr.arg.shape[0] == 1 else rows
    return written, written


def _stacked(expr: Any) -> Shape:
    match type(expr).__name__:
        case "HStack":
            widths = [rigid(block)[1] or size(block.shape[1]) for block in expr.args]
            return _first([rigid(block) for block in expr.args])[0], ranked(widths)
        case "VStack":
            heights = [rigid(block)[0] or size(block.shape[0]) for block in expr.args]
            return ranked(heights), _first([rigid(block) for block in expr.args])[1]
    rows, cols = rigid(expr.expr)
    heads = size(expr.head.size)
    if type(expr).__name__ == "HeadConcat":
        return rows, f"({heads} * {cols or size(expr.expr.shape[1])})"
    return f"({heads} * {rows or size(expr.expr.shape[0])})", cols
