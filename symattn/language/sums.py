"""What adds entries up: the sums of rows, of all entries, of a diagonal, and determinants."""

from __future__ import annotations

from typing import Any

from sympy import Add, HadamardProduct, MatrixExpr, Trace

from symattn.language.entrywise import ElementwiseExp, ElementwiseLog, hadamard
from symattn.language.trees import unevaluated
from symattn.language.trees.base import ScalarNode, Unary, as_matrix, whole

__all__ = [
    "Determinant",
    "RowSum",
    "Total",
    "determinant",
    "inner",
    "logsumexp",
    "normsquared",
    "rowsum",
    "total",
    "trace",
]


class RowSum(Unary):
    """The column of the sums of each row.

    arg    the matrix, n×m

    >>> shape(rowsum(matrix("A", *sizes("n m"))))
    (n, 1)
    """

    def _sizes(self) -> tuple[Any, Any]:
        return self.arg.shape[0], 1

    def _at(self, i: int, j: int) -> Any:
        width = self.arg.shape[1]
        return Add(*(self.arg[i, l] for l in range(int(width)))) if whole(width) else None


class Total(ScalarNode):
    """The sum of all entries, a scalar.

    arg    the matrix, n×m

    >>> A = matrix("A", *sizes("n m"))
    >>> total(A).arg
    A
    >>> shape(total(A))
    ()
    """

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "total"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    @property
    def is_sum_of_squares(self) -> bool:
        """Whether it is written as normsquared(A) is."""
        return isinstance(self.arg, HadamardProduct) and len(self.arg.args) == 2 and len(set(self.arg.args)) == 1

    def as_explicit(self) -> Any:
        rows, cols = self.arg.shape
        return Add(*(self.arg[i, j] for i in range(int(rows)) for j in range(int(cols))))


class Determinant(ScalarNode):
    """The determinant of a square matrix, a scalar; that of a 0×0 matrix is 1.

    arg    the matrix, n×n

    >>> A = matrix("A", 2, 2)
    >>> determinant(A).as_explicit()
    A[0, 0]*A[1, 1] - A[0, 1]*A[1, 0]
    """

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "determinant"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def as_explicit(self) -> Any:
        return self.arg.as_explicit().det(method="berkowitz")


def trace(A: MatrixExpr) -> Trace:
    """The sum of the diagonal, tr A = Σ_i A_ii.

    A    a square matrix

    Shapes    A n×n gives a scalar

    >>> n, m = sizes("n m")
    >>> A, B = matrix("A", n, m), matrix("B", m, n)
    >>> prove(Equal(trace(A @ B), trace(B @ A))).over
    'any commutative ring'

    Raises    LanguageError when A is a scalar; ShapeError, when it is judged, when A is not square
    """
    return unevaluated.Trace(as_matrix(A, "trace"))


def determinant(A: MatrixExpr) -> Determinant:
    """The determinant, det A, of a square matrix; det(c 1) with the identity of size n is cⁿ.

    A    a square matrix

    Shapes    A n×n gives a scalar

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n), matrix("B", n, n)
    >>> prove(Equal(determinant(A @ B), determinant(A) * determinant(B))).over
    'any commutative ring'

    Raises    LanguageError when A is a scalar; ShapeError, when it is judged, when A is not square
    """
    return Determinant(A)


def rowsum(A: MatrixExpr) -> RowSum:
    """The column of the sums of each row, A 1.

    A    a matrix

    Shapes    A n×m gives n×1

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> prove(Equal(rowsum(A), A @ ones(m, 1))).over
    'any commutative ring'
    """
    return RowSum(A)


def total(A: MatrixExpr) -> Total:
    """The sum of all entries, a scalar, Σ_ij A_ij; of a 1×1 matrix, its entry.

    A    a matrix

    Shapes    A n×m gives a scalar

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> prove(Equal(total(softmax(A)), n)).claim
    total(softmax(A)) = n
    """
    return Total(A)


def inner(A: MatrixExpr, B: MatrixExpr) -> Total:
    """⟨A, B⟩ = Σ_ij A_ij B_ij.

    A, B    two matrices of one shape

    Shapes    A and B n×m give a scalar

    >>> n, m = sizes("n m")
    >>> A, B = matrix("A", n, m), matrix("B", n, m)
    >>> prove(Equal(inner(A, B), trace(A @ B.T))).over
    'any commutative ring'
    """
    return Total(hadamard(A, B))


def normsquared(A: MatrixExpr) -> Total:
    """‖A‖² = ⟨A, A⟩ = Σ_ij A_ij².

    A    a matrix

    Shapes    A n×m gives a scalar

    >>> n, m = sizes("n m")
    >>> A, B = matrix("A", n, m), matrix("B", n, m)
    >>> prove(Equal(normsquared(A - B), normsquared(A) - 2 * inner(A, B) + normsquared(B))).over
    'any commutative ring'
    """
    return inner(A, A)


def logsumexp(S: MatrixExpr) -> ElementwiseLog:
    """The column log Σ_j exp(S_ij), what a FlashAttention kernel keeps of each row.

    S    the scores

    Shapes    S n×m gives n×1
    Assumes   m ≥ 1

    >>> n, m = sizes("n m")
    >>> S = matrix("S", n, m)
    >>> prove(Equal(softmax(S), exp(S - logsumexp(S) @ ones(1, m)))).over
    'the real numbers'
    """
    return ElementwiseLog(RowSum(ElementwiseExp(S)))
