"""Products, powers and derivatives under the names that NumPy, torch and JAX give them."""

from __future__ import annotations

from sympy import Expr, Integer, MatrixExpr, S

from symattn.errors import LanguageError, ShapeError, layout
from symattn.language.blocks import hstack, vstack
from symattn.language.calculus import Gradient, Jacobian
from symattn.language.entrywise import log
from symattn.language.nodes import Unit, unit, zeros
from symattn.language.printing.text import text
from symattn.language.sums import determinant, inner
from symattn.language.trees.base import as_matrix, as_sympy
from symattn.language.trees.sides import same_shape
from symattn.language.trees.unevaluated import raise_to

__all__ = ["blockdiag", "dot", "hessian", "logdet", "matrix_power", "one_hot"]


def blockdiag(*blocks: MatrixExpr) -> MatrixExpr:
    """The blocks on a diagonal, and 0 beside them.

    blocks    one matrix or more

    Shapes    a×b, c×d, … give (a + c + …)×(b + d + …)

    >>> A, B = matrix("A", *sizes("a b")), matrix("B", *sizes("c d"))
    >>> prove(Equal(trace(sa.blockdiag(A @ A.T, B @ B.T)), normsquared(A) + normsquared(B))).over
    'any commutative ring'

    Raises    LanguageError without blocks, or for a scalar
    """
    parts = [as_matrix(block, "blockdiag") for block in blocks]
    if not parts:
        raise LanguageError("blockdiag needs at least one matrix")
    rows = [
        hstack(*(part if at == place else zeros(part.shape[0], other.shape[1]) for place, other in enumerate(parts)))
        for at, part in enumerate(parts)
    ]
    return vstack(*rows)


def dot(x: MatrixExpr, y: MatrixExpr) -> Expr:
    """The inner product of two rows, or of two columns: Σ x_i y_i.

    x, y    two rows or two columns of one length

    >>> x, y = row("x", sizes("d")), row("y", sizes("d"))
    >>> prove(Equal(sa.dot(x, y), total(x @ y.T))).over
    'any commutative ring'

    Raises    LanguageError for matrices; ShapeError for a row and a column
    """
    x, y = as_matrix(x, "dot"), as_matrix(y, "dot")
    if S.One not in x.shape or S.One not in y.shape:
        pairs = [("the product of matrices", "A @ B"), ("the sum of products of entries", "inner(A, B)")]
        raise LanguageError(layout("dot is for two rows, or two columns", pairs, "write the one that is meant"))
    if not same_shape(x.shape, y.shape):
        pairs = [(text(each), "×".join(map(text, each.shape))) for each in (x, y)]
        raise ShapeError(layout("dot takes two rows, or two columns, of one length", pairs))
    return inner(x, y)


def one_hot(i: int, d: Expr | int) -> Unit:
    """The row of length d with 1 at place i, counted from 0, and 0 elsewhere; torch's order of arguments.

    i    the place of the 1, a whole number
    d    the length, known to be more than i

    >>> d = sizes("d", min=3)
    >>> prove(Equal(sa.one_hot(2, d), unit(d, 2))).over
    'any commutative ring'

    Raises    LanguageError for a place that is not a whole number ≥ 0
    """
    return unit(d, i)


def matrix_power(A: MatrixExpr, k: int) -> MatrixExpr:
    """The product of k factors A, as matrices multiply; matrix_power(A, 0) is the identity.

    A    a square matrix
    k    a whole number ≥ 0

    >>> A = matrix("A", sizes("n"), sizes("n"))
    >>> prove(Equal(sa.matrix_power(A, 3), A @ A @ A)).over
    'any commutative ring'

    Raises    LanguageError for another power; ShapeError, when it is judged, when A is not square
    """
    A, power = as_matrix(A, "matrix_power"), as_sympy(k)
    if not isinstance(power, Integer) or power < 0:
        raise LanguageError(f"matrix_power takes a whole number ≥ 0, not {text(power)}; inverse(A) is the power -1")
    return raise_to(A, power)


def hessian(loss: Expr, variable: MatrixExpr) -> Jacobian:
    """The second derivatives of a number in a row: entry (i, j) is d²L/dx_i dx_j.

    loss        L, a number or a 1×1 matrix
    variable    x, a letter for a row 1×d

    >>> d = sizes("d")
    >>> x, A = row("x", d), matrix("A", d, d)
    >>> prove(Equal(sa.hessian(total(x @ A @ x.T), x), A + A.T)).over
    'any commutative ring'

    Raises    LanguageError when the variable is no letter; ShapeError, when it is judged, when it is not a row
    """
    return Jacobian(Gradient(loss, variable), variable)


def logdet(A: MatrixExpr) -> Expr:
    """The logarithm of the determinant, log det A; nothing is known of it where that is not positive.

    A    a square matrix

    >>> A = matrix("A", sizes("n"), sizes("n"))
    >>> prove(Equal(sa.logdet(A), sa.logdet(A.T))).over
    'the real numbers'
    """
    return log(determinant(A))
