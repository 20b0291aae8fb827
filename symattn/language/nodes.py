"""The operations on matrices that attention needs.  heads.py adds families, blocks.py stacking.

Those that act on each entry alone are in entrywise.py.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Identity, OneMatrix, S, Trace, ZeroMatrix, exp as scalar_exp

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language.entrywise import ElementwiseExp, ElementwiseLog, hadamard
from symattn.language.printing.text import text
from symattn.language.trees import unevaluated
from symattn.language.trees.base import Entry, MatrixNode, ScalarNode, Unary, as_matrix, as_sympy, invert, whole

__all__ = [
    "Determinant",
    "Diag",
    "RowSum",
    "Softmax",
    "Total",
    "Unit",
    "determinant",
    "diag",
    "entry",
    "identity",
    "inner",
    "logsumexp",
    "normsquared",
    "ones",
    "rowsum",
    "softmax",
    "total",
    "trace",
    "unit",
    "zeros",
]


class Softmax(MatrixNode):
    """Rows of weights: exp(S_ij) / Σ_l exp(S_il), with each exp multiplied by M_il under a mask M; 1/0 = 0."""

    def __new__(cls, scores: Any, mask: Any = None) -> Any:
        parts = (scores,) if mask is None else (scores, mask)
        return super().__new__(cls, *(as_matrix(part, "softmax") for part in parts))

    @property
    def scores(self) -> Any:
        return self.args[0]

    @property
    def mask(self) -> Any:
        return self.args[1] if len(self.args) == 2 else None

    def _sizes(self) -> tuple[Any, Any]:
        return self.scores.shape

    def _weight(self, i: int, j: int) -> Any:
        weight = scalar_exp(self.scores[i, j])
        return weight if self.mask is None else self.mask[i, j] * weight

    def _at(self, i: int, j: int) -> Any:
        if not whole(self.shape[1]):
            return None
        return self._weight(i, j) * invert(Add(*(self._weight(i, l) for l in range(int(self.shape[1])))))


class Diag(Unary):
    """The square matrix with a row or column on its diagonal and 0 elsewhere."""

    def _sizes(self) -> tuple[Any, Any]:
        rows, cols = self.arg.shape
        if rows != 1 and cols != 1:
            pairs = [(text(self.arg), f"{text(rows)}×{text(cols)}")]
            raise ShapeError(layout("diag needs one row or one column", pairs))
        return (cols, cols) if rows == 1 else (rows, rows)

    def _at(self, i: int, j: int) -> Any:
        if i != j:
            return S.Zero
        return self.arg[0, i] if self.arg.shape[0] == 1 else self.arg[i, 0]


class Unit(MatrixNode):
    """The row e_i of length d: 1 at place i, counted from 0, and 0 elsewhere."""

    def __new__(cls, length: Any, place: Any) -> Any:
        place = as_sympy(place)
        if not place.is_Integer or place < 0:
            raise LanguageError(f"unit needs a place 0, 1, 2, …, not {text(place)}")
        return super().__new__(cls, length, place)

    @property
    def place(self) -> int:
        return int(self.args[1])

    def _sizes(self) -> tuple[Any, Any]:
        return 1, self.args[0]

    def _at(self, i: int, j: int) -> Any:
        return S.One if j == self.place else S.Zero


class RowSum(Unary):
    """The column of the sums of each row."""

    def _sizes(self) -> tuple[Any, Any]:
        return self.arg.shape[0], 1

    def _at(self, i: int, j: int) -> Any:
        width = self.arg.shape[1]
        return Add(*(self.arg[i, l] for l in range(int(width)))) if whole(width) else None


class Total(ScalarNode):
    """The sum of all entries, a scalar."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "total"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def as_explicit(self) -> Any:
        rows, cols = self.arg.shape
        return Add(*(self.arg[i, j] for i in range(int(rows)) for j in range(int(cols))))


class Determinant(ScalarNode):
    """The determinant of a square matrix, a scalar; that of a 0×0 matrix is 1."""

    def __new__(cls, arg: Any) -> Any:
        return super().__new__(cls, as_matrix(arg, "determinant"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def as_explicit(self) -> Any:
        return self.arg.as_explicit().det(method="berkowitz")


def softmax(S: Any, *, mask: Any = None, scale: Any = None) -> Softmax:
    """The attention weights of the scores S, row by row: P = M∘exp(τS) / rowsum(M∘exp(τS)), M = 1 without a mask.

    Shapes    S n×m, mask M n×m, scale τ a scalar
    Assumes   m ≥ 1; a row that the mask hides entirely is 0, because 1/0 = 0
    """
    return Softmax(S if scale is None else scale * as_matrix(S, "softmax"), mask)


def diag(x: Any) -> Diag:
    """The square matrix with the row or column x on its diagonal."""
    return Diag(x)


def ones(rows: Any, cols: Any) -> OneMatrix:
    """The matrix of ones."""
    return unevaluated.OneMatrix(rows, cols)


def zeros(rows: Any, cols: Any) -> ZeroMatrix:
    """The matrix of zeros."""
    return unevaluated.ZeroMatrix(rows, cols)


def identity(size: Any) -> Identity:
    """The identity matrix."""
    return unevaluated.Identity(size)


def unit(d: Any, i: int) -> Unit:
    """The row e_i of length d, counted from 0."""
    return Unit(d, i)


def trace(A: Any) -> Trace:
    """The sum of the diagonal, tr A."""
    return unevaluated.Trace(as_matrix(A, "trace"))


def determinant(A: Any) -> Determinant:
    """The determinant, det A, of a square matrix; det(c 1) with the identity of size n is cⁿ."""
    return Determinant(A)


def rowsum(A: Any) -> RowSum:
    """The column of the sums of each row, A 1."""
    return RowSum(A)


def total(A: Any) -> Total:
    """The sum of all entries, a scalar; of a 1×1 matrix, its entry."""
    return Total(A)


def inner(A: Any, B: Any) -> Total:
    """⟨A, B⟩ = Σ_ij A_ij B_ij."""
    return Total(hadamard(A, B))


def normsquared(A: Any) -> Total:
    """‖A‖² = ⟨A, A⟩."""
    return inner(A, A)


def logsumexp(S: Any) -> ElementwiseLog:
    """The column log Σ_j exp(S_ij)."""
    return ElementwiseLog(RowSum(ElementwiseExp(S)))


def entry(A: Any, i: Any, j: Any) -> Any:
    """The entry A_ij, counted from 0, a scalar."""
    A, i, j = as_matrix(A, "entry"), as_sympy(i), as_sympy(j)
    if not (i.is_Integer and j.is_Integer and i >= 0 and j >= 0):
        raise LanguageError(f"entry needs two places 0, 1, 2, …, not ({text(i)}, {text(j)})")
    try:
        return Entry(A, i, j)
    except IndexError:
        pairs = [(text(A), "×".join(map(text, A.shape)))]
        raise LanguageError(layout(f"no entry ({i}, {j})", pairs, "rows and columns are counted from 0")) from None
