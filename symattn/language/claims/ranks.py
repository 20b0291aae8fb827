"""Ranks.  A rank is a number; compared with another it makes a claim."""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixExpr

from symattn.errors import LanguageError
from symattn.language.claims.claims import AtMost, Claim
from symattn.language.printing.text import text
from symattn.language.trees.base import ScalarNode, as_matrix, as_scalar, as_sympy

__all__ = ["Rank", "RankAtLeast", "RankAtMost", "at_most"]


class Rank(ScalarNode):
    """The rank of a matrix.  Compared with a number or another rank it makes a claim: Rank(Q @ K.T) <= k.

    arg    the matrix

    >>> n, k = sizes("n k")
    >>> Q, K = matrix("Q", n, k), matrix("K", n, k)
    >>> prove(Rank(Q @ K.T) <= k).claim
    rank(Q Kᵀ) ≤ k
    """

    is_integer = True
    is_nonnegative = True

    def __new__(cls, arg: MatrixExpr) -> Rank:
        return super().__new__(cls, as_matrix(arg, "Rank"))

    @property
    def arg(self) -> Any:
        return self.args[0]

    def __le__(self, other: Expr | int) -> RankAtMost:
        return RankAtMost(self.arg, other)

    def __ge__(self, other: Expr | int) -> RankAtLeast:
        return RankAtLeast(self.arg, other)

    def __lt__(self, other: Expr | int) -> RankAtMost:
        return RankAtMost(self.arg, as_sympy(other) - 1)

    def __gt__(self, other: Expr | int) -> RankAtLeast:
        return RankAtLeast(self.arg, as_sympy(other) + 1)

    def as_explicit(self) -> Any:
        raise LanguageError(f"{text(self)} is not a formula in entries")


class _RankBound(Claim):
    """A claim that compares the rank of a matrix with a number."""

    def __new__(cls, arg: MatrixExpr, bound: Expr | int) -> Any:
        return super().__new__(cls, as_matrix(arg, cls.__name__), as_scalar(bound, cls.__name__))

    @property
    def arg(self) -> Any:
        return self.args[0]

    @property
    def bound(self) -> Any:
        return self.args[1]


class RankAtMost(_RankBound):
    """rank A ≤ bound, what `Rank(A) <= bound` makes.

    arg      the matrix A
    bound    a number, a size, or another rank

    >>> (Rank(matrix("A", *sizes("n m"))) <= 3).bound
    3
    """


class RankAtLeast(_RankBound):
    """rank A ≥ bound, what `Rank(A) >= bound` makes.

    arg      the matrix A
    bound    a number, a size, or another rank

    >>> (Rank(matrix("A", *sizes("n m"))) > 3).bound
    4
    """


def at_most(left: Expr | int, right: Expr | int) -> AtMost | RankAtMost | RankAtLeast:
    """left ≤ right, entry by entry; a rank on either side makes a claim about ranks.

    left, right    two matrices of one shape, or two scalars; `a <= b` of two scalars would be SymPy's

    >>> n, k = sizes("n k")
    >>> Q, x = matrix("Q", n, k), row("x", k)
    >>> at_most(0, normsquared(x)), at_most(Rank(Q), k)
    (0 ≤ total(x ∘ x), rank(Q) ≤ k)
    """
    left, right = as_sympy(left), as_sympy(right)
    if isinstance(left, Rank):
        return RankAtMost(left.arg, right)
    if isinstance(right, Rank):
        return RankAtLeast(right.arg, left)
    return AtMost(left, right)
