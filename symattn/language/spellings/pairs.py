"""Kronecker's product and vec: matrices whose rows and columns have pairs of indices, made block by block."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import MatrixExpr

from symattn.language.heads import HeadIndex
from symattn.language.nodes import unit
from symattn.language.over_heads import concat_heads, stack_heads
from symattn.language.sums import trace
from symattn.language.trees.base import as_matrix
from symattn.language.trees.unevaluated import multiply

__all__ = ["index_beside", "kron", "vec"]


def kron(A: MatrixExpr, B: MatrixExpr) -> MatrixExpr:
    """Kronecker's product: the blocks A_ij B, as in NumPy, torch and textbooks.

    A, B    two matrices

    Shapes    m×n and p×q give mp×nq

    >>> m, n, p, q, r, s = sizes("m n p q r s")
    >>> A, B, C, D = matrix("A", m, n), matrix("B", p, q), matrix("C", n, r), matrix("D", q, s)
    >>> prove(Equal(sa.kron(A, B) @ sa.kron(C, D), sa.kron(A @ C, B @ D))).over
    'any commutative ring'

    Raises    LanguageError for what is no matrix
    """
    A, B = as_matrix(A, "kron"), as_matrix(B, "kron")
    i, j = (index_beside(name, size, A, B) for name, size in zip(("i0", "j0"), A.shape, strict=True))
    entry = trace(multiply(unit(A.shape[0], i), A, unit(A.shape[1], j).T))
    return stack_heads(concat_heads(multiply(entry, B), j), i)


def vec(A: MatrixExpr) -> MatrixExpr:
    """The columns of a matrix, one under the other, as textbooks have it; T(vec(A.T)) is the row of its rows.

    A    a matrix

    Shapes    m×n gives nm×1

    >>> m, n, p, q = sizes("m n p q")
    >>> A, X, B = matrix("A", m, n), matrix("X", n, p), matrix("B", p, q)
    >>> prove(Equal(sa.vec(A @ X @ B), sa.kron(B.T, A) @ sa.vec(X))).over
    'any commutative ring'

    Raises    LanguageError for what is no matrix
    """
    A = as_matrix(A, "vec")
    j = index_beside("j0", A.shape[1], A)
    return stack_heads(multiply(A, unit(A.shape[1], j).T), j)


def index_beside(name: str, size: Any, *near: Any) -> HeadIndex:
    """An index of that name, or one with strokes where something near it has the name already."""
    taken = {str(node) for part in near for node in sympy.preorder_traversal(part) if isinstance(node, HeadIndex)}
    taken |= {str(symbol) for part in near for symbol in part.free_symbols}
    while name in taken:
        name += "1"
    return HeadIndex(name, size)
