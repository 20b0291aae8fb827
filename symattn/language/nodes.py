"""The operations on matrices that attention needs: softmax, constants, diagonals.

entrywise.py has those that act on each entry alone, sums.py those that add entries up.  heads.py adds families,
over_heads.py what is done over all heads, blocks.py stacking.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Identity, MatrixExpr, OneMatrix, S, ZeroMatrix, exp as scalar_exp

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language.heads import HeadIndex
from symattn.language.printing.text import text
from symattn.language.trees import unevaluated
from symattn.language.trees.base import Entry, MatrixNode, Unary, as_matrix, as_sympy, invert, whole

__all__ = ["Diag", "Softmax", "Unit", "diag", "entry", "identity", "ones", "softmax", "unit", "zeros"]


class Softmax(MatrixNode):
    """Rows of weights: M_ij exp(S_ij) / Σ_l M_il exp(S_il), with M = 1 without a mask; 1/0 = 0.

    scores    S, n×m, any scale already in it
    mask      M, n×m, or None

    >>> n, m = sizes("n m")
    >>> softmax(matrix("S", n, m), mask=matrix("M", n, m, mask=True)).mask
    M
    """

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
    """The square matrix with a row or column on its diagonal and 0 elsewhere.

    arg    a row 1×d or a column d×1; the matrix is d×d

    >>> shape(diag(row("x", 3)))
    (3, 3)

    Raises    ShapeError for a matrix that is neither
    """

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
    """The row e_i of length d: 1 at place i, counted from 0, and 0 elsewhere.

    length    d, a size
    place     i, a whole number ≥ 0, or an index that runs over d places and is bound outside

    >>> unit(sizes("d", min=3), 2).place
    2

    Raises    LanguageError for a place that is neither
    """

    def __new__(cls, length: Any, place: Any) -> Any:
        place = as_sympy(place)
        if not isinstance(place, HeadIndex) and (not place.is_Integer or place < 0):
            raise LanguageError(f"unit needs a place 0, 1, 2, …, not {text(place)}")
        return super().__new__(cls, length, place)

    @property
    def place(self) -> Any:
        return int(self.args[1]) if self.args[1].is_Integer else self.args[1]

    def _sizes(self) -> tuple[Any, Any]:
        return 1, self.args[0]

    def _at(self, i: int, j: int) -> Any:
        return S.One if j == self.place else S.Zero


def softmax(S: MatrixExpr, *, mask: MatrixExpr | None = None, scale: Expr | int | None = None) -> Softmax:
    """The attention weights of the scores S, row by row: P = M∘exp(τS) / rowsum(M∘exp(τS)), M = 1 without a mask.

    S        the scores: row i has those of token i
    mask     M, 1 where a token may be seen and 0 where not; by default all is seen
    scale    τ, a scalar such as 1/√k; by default 1

    Shapes    S n×m, mask M n×m, scale τ a scalar; the weights n×m
    Assumes   m ≥ 1; a row that the mask hides entirely is 0, because 1/0 = 0

    >>> n, m = sizes("n m")
    >>> S, c = matrix("S", n, m), sa.column("c", n)
    >>> prove(Equal(rowsum(softmax(S)), ones(n, 1))).over
    'the real numbers'
    >>> prove(Equal(softmax(S + c @ ones(1, m)), softmax(S))).claim
    softmax(S + c ones(1, m)) = softmax(S)

    Raises    LanguageError when S or the mask is no matrix; when it is judged, for an m that may be 0
    """
    return Softmax(S if scale is None else scale * as_matrix(S, "softmax"), mask)


def diag(x: MatrixExpr) -> Diag:
    """The square matrix with the row or column x on its diagonal.

    x    a row 1×d or a column d×1

    Shapes    x 1×d or d×1 gives d×d

    >>> evaluate(diag(unit(3, 1)), sample(unit(3, 1)), sa.numeric.EXACT).tolist()
    [[0, 0, 0], [0, 1, 0], [0, 0, 0]]

    Raises    ShapeError when x is neither a row nor a column
    """
    return Diag(x)


def ones(rows: Expr | int, cols: Expr | int) -> OneMatrix:
    """The matrix of ones.

    rows, cols    its sizes: whole numbers, size letters, or expressions in these

    >>> n, m = sizes("n m")
    >>> prove(Equal(ones(n, m), ones(n, 1) @ ones(1, m))).over
    'any commutative ring'
    """
    return unevaluated.OneMatrix(rows, cols)


def zeros(rows: Expr | int, cols: Expr | int) -> ZeroMatrix:
    """The matrix of zeros.

    rows, cols    its sizes: whole numbers, size letters, or expressions in these

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> prove(Equal(A - A, zeros(n, m))).over
    'any commutative ring'
    """
    return unevaluated.ZeroMatrix(rows, cols)


def identity(size: Expr | int) -> Identity:
    """The identity matrix.

    size    how many rows, and columns, it has

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> prove(Equal(identity(n) @ A, A)).over
    'any commutative ring'
    """
    return unevaluated.Identity(size)


def unit(d: Expr | int, i: int | Expr) -> Unit:
    """The row e_i of length d, counted from 0.

    d    the length, known to be more than i: for i = 2 it is declared by sizes("d", min=3)
    i    the place of the 1, or an index that runs over d places and is bound by a sum or by blocks

    Shapes    1×d

    >>> n, d = sizes("n d")
    >>> W = matrix("W", d, n)
    >>> prove(Equal(total(unit(d, 0) @ W @ unit(n, 0).T), entry(W, 0, 0))).over
    'any commutative ring'

    Raises    LanguageError for a place that is not a whole number ≥ 0, or, when it is judged, may be outside of the row
    """
    return Unit(d, i)


def entry(A: MatrixExpr, i: int, j: int) -> Entry:
    """The entry A_ij, counted from 0, a scalar.

    A       a matrix
    i, j    its row and its column, whole numbers ≥ 0

    >>> n, m, k = sizes("n m k")
    >>> A, B = matrix("A", n, m), matrix("B", m, k)
    >>> prove(Equal(entry(A @ B, 0, 0), entry(B.T @ A.T, 0, 0))).claim
    (A B)[0, 0] = (Bᵀ Aᵀ)[0, 0]

    Raises    LanguageError for a place that is not a whole number, or may be outside of the matrix
    """
    A, place = as_matrix(A, "entry"), (as_sympy(i), as_sympy(j))
    if not all(number.is_Integer and number >= 0 for number in place):
        raise LanguageError(f"entry needs two places 0, 1, 2, …, not ({', '.join(map(text, place))})")
    try:
        return Entry(A, *place)
    except IndexError:
        pairs = [(text(A), "×".join(map(text, A.shape)))]
        raise LanguageError(layout(f"no entry ({i}, {j})", pairs, "rows and columns are counted from 0")) from None
