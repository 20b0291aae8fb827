"""Functions of every entry, by their definitions.  averages.py has what mixes entries."""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixExpr, S

from symattn.errors import LanguageError, layout
from symattn.language.entrywise import exp, hadamard, log, reciprocal
from symattn.language.nodes import ones, softmax
from symattn.language.printing.text import text
from symattn.language.shapes.signs import sign
from symattn.language.trees.base import as_sympy
from symattn.language.trees.sides import is_one_entry, same_size
from symattn.language.trees.unevaluated import as_number, multiply, raise_to

__all__ = ["log_softmax", "quotient", "sigmoid", "silu", "softplus", "sqrt", "square", "tanh"]


def sigmoid(x: Expr | int) -> Expr:
    """The sigmoid of every entry of a matrix, or of a number: 1/(1 + exp(-x)).

    x    a matrix or a number; the result has its shape

    >>> t = scalar("t")
    >>> prove(Equal(sa.sigmoid(-t), 1 - sa.sigmoid(t))).over
    'the real numbers'
    """
    x = as_sympy(x)
    return reciprocal(_one(x) + exp(-x))


def tanh(x: Expr | int) -> Expr:
    """The hyperbolic tangent of every entry, or of a number: (exp(2x) - 1)/(exp(2x) + 1).

    x    a matrix or a number; the result has its shape

    >>> x = row("x", sizes("d"))
    >>> prove(Equal(sa.tanh(x), 2 * sa.sigmoid(2 * x) - 1)).over
    'the real numbers'
    """
    x = as_sympy(x)
    doubled = exp(2 * x)
    return quotient(doubled - _one(x), doubled + _one(x))


def silu(x: Expr | int) -> Expr:
    """x times its sigmoid, entry by entry: x/(1 + exp(-x)).

    x    a matrix or a number; the result has its shape

    >>> x = row("x", sizes("d"))
    >>> prove(Equal(sa.silu(x) - sa.silu(-x), x)).over
    'the real numbers'
    """
    x = as_sympy(x)
    return quotient(x, _one(x) + exp(-x))


def softplus(x: Expr | int) -> Expr:
    """log(1 + exp(x)) of every entry, or of a number.

    x    a matrix or a number; the result has its shape

    >>> t = scalar("t")
    >>> prove(Equal(Partial(sa.softplus(t), t), sa.sigmoid(t))).over
    'the real numbers'
    """
    x = as_sympy(x)
    return log(_one(x) + exp(x))


def log_softmax(S: MatrixExpr, *, mask: MatrixExpr | None = None, scale: Expr | int | None = None) -> Expr:
    """The logarithms of the attention weights: log softmax(S), which is S less its log-sum-exp.

    S, mask, scale    as for softmax

    >>> n, m = sizes("n m")
    >>> S = matrix("S", n, m)
    >>> prove(Equal(sa.log_softmax(S), S - logsumexp(S))).over
    'the real numbers'
    """
    return log(softmax(S, mask=mask, scale=scale))


def square(x: Expr | int) -> Expr:
    """The square of every entry of a matrix, or of a number.

    x    a matrix or a number; the result has its shape

    >>> x = row("x", sizes("d"))
    >>> prove(Equal(total(sa.square(x)), normsquared(x))).over
    'any commutative ring'
    """
    x = as_sympy(x)
    return hadamard(x, x) if x.is_Matrix else raise_to(x, 2)


def sqrt(x: Expr | int) -> Expr:
    """The square root of a number that is seen to be positive, or of every entry of such a matrix.

    x    a number or a matrix: sizes, positive letters, exps, squares and sums of these with something above 0

    >>> d, e = sizes("d"), scalar("e", positive=True)
    >>> x = row("x", d)
    >>> r = sa.sqrt(normsquared(x) / d + e)
    >>> prove(Equal(r * r, normsquared(x) / d + e)).over
    'the real numbers'

    Raises    LanguageError for the entries of a matrix of which that is not seen, and for a square matrix, which has
              other roots too; when it is judged, for such a number
    """
    x = as_sympy(x)
    if not x.is_Matrix or is_one_entry(x):
        return raise_to(as_number(x), S.Half)
    if same_size(*x.shape):
        pairs = [("entry by entry", f"exp(log({text(x)})/2)"), ("R R = A", "a letter R, with R@R == A as a hypothesis")]
        raise LanguageError(layout(f"the root of {text(x)}, which is square, can mean two things", pairs))
    if sign(x) < 1:
        note = 'declare it positive: matrix("A", n, m, positive=True), or A:n*m:positive as text'
        raise LanguageError(layout(f"{text(x)} is not seen to be positive: it has no root here", note=note))
    return exp(log(x) / 2)


def quotient(x: Expr | int, y: Expr | int) -> Expr:
    """x/y, entry by entry where there are matrices; rows, columns and numbers are repeated, and 1/0 = 0.

    x, y    two matrices, a matrix and a number, or two numbers

    >>> n, m = sizes("n m")
    >>> F = matrix("F", n, m)
    >>> prove(Equal(sa.quotient(exp(F), rowsum(exp(F))), softmax(F))).over
    'the real numbers'
    """
    x, y = as_sympy(x), as_sympy(y)
    if not y.is_Matrix or is_one_entry(y):
        return multiply(x, raise_to(as_number(y), S.NegativeOne))
    above = as_number(x)
    return hadamard(above, reciprocal(y)) if above.is_Matrix else multiply(above, reciprocal(y))


def _one(x: Any) -> Any:
    """The number 1 in the shape of x."""
    return ones(*x.shape) if x.is_Matrix else S.One
