"""How many rows and columns: whether two sizes are the same, and what a shape fits by being repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Integer, Rational, S, expand

from symattn.errors import LanguageError, layout
from symattn.language.printing.code import code
from symattn.language.printing.text import text
from symattn.language.trees.inert import as_sympy

__all__ = ["common_shape", "is_one_entry", "same_shape", "same_size", "two_meanings"]


def same_size(left: Any, right: Any) -> bool:
    """Whether two sizes are the same polynomial."""
    if left is right:
        return True
    left, right = as_sympy(left), as_sympy(right)
    return bool(left == right or expand(left - right) == 0)


def same_shape(left: Sequence[Any], right: Sequence[Any]) -> bool:
    """Whether rows and columns are the same."""
    return len(left) == len(right) and all(map(same_size, left, right))


def is_one_entry(value: Any) -> bool:
    """Whether the value is a 1×1 matrix, which is as good as a number."""
    return bool(getattr(value, "is_Matrix", False)) and tuple(value.shape) == (1, 1)


def common_shape(shapes: Sequence[Sequence[Any]]) -> tuple[Any, Any] | None:
    """The shape among these to which rows, columns and 1×1 can be repeated, or None.

    A row and a column have none: NumPy would make a matrix of all sums of them, where a person has lost a transpose.
    """
    for rows, cols in shapes:
        if all(_repeats(shape, (rows, cols)) for shape in shapes):
            return rows, cols
    return None


def _repeats(small: Sequence[Any], large: Sequence[Any]) -> bool:
    return all(side == S.One or same_size(side, other) for side, other in zip(small, large, strict=True))


def two_meanings(what: str, number: Any, shape: Sequence[Any]) -> LanguageError:
    """A number beside a square matrix is that number in every entry to some, and on the diagonal to others."""
    size, scale = text(shape[0]), _scale(number)
    pairs = [("in every entry", f"{scale}ones({size}, {size})"), ("on the diagonal", f"{scale}identity({size})")]
    return LanguageError(layout(f"{what} the number {text(number)}", pairs, "write the one that is meant"))


def _scale(number: Any) -> str:
    """What a number looks like in front of a matrix, in a statement given as text."""
    if number == 1:
        return ""
    said = str(number) if isinstance(number, Rational) else code(number)
    return f"{said}*" if number.is_Symbol or isinstance(number, Integer) else f"({said})*"
