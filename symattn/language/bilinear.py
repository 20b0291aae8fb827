"""Bilinear maps.  A letter s with s(x, y) linear in each argument, before any matrix is chosen for it."""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic
from sympy.core.symbol import Str

from symattn.language.trees.base import MatrixNode, Printed, ScalarNode, as_matrix, as_sympy

__all__ = ["Bilinear", "BilinearMap", "MatrixOf", "bilinear", "matrix_of"]


class BilinearMap(Printed, Basic):
    """A real function of two rows, 1×d and 1×e, linear in each by declaration."""

    def __new__(cls, name: Any, left: Any, right: Any) -> BilinearMap:
        return Basic.__new__(cls, Str(str(name)), as_sympy(left), as_sympy(right))

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[1], self.args[2]

    @property
    def free_symbols(self) -> set[Any]:
        return {self}

    def renamed(self, name: str) -> BilinearMap:
        return self.func(name, *self.args[1:])

    def __call__(self, x: Any, y: Any) -> Bilinear:
        return Bilinear(self, x, y)


class Bilinear(ScalarNode):
    """The value s(x, y)."""

    def __new__(cls, form: BilinearMap, x: Any, y: Any) -> Bilinear:
        return super().__new__(cls, form, as_matrix(x, f"{form.name}(x, y)"), as_matrix(y, f"{form.name}(x, y)"))

    @property
    def form(self) -> BilinearMap:
        return self.args[0]

    @property
    def x(self) -> Any:
        return self.args[1]

    @property
    def y(self) -> Any:
        return self.args[2]

    def as_explicit(self) -> Any:
        d, e = map(int, self.form.shape)
        entries = MatrixOf(self.form)
        return Add(*(self.x[0, a] * self.y[0, b] * entries[a, b] for a in range(d) for b in range(e)))


class MatrixOf(MatrixNode):
    """The d×e matrix of a bilinear map: entry (a, b) is s(e_a, e_b)."""

    is_letter = True

    @property
    def form(self) -> BilinearMap:
        return self.args[0]

    def _sizes(self) -> tuple[Any, Any]:
        return self.form.shape


def bilinear(name: str, d: Any, e: Any = None) -> BilinearMap:
    """A letter for any bilinear map of rows 1×d and 1×e; e = d when absent."""
    return BilinearMap(name, d, d if e is None else e)


def matrix_of(s: BilinearMap) -> MatrixOf:
    """The matrix W with W_ab = s(e_a, e_b)."""
    return MatrixOf(s)
