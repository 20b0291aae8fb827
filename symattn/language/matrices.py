"""Letters.  A matrix has a name, two sizes and facts; the facts are part of which letter it is.

invertible    has an inverse             orthogonal    A Aᵀ = 1           mask        entries 0 or 1
symmetric     A = Aᵀ                     permutation   one 1 in each row  positive    entries > 0
skew          A = -Aᵀ                                  and column
"""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, Identity, MatrixExpr, MatrixSymbol, S, Symbol, Transpose
from sympy.core.symbol import Str
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language.printing.text import text
from symattn.language.sizes import same_size
from symattn.language.trees.base import MatrixNode, Printed, UndeclaredInverse, as_matrix, as_sympy
from symattn.language.trees.unevaluated import Inverse, MatrixOperators, ScalarOperators

__all__ = ["FACTS", "Matrix", "Scalar", "T", "column", "has_inverse", "inverse", "matrix", "row", "scalar"]

SQUARE = frozenset({"invertible", "symmetric", "skew", "orthogonal", "permutation"})
FACTS = SQUARE | {"mask", "positive"}
INVERTIBLE = frozenset({"invertible", "orthogonal", "permutation"})


class Matrix(Printed, MatrixOperators, MatrixSymbol):
    """A named matrix.  `facts` is what is declared of it, and part of its identity.

    name          what it is called
    rows, cols    its sizes
    facts         words such as "invertible" or "mask", of those that `matrix` takes

    >>> n = sizes("n")
    >>> matrix("A", n, n, symmetric=True).facts
    frozenset({'symmetric'})
    >>> matrix("A", n, n, symmetric=True) == matrix("A", n, n)
    False

    Raises    LanguageError for a fact that is not known, or a size below 0
    """

    def __new__(cls, name: Any, rows: Any, cols: Any, *facts: Any) -> Matrix:
        names = sorted({str(fact) for fact in facts})
        if unknown := set(names) - FACTS:
            raise LanguageError(layout(f"no fact is called {min(unknown)}", note=f"known: {', '.join(sorted(FACTS))}"))
        rows, cols = as_sympy(rows), as_sympy(cols)
        try:
            cls._check_dim(rows)
            cls._check_dim(cols)
        except ValueError:
            raise LanguageError(f"{name} cannot be {text(rows)}×{text(cols)}: sizes are whole numbers ≥ 0") from None
        return Basic.__new__(cls, Str(str(name)), rows, cols, *map(Str, names))

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(fact.name for fact in self.args[3:])

    def renamed(self, name: str) -> Matrix:
        return self.func(name, *self.args[1:])

    def inverse(self) -> Any:
        if self.facts & INVERTIBLE:
            return Inverse(self)
        raise UndeclaredInverse(self)

    def doit(self, **hints: Any) -> Matrix:
        return self

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        # written out, a symmetric letter must show the symmetry: below the diagonal repeats what is above it
        i, j = as_sympy(i), as_sympy(j)
        if i.is_Integer and j.is_Integer and int(i) >= int(j):
            if "skew" in self.facts:
                return -MatrixElement(self, j, i) if i != j else S.Zero
            if "symmetric" in self.facts:
                return MatrixElement(self, j, i)
        return MatrixElement(self, i, j)


class T(MatrixNode):
    """The transpose, kept as it is so that a derivation can show the step: T(A)_ij = A_ji.

    arg    the matrix A, n×m; the result is m×n

    >>> n, d, k = sizes("n d k")
    >>> X, Q = matrix("X", n, d), matrix("Q", d, k)
    >>> T(X @ Q), (X @ Q).T
    (T(X Q), Qᵀ Xᵀ)
    """

    def __new__(cls, arg: MatrixExpr) -> T:
        return super().__new__(cls, as_matrix(arg, "T"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def _sizes(self) -> tuple[Any, Any]:
        return self.arg.shape[::-1]

    def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
        return self.arg._entry(j, i, **hints)

    def _eval_transpose(self) -> Any:
        return self.arg

    def inverse(self) -> Any:
        return inverse(self)


def matrix(
    name: str,
    rows: Expr | int,
    cols: Expr | int,
    *,
    invertible: bool = False,
    symmetric: bool = False,
    skew: bool = False,
    orthogonal: bool = False,
    permutation: bool = False,
    mask: bool = False,
    positive: bool = False,
) -> Matrix:
    """A letter for any real rows×cols matrix with the declared facts.

    name           what it is called: two letters of one name but other facts do not go into one claim
    rows, cols     whole numbers, size letters as `sizes` makes them, or expressions in these
    invertible     has an inverse, `inverse(A)`
    symmetric      A = Aᵀ
    skew           A = -Aᵀ
    orthogonal     A Aᵀ = 1
    permutation    one 1 in each row and column
    mask           entries 0 or 1
    positive       entries > 0

    >>> d, k = sizes("d k")
    >>> Q, K, M = matrix("Q", d, k), matrix("K", d, k), matrix("M", k, k, invertible=True)
    >>> prove(Equal(Q @ M @ (K @ inverse(M).T).T, Q @ K.T)).over
    'any commutative ring'

    Raises    ShapeError when a fact about square matrices is declared of sizes that differ
    """
    declared = {
        "invertible": invertible,
        "symmetric": symmetric,
        "skew": skew,
        "orthogonal": orthogonal,
        "permutation": permutation,
        "mask": mask,
        "positive": positive,
    }
    facts = [fact for fact, holds in declared.items() if holds]
    square = [fact for fact in facts if fact in SQUARE]
    if square and not same_size(rows, cols):
        pairs = [("rows", text(rows)), ("columns", text(cols))]
        raise ShapeError(layout(f"{name} cannot be {square[0]}", pairs, "only a square matrix can"))
    return Matrix(name, rows, cols, *facts)


def row(name: str, width: Expr | int) -> Matrix:
    """A letter for any 1×width row, such as one token.

    name     what it is called
    width    its length

    >>> shape(row("x", sizes("d")))
    (1, d)
    """
    return Matrix(name, 1, width)


def column(name: str, height: Expr | int) -> Matrix:
    """A letter for any height×1 column, such as a shift of every row of scores.

    name      what it is called
    height    its length

    >>> shape(column("c", sizes("n")))
    (n, 1)
    """
    return Matrix(name, height, 1)


class Scalar(ScalarOperators, Symbol):
    """A letter for a number.

    >>> t = scalar("t")
    >>> shape(t)
    ()
    """


def scalar(name: str, *, positive: bool = False) -> Scalar:
    """A letter for any real number, or any positive one, such as a scale or a temperature.

    name        what it is called
    positive    whether it is > 0

    >>> n, m = sizes("n m")
    >>> t, A = scalar("t", positive=True), matrix("A", n, m)
    >>> prove(Equal((t * A) / t, A)).claim
    (t/t) A = A
    """
    return Scalar(name, positive=True) if positive else Scalar(name, real=True)


def has_inverse(expr: Any) -> bool:
    """Whether `expr` is a letter declared to have an inverse, or the transpose of one."""
    if isinstance(expr, Transpose | T):
        expr = expr.args[0]
    return isinstance(expr, Matrix) and bool(expr.facts & INVERTIBLE)


def inverse(A: MatrixExpr) -> MatrixExpr:
    """A⁻¹ for a letter declared invertible, orthogonal or a permutation, or the transpose of one.

    A    such a letter, or an identity

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n, invertible=True), matrix("B", n, n, invertible=True)
    >>> prove(Equal((A @ B) @ (inverse(B) @ inverse(A)), identity(n))).over
    'any commutative ring'
    >>> inverse(A @ B)
    Traceback (most recent call last):
        ...
    symattn.language.trees.inert.UndeclaredInverse: A B has no inverse here: it is not declared invertible
      a letter M may have one: M:k*k:invertible, or matrix("M", k, k, invertible=True), given M == A @ B

    Raises    LanguageError for anything else, saying how to declare it
    """
    if isinstance(A, Identity):
        return A
    if has_inverse(A):
        return Inverse(A)
    raise UndeclaredInverse(A)
