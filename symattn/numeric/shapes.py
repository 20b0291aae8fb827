"""Sizes as numbers."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, Rational, sympify

from symattn.errors import LanguageError
from symattn.language import Size, text


def whole_size(expr: Any, sizes: Mapping[Size, int]) -> int:
    """A size such as G*R or k + r at a sample."""
    plain = sizes.get(expr, -1) if isinstance(expr, Size) else expr if type(expr) is int else -1
    if plain >= 0:
        return int(plain)
    number = _number(expr if isinstance(expr, Expr) else sympify(expr), sizes)
    if number.denominator != 1 or number < 0:
        raise LanguageError(f"the size {text(expr)} is {number} at {describe(sizes)}, not a whole number")
    return number.numerator


def _number(expr: Any, sizes: Mapping[Size, int]) -> int | Fraction:
    if isinstance(expr, Size):
        if expr not in sizes:
            raise LanguageError(f"the sample gives no number to the size {text(expr)}")
        return int(sizes[expr])
    if isinstance(expr, Rational):
        return int(expr.p) if expr.q == 1 else Fraction(int(expr.p), int(expr.q))
    parts = [_number(part, sizes) for part in expr.args] if isinstance(expr, Add | Mul) else []
    if isinstance(expr, Add):
        return sum(parts)
    if isinstance(expr, Mul):
        return prod(parts)
    if isinstance(expr, Pow) and isinstance(expr.exp, Integer) and expr.exp >= 0:
        return _number(expr.base, sizes) ** int(expr.exp)
    raise LanguageError(f"{text(expr)} is not a size: sizes are polynomials in the letters from sizes(...)")


def describe(sizes: Mapping[Size, int]) -> str:
    """n=3, d=4, k=2."""
    return ", ".join(f"{_shown(size)}={number}" for size, number in sizes.items()) or "no sizes"


_shown = lru_cache(maxsize=256)(text)  # every sample is described
