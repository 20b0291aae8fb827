"""What is done entry by entry: functions, one over, and the Hadamard product.  nodes.py adds what mixes entries."""

from __future__ import annotations

from typing import Any

from sympy import (
    Expr,
    HadamardProduct,
    MatrixExpr,
    S,
    cos as scalar_cos,
    exp as scalar_exp,
    log as scalar_log,
    sin as scalar_sin,
)

from symattn.errors import LanguageError
from symattn.language.trees import functions, unevaluated
from symattn.language.trees.base import Inert, MatrixNode, Unary, UndeclaredInverse, as_matrix, as_sympy, invert
from symattn.language.trees.sides import common_shape
from symattn.language.trees.unevaluated import MatrixOperators, raise_to

__all__ = [
    "ElementwiseCos", "ElementwiseExp", "ElementwiseLog", "ElementwiseSin", "Hadamard", "Reciprocal",
    "cos", "exp", "hadamard", "log", "reciprocal", "sin",
]  # fmt: skip


class _Elementwise(Unary):
    """A function applied to every entry."""

    def _sizes(self) -> tuple[Any, Any]:
        return self.arg.shape

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        return self._apply(self.arg._entry(i, j, **hints))

    def _apply(self, value: Any) -> Any:
        raise NotImplementedError


class ElementwiseExp(_Elementwise):
    """The exponential of every entry.

    arg    the matrix

    >>> exp(matrix("A", *sizes("n m"))).arg
    A
    """

    def _apply(self, value: Any) -> Any:
        return scalar_exp(value)


class ElementwiseLog(_Elementwise):
    """The logarithm of every entry.

    arg    the matrix

    >>> log(matrix("A", *sizes("n m"))).arg
    A
    """

    def _apply(self, value: Any) -> Any:
        return scalar_log(value)


class ElementwiseCos(_Elementwise):
    """The cosine of every entry.

    arg    the matrix of angles

    >>> cos(matrix("A", *sizes("n m"))).arg
    A
    """

    def _apply(self, value: Any) -> Any:
        return scalar_cos(value)


class ElementwiseSin(_Elementwise):
    """The sine of every entry.

    arg    the matrix of angles

    >>> sin(matrix("A", *sizes("n m"))).arg
    A
    """

    def _apply(self, value: Any) -> Any:
        return scalar_sin(value)


class Reciprocal(_Elementwise):
    """One over every entry, with 1/0 = 0.

    arg    the matrix

    >>> reciprocal(matrix("A", *sizes("n m"))).arg
    A
    """

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        # at a symbolic index nothing can be said about zero yet
        return MatrixNode._entry(self, i, j)

    def _at(self, i: int, j: int) -> Any:
        return invert(self.arg[i, j])


class Hadamard(Inert, MatrixOperators, HadamardProduct):
    """The product entry by entry.  SymPy's own node is rewritten whenever it is multiplied; this one is not.

    >>> n, m = sizes("n m")
    >>> hadamard(matrix("A", n, m), matrix("B", n, m)).args
    (A, B)
    """

    def _eval_transpose(self) -> Any:
        return self.func(*(factor.T for factor in self.args))

    def inverse(self) -> Any:
        raise UndeclaredInverse(self)


def exp(A: Expr | int) -> Expr:
    """exp of every entry of a matrix, or of a scalar.

    A    a matrix or a scalar; the result has its shape

    >>> n, m = sizes("n m")
    >>> A, B = matrix("A", n, m), matrix("B", n, m)
    >>> prove(Equal(exp(A + B), hadamard(exp(A), exp(B)))).over
    'the real numbers'
    """
    A = as_sympy(A)
    return ElementwiseExp(A) if A.is_Matrix else functions.exp(A)


def log(A: Expr | int) -> Expr:
    """log of every entry of a matrix, or of a scalar; nothing is known of it where they are not positive.

    A    a matrix or a scalar; the result has its shape

    >>> n, m = sizes("n m")
    >>> S, A = matrix("S", n, m), matrix("A", n, m, positive=True)
    >>> prove(Equal(log(exp(S)), S)).over
    'the real numbers'
    >>> prove(Equal(exp(log(A)), A)).claim
    exp(log(A)) = A
    """
    A = as_sympy(A)
    return ElementwiseLog(A) if A.is_Matrix else functions.log(A)


def cos(A: Expr | int) -> Expr:
    """cos of every entry of a matrix of angles in radians, or of a scalar.

    A    a matrix or a scalar; the result has its shape

    >>> x, y = scalar("x"), scalar("y")
    >>> prove(Equal(cos(x + y), cos(x) * cos(y) - sin(x) * sin(y))).over
    'the real numbers'
    """
    A = as_sympy(A)
    return ElementwiseCos(A) if A.is_Matrix else functions.cos(A)


def sin(A: Expr | int) -> Expr:
    """sin of every entry of a matrix of angles in radians, or of a scalar.

    A    a matrix or a scalar; the result has its shape

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> prove(Equal(hadamard(sin(A), sin(A)) + hadamard(cos(A), cos(A)), ones(n, m))).over
    'the real numbers'
    """
    A = as_sympy(A)
    return ElementwiseSin(A) if A.is_Matrix else functions.sin(A)


def reciprocal(A: Expr | int) -> Expr:
    """One over every entry of a matrix, or over a scalar; 1/0 = 0.

    A    a matrix or a scalar; the result has its shape

    >>> n, m = sizes("n m")
    >>> S = matrix("S", n, m)
    >>> prove(Equal(reciprocal(exp(S)), exp(-S))).over
    'the real numbers'
    >>> evaluate(reciprocal(zeros(1, 2)), sample(zeros(1, 2)), sa.numeric.EXACT).tolist()
    [[0, 0]]
    """
    A = as_sympy(A)
    if A.is_Matrix:
        return Reciprocal(A)
    return S.Zero if A == 0 else raise_to(A, S.NegativeOne)


def hadamard(*factors: MatrixExpr) -> MatrixExpr:
    """The product entry by entry: (A∘B)_ij = A_ij B_ij.

    factors    one matrix or more, of one shape; rows and columns are repeated until they have it

    Shapes    all n×m, as the product is, or 1×m, or n×1

    >>> n, k = sizes("n k")
    >>> Q, K = matrix("Q", n, k), matrix("K", n, k)
    >>> prove(Equal(total(hadamard(Q, K)), trace(Q @ K.T))).over
    'any commutative ring'

    Raises    LanguageError without factors, or for a scalar; ShapeError, when it is judged, for several shapes
    """
    if not factors:
        raise LanguageError("hadamard needs at least one matrix")
    parts = [as_matrix(factor, "hadamard") for factor in factors]
    shape = common_shape(list(dict.fromkeys(tuple(part.shape) for part in parts)))
    if shape is not None:  # otherwise whoever judges the shapes says which of them do not fit
        parts = [unevaluated.repeated(part, shape) for part in parts]
    return parts[0] if len(parts) == 1 else Hadamard(*parts)
