"""What is done entry by entry: exp, log, one over, and the Hadamard product.  nodes.py adds what mixes entries."""

from __future__ import annotations

from typing import Any

from sympy import HadamardProduct, S, exp as scalar_exp, log as scalar_log

from symattn.errors import LanguageError
from symattn.language.trees import unevaluated
from symattn.language.trees.base import Inert, MatrixNode, Unary, UndeclaredInverse, as_matrix, as_sympy, invert
from symattn.language.trees.unevaluated import MatrixOperators, raise_to

__all__ = ["ElementwiseExp", "ElementwiseLog", "Hadamard", "Reciprocal", "exp", "hadamard", "log", "reciprocal"]


class _Elementwise(Unary):
    """A function applied to every entry."""

    def _sizes(self) -> tuple[Any, Any]:
        return self.arg.shape

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        return self._apply(self.arg._entry(i, j, **hints))

    def _apply(self, value: Any) -> Any:
        raise NotImplementedError


class ElementwiseExp(_Elementwise):
    """The exponential of every entry."""

    def _apply(self, value: Any) -> Any:
        return scalar_exp(value)


class ElementwiseLog(_Elementwise):
    """The logarithm of every entry."""

    def _apply(self, value: Any) -> Any:
        return scalar_log(value)


class Reciprocal(_Elementwise):
    """One over every entry, with 1/0 = 0."""

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        # at a symbolic index nothing can be said about zero yet
        return MatrixNode._entry(self, i, j)

    def _at(self, i: int, j: int) -> Any:
        return invert(self.arg[i, j])


class Hadamard(Inert, MatrixOperators, HadamardProduct):
    """The product entry by entry.  SymPy's own node is rewritten whenever it is multiplied; this one is not."""

    def _eval_transpose(self) -> Any:
        return self.func(*(factor.T for factor in self.args))

    def inverse(self) -> Any:
        raise UndeclaredInverse(self)


def exp(A: Any) -> Any:
    """exp of every entry of a matrix, or of a scalar."""
    A = as_sympy(A)
    return ElementwiseExp(A) if A.is_Matrix else unevaluated.exp(A)


def log(A: Any) -> Any:
    """log of every entry of a matrix, or of a scalar."""
    A = as_sympy(A)
    return ElementwiseLog(A) if A.is_Matrix else unevaluated.log(A)


def reciprocal(A: Any) -> Any:
    """One over every entry of a matrix, or over a scalar; 1/0 = 0."""
    A = as_sympy(A)
    if A.is_Matrix:
        return Reciprocal(A)
    return S.Zero if A == 0 else raise_to(A, S.NegativeOne)


def hadamard(*factors: Any) -> Any:
    """The product entry by entry: (A∘B)_ij = A_ij B_ij."""
    if not factors:
        raise LanguageError("hadamard needs at least one matrix")
    parts = [as_matrix(factor, "hadamard") for factor in factors]
    return parts[0] if len(parts) == 1 else Hadamard(*parts)
