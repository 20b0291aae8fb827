"""Ranks.  A rank is a number; compared with another it makes a claim.

Sums of ranks are ranks too: rank A + rank B is that of [A 0; 0 B], and a size k is the rank of the identity.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, MatrixExpr, Mul, S

from symattn.errors import LanguageError
from symattn.language.blocks import hstack, vstack
from symattn.language.claims.claims import AtMost, Claim
from symattn.language.printing.text import text
from symattn.language.trees.base import ScalarNode, as_matrix, as_scalar, as_sympy
from symattn.language.trees.unevaluated import Identity, ZeroMatrix, add

__all__ = ["Rank", "RankAtLeast", "RankAtMost", "at_most", "block_diagonal", "counts_ranks", "summands"]

MOST_TIMES = 8
"""How often one rank is counted in a sum."""


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
    """left ≤ right, entry by entry; ranks on either side, and sums of them, make a claim about ranks.

    left, right    two matrices of one shape, or two scalars; `a <= b` of two scalars would be SymPy's

    >>> n, k = sizes("n k")
    >>> Q, x = matrix("Q", n, k), row("x", k)
    >>> at_most(0, normsquared(x)), at_most(Rank(Q), k)
    (0 ≤ normsquared(x), rank(Q) ≤ k)
    """
    left, right = as_sympy(left), as_sympy(right)
    if counts_ranks(left) or counts_ranks(right):
        left, right = _without_minus(left, right)
    if isinstance(left, Rank):
        return RankAtMost(left.arg, right)
    if isinstance(right, Rank):
        return RankAtLeast(right.arg, left)
    if counts_ranks(left) or counts_ranks(right):
        return RankAtMost(block_diagonal(summands(left)), right)
    return AtMost(left, right)


def counts_ranks(number: Any) -> bool:
    """Whether it is a rank, or a sum with ranks in it."""
    return any(isinstance(part, Rank) for part, _ in _parts(number))


def summands(number: Any) -> list[Any]:
    """The matrices whose ranks add up to it; identities for what is no rank.

    Raises    LanguageError for what is no sum of ranks and sizes
    """
    found = []
    for part, times in _parts(number):
        if not times.is_Integer or not 0 < times <= MOST_TIMES or (not isinstance(part, Rank) and part.has(Rank)):
            raise LanguageError(f"{text(number)} is no sum of ranks and sizes")
        found += [part.arg] * int(times) if isinstance(part, Rank) else [Identity(part * times)]
    return found


def block_diagonal(matrices: list[Any]) -> Any:
    """[A 0; 0 B]."""
    if len(matrices) == 1:
        return matrices[0]
    rows = [
        hstack(
            *(here if at == place else ZeroMatrix(here.shape[0], other.shape[1]) for at, other in enumerate(matrices))
        )
        for place, here in enumerate(matrices)
    ]
    return vstack(*rows)


def _parts(number: Any) -> list[tuple[Any, Any]]:
    """The summands, each with the number before it; a number alone is that many times 1."""
    if number.is_Matrix or isinstance(number, Claim):
        return []
    split = []
    for term in Add.make_args(number):
        factors = Mul.make_args(term)
        others = [factor for factor in factors if not factor.is_Number]
        times = Mul(*(factor for factor in factors if factor.is_Number))
        split.append((others[0] if len(others) == 1 else Mul(*others), times))
    return split


def _without_minus(left: Any, right: Any) -> tuple[Any, Any]:
    """The two sides, each summand with a minus on the other one."""
    sides: tuple[list[Any], list[Any]] = [], []
    for place, side in enumerate((left, right)):
        for part, times in _parts(side):
            if times.is_negative:
                sides[1 - place].append(part * -times)
            elif times != 0:
                sides[place].append(part if times == 1 else part * times)
    first, second = (add(*side) if side else S.Zero for side in sides)
    return first, second
