"""Rank, over a field.  A number k is the rank of the identity of that size: one form serves all."""

from __future__ import annotations

from symattn.kernel.proofs import Proof, Sequent, rule
from symattn.kernel.rules.logic import must_be
from symattn.kernel.syntax.formulas import Array, Equation, RankAtMost, identity_array
from symattn.kernel.syntax.sizes import Size, need, part_index, variable
from symattn.kernel.syntax.substitution import at
from symattn.kernel.syntax.terms import Term, add, delta, multiply, summation


@rule(0)
def rank_of_transpose(array: Array) -> Sequent:
    """|- rank A^T <= rank A."""
    return (), RankAtMost(Array(array.indices[::-1], array.body), array)


@rule(1)
def other_side(premise: Proof, left: Array, right: Array) -> Sequent:
    """H |- A B = 1 for square A, B   =>   H |- B A = 1  (over any commutative ring)."""
    need(left.sizes == right.sizes and left.sizes[0] == left.sizes[1], "both matrices must be square and of one size")
    need(premise.conclusion == unit_equation(left, right), "the premise does not say that the product is the identity")
    return premise.hypotheses, unit_equation(right, left)


def unit_equation(left: Array, right: Array) -> Equation:
    """`A B = 1`, entry by entry."""
    i, j, p = (variable(name, left.sizes[0]) for name in "ijp")
    return Equation((i, j), summation((p,), multiply(at(left, i, p), at(right, p, j))), delta(i, j))


@rule(1)
def rank_cancel(premise: Proof, claim: RankAtMost, size: Size) -> Sequent:
    """H |- rank diag(1_s, A) <= rank diag(1_s, B)   =>   H |- rank A <= rank B."""
    must_be(claim, RankAtMost)
    padded = RankAtMost(beside_identity(size, claim.lower), beside_identity(size, claim.upper))
    need(premise.conclusion == padded, "the premise is not the claim with an identity added to both sides")
    return premise.hypotheses, claim


def beside_identity(size: Size, array: Array) -> Array:
    """`diag(1, A)`."""
    rows, columns = ((size, s) for s in array.sizes)
    i, j = (variable(f"place{k}", size + s) for k, s in enumerate(array.sizes))
    blocks = [placed(b, i, j, (rows, k), (columns, k)) for k, b in enumerate((identity_array(size), array))]
    return Array((i, j), add(*blocks))


Part = tuple[tuple[Size, ...], int]
"""One of the parts that a size is split into."""


def placed(block: Array, i: int, j: int, row: Part, column: Part) -> Term:
    """The block inside of a matrix: its entry (p, q) where i and j are those places of those parts, and else 0."""
    p, q = (variable(name, sizes[which]) for name, (sizes, which) in zip("pq", (row, column), strict=True))
    places = delta(i, part_index(*row, p)), delta(j, part_index(*column, q))
    return summation((p, q), multiply(*places, at(block, p, q)))
