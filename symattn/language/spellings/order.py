"""Which tokens a token may read, where it stands, and what stands before it: matrices that compare two places."""

from __future__ import annotations

from sympy import Expr, MatrixExpr

from symattn.errors import LanguageError, layout
from symattn.language.entrywise import hadamard
from symattn.language.matrices import T
from symattn.language.nodes import Before
from symattn.language.printing.text import text
from symattn.language.sizes import same_size
from symattn.language.sums import rowsum
from symattn.language.trees.base import as_matrix, as_sympy

__all__ = ["causal", "order", "positions", "tril", "triu", "window"]

_MEANT = {
    "lower-right": "j + n ≤ i + m: the last query reads the last key",
    "upper-left": "j ≤ i: the first query reads the first key",
}


def order(n: Expr | int, m: Expr | int, a: Expr | int = 0, b: Expr | int = 0) -> Before:
    """The n×m matrix with 1 at (i, j) where j + a ≤ i + b, and 0 elsewhere; places are counted from 0.

    n, m    how many rows and columns it has
    a, b    what is added to the place of the column, and to that of the row: sizes or whole numbers

    Shapes    n×m

    >>> n = sizes("n")
    >>> prove(Equal(order(n, n), causal(n))).over
    'any commutative ring'

    Raises    LanguageError for what is added and is no size
    """
    return Before(n, m, a, b)


def causal(n: Expr | int, m: Expr | int | None = None, align: str | None = None) -> Before:
    """The causal mask: 1 where a query i may read a key j, which stands at its own place or before it.

    n, m     how many queries and keys there are; one number where they are as many
    align    where they differ, which of them stand at one place: the last ones ("lower-right", j + n ≤ i + m), as when
             keys are kept from before, or the first ones ("upper-left", j ≤ i)

    Shapes    n×m

    >>> n = sizes("n")
    >>> prove(Equal(rowsum(softmax(matrix("S", n, n), mask=causal(n))), ones(n, 1))).over
    'the real numbers'

    Raises    LanguageError for n ≠ m where align does not say what is meant
    """
    if m is None or same_size(as_sympy(n), as_sympy(m)):
        return Before(n, n, 0, 0)
    if align not in _MEANT:
        pairs = [(f"causal({text(as_sympy(n))}, {text(as_sympy(m))}, {each!r})", said) for each, said in _MEANT.items()]
        raise LanguageError(layout("a causal mask that is not square is aligned in one of two ways", pairs))
    return Before(n, m, n, m) if align == "lower-right" else Before(n, m, 0, 0)


def window(n: Expr | int, left: Expr | int, right: Expr | int = 0) -> MatrixExpr:
    """A band: 1 where i − left ≤ j ≤ i + right, and 0 elsewhere.

    n        how many rows and columns it has
    left     how far back a token may read: a size or a whole number
    right    how far ahead; 0 when it reads nothing that comes later

    Shapes    n×n

    >>> n, w = sizes("n w")
    >>> prove(Equal(hadamard(window(n, w), window(n, w)), window(n, w))).over
    'any commutative ring'

    Raises    LanguageError for what is no size
    """
    return hadamard(Before(n, n, 0, right), T(Before(n, n, 0, left)))


def positions(n: Expr | int) -> MatrixExpr:
    """The column 1, 2, …, n: how many tokens each one may read in a causal mask.

    n    how many there are

    Shapes    n×1

    >>> n = sizes("n")
    >>> prove(Equal(positions(n + 1) - shift(n + 1) @ positions(n + 1), ones(n + 1, 1))).over
    'any commutative ring'
    """
    return rowsum(Before(n, n, 0, 0))


def tril(A: MatrixExpr) -> MatrixExpr:
    """The matrix with 0 above its diagonal: A ∘ causal, A_ij where j ≤ i.

    A    a matrix

    Shapes    those of A

    >>> A = matrix("A", *sizes("n m"))
    >>> prove(Equal(sa.tril(sa.tril(A)), sa.tril(A))).over
    'any commutative ring'
    """
    A = as_matrix(A, "tril")
    return hadamard(A, Before(A.shape[0], A.shape[1], 0, 0))


def triu(A: MatrixExpr) -> MatrixExpr:
    """The matrix with 0 below its diagonal: A_ij where i ≤ j.

    A    a matrix

    Shapes    those of A

    >>> A = matrix("A", *sizes("n m"))
    >>> prove(Equal(sa.triu(A), sa.tril(A.T).T)).over
    'any commutative ring'
    """
    A = as_matrix(A, "triu")
    return hadamard(A, T(Before(A.shape[1], A.shape[0], 0, 0)))
