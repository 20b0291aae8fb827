"""Norms beside each other, compared by their squares: a norm may be 0, where a root is not seen to exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sympy import Mul, Pow, S

from symattn.language.shapes.signs import sign
from symattn.language.trees.unevaluated import multiply, raise_to

__all__ = ["by_squares"]


def by_squares(left: Any, right: Any, sure: Collection[Any] = ()) -> tuple[Any, Any]:
    """The squares of the two sides, where both are seen to be at least 0 and one is a norm; else the sides themselves.

    left, right    what is compared
    sure           what is known to be at least 0, though it is not seen

    For numbers that are not negative, l ≤ r says the same as l² ≤ r², and l = r the same as l² = r².
    """
    sides = [side for side in (left, right) if not side.is_Matrix]
    if len(sides) < 2 or not any(map(_is_norm, _factors(sides))) or any(sign(s) < 0 and s not in sure for s in sides):
        return left, right
    squares = _square(left), _square(right)
    return (left, right) if any(_is_norm(power) for square in squares for power in square.atoms(Pow)) else squares


def _factors(sides: Iterable[Any]) -> list[Any]:
    return [factor for side in sides for factor in (side.args if isinstance(side, Mul) else (side,))]


def _is_norm(expr: Any) -> bool:
    return isinstance(expr, Pow) and expr.exp == S.Half and sign(expr.base) == 0


def _square(side: Any) -> Any:
    return multiply(*(f.base if _is_norm(f) else raise_to(f, 2) for f in _factors([side])))
