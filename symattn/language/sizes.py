"""Sizes.  A size is a whole number that is not fixed yet; matrices.py builds letters on sizes."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Poly, Symbol

from symattn.errors import LanguageError
from symattn.language.trees.base import as_sympy
from symattn.language.trees.sides import same_size
from symattn.language.trees.unevaluated import own

__all__ = ["Size", "lower_bound", "same_size", "sizes"]


class Size(Symbol):
    """A whole number that is at least `minimum`, which is part of what the size is: n ≥ 0 and n ≥ 1 are different.

    name       what it is called
    minimum    the least value, a whole number ≥ 0

    >>> n = sizes("n", min=0)
    >>> n.minimum, n == sizes("n")
    (0, False)

    Raises    LanguageError for another minimum
    """

    __slots__ = ("minimum",)
    minimum: int

    def __new__(cls, name: str, minimum: Any = 1) -> Size:
        if not isinstance(minimum, int) or minimum < 0:
            raise LanguageError(f"the minimum of the size {name} is {minimum}, but must be a whole number ≥ 0")
        sign = "positive" if minimum else "nonnegative"
        size = Symbol.__xnew__(cls, name, integer=True, **{sign: True})
        size.minimum = minimum
        return size

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.minimum)

    def renamed(self, name: str) -> Size:
        return Size(name, self.minimum)

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.name, self.minimum), {}


def sizes(names: str, *, min: int = 1) -> Any:
    """The sizes with these names: one size, or a tuple of several.

    names    separated by blanks or commas
    min      the least value of each; 1 unless 0 tokens, or at least 2, are meant

    >>> n, d, k = sizes("n d k")
    >>> shape(matrix("X", n, d) @ matrix("Q", d, k))
    (n, k)

    Raises    LanguageError for a minimum that is not a whole number ≥ 0
    """
    made = tuple(Size(name, min) for name in names.replace(",", " ").split())
    return made[0] if len(made) == 1 else made


def lower_bound(size: Expr | int) -> int | None:
    """A number that the size never goes below, or None when its coefficients do not show one.

    The size is rewritten in the excess of each letter over its minimum; when no coefficient there is negative, the
    constant term is the least value.
    """
    if isinstance(size, Size):
        return size.minimum
    size = as_sympy(size)
    if isinstance(size, Integer):
        return int(size)
    letters = sorted(size.free_symbols, key=str)
    shifted = size.xreplace({s: s + s.minimum for s in letters if isinstance(s, Size)})
    if not all(isinstance(s, Size) for s in letters) or not shifted.is_polynomial(*letters):
        return None
    polynomial = Poly(_evaluated(shifted), *letters)
    if any(not c.is_Integer or c < 0 for m, c in polynomial.terms() if any(m)):
        return None
    constant = polynomial.nth(*[0] * len(letters))
    return int(constant) if constant.is_Integer else None


def _evaluated(size: Any) -> Any:
    """A polynomial of sizes that was kept as it was written, such as an exponent, as SymPy's own."""
    if not (size.is_Add or size.is_Mul or size.is_Pow):
        return size
    return own(type(size))(*map(_evaluated, size.args))


def is_size(expr: Expr) -> bool:
    """Whether it is made of size letters and never below 0."""
    least = lower_bound(expr) if expr.free_symbols else None
    return least is not None and least >= 0
