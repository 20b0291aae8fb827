"""Determinants, over any commutative ring.  The identity and small sizes are in the normal form."""

from __future__ import annotations

from symattn.kernel.proofs import Sequent, rule
from symattn.kernel.rules.ranks import placed
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.sizes import need, variable
from symattn.kernel.syntax.substitution import at
from symattn.kernel.syntax.terms import Term, add, determinant, multiply, summation


@rule(0)
def det_of_product(left: Array, right: Array) -> Sequent:
    """|- det(A B) = det A det B, for square A and B of one size."""
    need(left.sizes == right.sizes, "the factors must be square and of one size")
    i, j, p = (variable(name, left.sizes[0]) for name in "ijp")
    entries = summation((p,), multiply(at(left, i, p), at(right, p, j)))
    return (), Equation((), determinant(i, j, entries), multiply(det(left), det(right)))


@rule(0)
def det_of_transpose(array: Array) -> Sequent:
    """|- det(A^T) = det A."""
    return (), Equation((), det(Array(array.indices[::-1], array.body)), det(array))


@rule(0)
def det_of_blocks(first: Array, beside: Array, last: Array) -> Sequent:
    """|- det [[A, B], [0, D]] = det A det D, for square A and D."""
    sizes = first.sizes[0], last.sizes[0]
    need(beside.sizes == sizes, "the blocks do not fit together")
    i, j = (variable(name, sizes[0] + sizes[1]) for name in "ij")
    upper = ((first, 0, 0), (beside, 0, 1), (last, 1, 1))
    blocks = [placed(block, i, j, (sizes, row), (sizes, column)) for block, row, column in upper]
    return (), Equation((), determinant(i, j, add(*blocks)), multiply(det(first), det(last)))


def det(array: Array) -> Term:
    i, j = (variable(name, size) for name, size in zip("ij", array.sizes, strict=True))
    return determinant(i, j, at(array, i, j))
