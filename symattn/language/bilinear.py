"""Bilinear maps.  A letter s with s(x, y) linear in each argument, before any matrix is chosen for it."""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic, Expr
from sympy.core.symbol import Str

from symattn.language.trees.base import MatrixNode, Printed, ScalarNode, as_matrix, as_sympy

__all__ = ["Bilinear", "BilinearMap", "MatrixOf", "bilinear", "matrix_of"]


class BilinearMap(Printed, Basic):
    """A real function of two rows, 1×d and 1×e, linear in each by declaration.

    name           what it is called
    left, right    d and e, the lengths of the two rows

    >>> bilinear("s", *sizes("d e")).shape
    (d, e)
    """

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
    """The value s(x, y), a scalar; of a map s, call it: s(x, y).

    form    the map s
    x, y    the two rows, 1×d and 1×e

    >>> d = sizes("d")
    >>> bilinear("s", d)(row("x", d), row("y", d)).form
    s
    """

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
    """The d×e matrix of a bilinear map: entry (a, b) is s(e_a, e_b).

    form    the map s

    >>> shape(matrix_of(bilinear("s", *sizes("d e"))))
    (d, e)
    """

    is_letter = True

    def __new__(cls, form: BilinearMap) -> MatrixOf:
        return super().__new__(cls, form)

    @property
    def form(self) -> BilinearMap:
        return self.args[0]

    def _sizes(self) -> tuple[Any, Any]:
        return self.form.shape


def bilinear(name: str, d: Expr | int, e: Expr | int | None = None) -> BilinearMap:
    """A letter for any bilinear map of rows 1×d and 1×e, such as a score before any W is chosen for it.

    name    what it is called
    d, e    the lengths of the two rows; e = d when absent

    >>> d = sizes("d")
    >>> s, x, y, z = bilinear("s", d), row("x", d), row("y", d), row("z", d)
    >>> prove(Equal(s(x, y + z), s(x, y) + s(x, z))).over
    'any commutative ring'
    """
    return BilinearMap(name, d, d if e is None else e)


def matrix_of(s: BilinearMap) -> MatrixOf:
    """The matrix W with W_ab = s(e_a, e_b), so that s(x, y) = x W yᵀ.

    s    a bilinear map

    Shapes    s of rows 1×d and 1×e gives d×e

    >>> d = sizes("d")
    >>> s, x, y = bilinear("s", d), row("x", d), row("y", d)
    >>> prove(Equal(s(x, y), total(x @ matrix_of(s) @ y.T))).over
    'any commutative ring'
    """
    return MatrixOf(s)
