"""Blocks.  Matrices side by side and one under the other, in the order given."""

from __future__ import annotations

from typing import Any

from sympy import Add, MatrixExpr

from symattn.errors import LanguageError
from symattn.language.trees.base import MatrixNode, as_matrix, whole

__all__ = ["HStack", "VStack", "hstack", "vstack"]


class HStack(MatrixNode):
    """[A B …]: the columns of A, then those of B, and so on.

    blocks    matrices with as many rows each

    >>> n, a, b = sizes("n a b")
    >>> shape(hstack(matrix("A", n, a), matrix("B", n, b)))
    (n, a + b)
    """

    def __new__(cls, *blocks: Any) -> HStack:
        return super().__new__(cls, *_checked(blocks, "hstack"))

    def _sizes(self) -> tuple[Any, Any]:
        return self.args[0].shape[0], Add(*(block.shape[1] for block in self.args))

    def _at(self, i: int, j: int) -> Any:
        for block in self.args:
            width = block.shape[1]
            if not whole(width):
                return None
            if j < width:
                return block[i, j]
            j -= int(width)
        return None


class VStack(MatrixNode):
    """The rows of A, then those of B, and so on.

    blocks    matrices with as many columns each

    >>> n, a, b = sizes("n a b")
    >>> shape(vstack(matrix("A", a, n), matrix("B", b, n)))
    (a + b, n)
    """

    def __new__(cls, *blocks: Any) -> VStack:
        return super().__new__(cls, *_checked(blocks, "vstack"))

    def _sizes(self) -> tuple[Any, Any]:
        return Add(*(block.shape[0] for block in self.args)), self.args[0].shape[1]

    def _at(self, i: int, j: int) -> Any:
        for block in self.args:
            height = block.shape[0]
            if not whole(height):
                return None
            if i < height:
                return block[i, j]
            i -= int(height)
        return None


def hstack(*blocks: MatrixExpr) -> HStack:
    """The blocks side by side, [A B …].

    blocks    one matrix or more, with as many rows each

    Shapes    m×a, m×b, … give m×(a + b + …)

    >>> n, a, b = sizes("n a b")
    >>> A, B = matrix("A", n, a), matrix("B", n, b)
    >>> prove(Equal(hstack(A, B) @ hstack(A, B).T, A @ A.T + B @ B.T)).over
    'any commutative ring'

    Raises    LanguageError without blocks, or for a scalar; ShapeError, when it is judged, for blocks that do not fit
    """
    return HStack(*blocks)


def vstack(*blocks: MatrixExpr) -> VStack:
    """The blocks one under the other, such as a cache of tokens and a new one.

    blocks    one matrix or more, with as many columns each

    Shapes    a×n, b×n, … give (a + b + …)×n

    >>> n, d, k = sizes("n d k")
    >>> X, x, K = matrix("X", n, d), row("x", d), matrix("K", d, k)
    >>> prove(Equal(vstack(X, x) @ K, vstack(X @ K, x @ K))).over
    'any commutative ring'

    Raises    LanguageError without blocks, or for a scalar; ShapeError, when it is judged, for blocks that do not fit
    """
    return VStack(*blocks)


def _checked(blocks: tuple[Any, ...], what: str) -> list[Any]:
    if not blocks:
        raise LanguageError(f"{what} needs at least one matrix")
    return [as_matrix(block, what) for block in blocks]
