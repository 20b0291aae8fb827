"""Derivatives, as nodes.  The matrix formula of a gradient is the business of a proof."""

from __future__ import annotations

from typing import Any

from sympy import Symbol, diff
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixSymbol

from symattn.errors import LanguageError
from symattn.language.printing.text import text
from symattn.language.trees.base import MatrixNode, ScalarNode, as_matrix, as_scalar, as_sympy, explicit

__all__ = ["Gradient", "Jacobian", "Partial"]


class Gradient(MatrixNode):
    """dL/dA, entry by entry: (i, j) is dL/dA_ij.

    loss        L, a scalar or a 1×1 matrix
    variable    A, a matrix letter

    Shapes    L a scalar or 1×1, A m×n gives m×n

    >>> n, m = sizes("n m")
    >>> A, B = matrix("A", n, m), matrix("B", n, m)
    >>> prove(Equal(Gradient(inner(A, B), A), B)).over
    'any commutative ring'

    Raises    LanguageError when the variable is no letter
    """

    def __new__(cls, loss: Any, variable: Any) -> Gradient:
        return super().__new__(cls, loss, _letter(variable, "Gradient"))

    @property
    def loss(self) -> Any:
        return self.args[0]

    @property
    def variable(self) -> Any:
        return self.args[1]

    def _sizes(self) -> tuple[Any, Any]:
        return self.variable.shape

    def _at(self, i: int, j: int) -> Any:
        return diff(explicit(self.loss), MatrixElement(self.variable, i, j))


class Partial(ScalarNode):
    """dL/dt, for a scalar letter t.

    loss        L, a scalar
    variable    t, a scalar letter

    >>> t, a = scalar("t"), scalar("a")
    >>> prove(Equal(Partial(exp(a * t), t), a * exp(a * t))).over
    'the real numbers'

    Raises    LanguageError when the variable is no scalar letter, or the loss no scalar
    """

    def __new__(cls, loss: Any, variable: Any) -> Partial:
        variable = as_sympy(variable)
        if not isinstance(variable, Symbol):
            raise LanguageError(f"Partial is taken in a scalar letter, not in {text(variable)}; Gradient in a matrix")
        return super().__new__(cls, as_scalar(loss, "Partial"), variable)

    @property
    def loss(self) -> Any:
        return self.args[0]

    @property
    def variable(self) -> Any:
        return self.args[1]

    def as_explicit(self) -> Any:
        return diff(explicit(self.loss), self.variable)


class Jacobian(MatrixNode):
    """df/dx of a row in a row: (i, j) is df_i/dx_j.

    function    f, a row
    variable    x, a letter for a row

    Shapes    f 1×m, x 1×n gives m×n

    >>> x = row("x", sizes("n"))
    >>> p = softmax(x)
    >>> prove(Equal(Jacobian(p, x), diag(p) - p.T @ p)).over
    'the real numbers'

    Raises    LanguageError when the variable is no letter
    """

    def __new__(cls, function: Any, variable: Any) -> Jacobian:
        return super().__new__(cls, as_matrix(function, "Jacobian"), _letter(variable, "Jacobian"))

    @property
    def function(self) -> Any:
        return self.args[0]

    @property
    def variable(self) -> Any:
        return self.args[1]

    def _sizes(self) -> tuple[Any, Any]:
        return self.function.shape[1], self.variable.shape[1]

    def _at(self, i: int, j: int) -> Any:
        return diff(explicit(self.function[0, i]), MatrixElement(self.variable, 0, j))


def _letter(variable: Any, what: str) -> Any:
    variable = as_sympy(variable)
    if not isinstance(variable, MatrixSymbol):
        raise LanguageError(f"{what} is taken in a letter, but {text(variable)} is an expression")
    return variable
