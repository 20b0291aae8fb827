"""Kernel, top floor: determinants, over any commutative ring.  The identity and small sizes are in the normal form."""

from __future__ import annotations

from symattn.kernel.formulas import Array, Equation
from symattn.kernel.logic import need
from symattn.kernel.rank_rules import at
from symattn.kernel.sizes import Size, part_index, variable
from symattn.kernel.terms import Term, add, delta, determinant, multiply, summation
from symattn.kernel.theorem import Sequent, Theorem, rule


@rule
def det_of_product(premises: tuple[Theorem, ...], left: Array, right: Array) -> Sequent:
    """|- det(A B) = det A det B, for square A and B of one size."""
    need(not premises and left.sizes == right.sizes, "the factors must be square and of one size")
    a, b = det(left), det(right)
    i, j, p = (variable(name, left.sizes[0]) for name in "ijp")
    entries = summation((p,), multiply(at(left, i, p), at(right, p, j)))
    return (), Equation((), determinant(i, j, entries), multiply(a, b))


@rule
def det_of_transpose(premises: tuple[Theorem, ...], array: Array) -> Sequent:
    """|- det(A^T) = det A."""
    need(not premises, "the determinant of a transpose takes no premise")
    i, j = (variable(name, size) for name, size in zip("ij", array.sizes, strict=True))
    return (), Equation((), determinant(i, j, at(array, j, i)), det(array))


@rule
def det_of_blocks(premises: tuple[Theorem, ...], first: Array, beside: Array, last: Array) -> Sequent:
    """|- det [[A, B], [0, D]] = det A det D, for square A and D."""
    need(not premises and beside.sizes == (first.sizes[0], last.sizes[0]), "the blocks do not fit together")
    sizes = beside.sizes
    i, j = (variable(name, sizes[0] + sizes[1]) for name in "ij")
    blocks = (_block(sizes, i, j, *b) for b in ((first, 0, 0), (beside, 0, 1), (last, 1, 1)))
    return (), Equation((), determinant(i, j, add(*blocks)), multiply(det(first), det(last)))


def det(array: Array) -> Term:
    i, j = (variable(name, size) for name, size in zip("ij", array.sizes, strict=True))
    return determinant(i, j, at(array, i, j))


def _block(sizes: tuple[Size, ...], i: int, j: int, block: Array, row: int, column: int) -> Term:
    """The block as part of the whole matrix: its entry (p, q) where i and j are those places of those parts."""
    p, q = variable("p", sizes[row]), variable("q", sizes[column])
    places = delta(i, part_index(sizes, row, p)), delta(j, part_index(sizes, column, q))
    return summation((p, q), multiply(*places, at(block, p, q)))
