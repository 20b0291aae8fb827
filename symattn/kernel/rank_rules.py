"""Kernel, top floor: rank, over a field.  A number k is the rank of the identity of that size: one form serves all."""

from __future__ import annotations

from symattn.kernel.formulas import (
    Array,
    Equation,
    Exists,
    Formula,
    Not,
    RankAtMost,
    identity_array,
    refresh,
    replace_symbols,
)
from symattn.kernel.logic import must_be, need
from symattn.kernel.plain import Proof, holds
from symattn.kernel.sizes import Size, part_index, size_of, variable
from symattn.kernel.terms import Letter, Term, add, delta, entry, multiply, reindex, subtract, summation, symbols
from symattn.kernel.theorem import Sequent, Theorem, gather, rule


@rule
def rank_by_factors(premises: tuple[Theorem, ...], claim: RankAtMost, left: Array, right: Array) -> Sequent:
    """H |- A = L B R   =>   H |- rank A <= rank B."""
    (premise,) = premises
    must_be(claim, RankAtMost, "rank_by_factors")
    a, b = claim.lower, claim.upper
    expected = Equation(a.indices, a.body, sandwich(a.indices, left, b, right))
    need(premise.conclusion == expected, "the premise is not the factorisation A = L B R")
    return premise.hypotheses, claim


def sandwich(indices: tuple[int, ...], left: Array, middle: Array, right: Array) -> Term:
    """The entry of `L B R` at these indices."""
    p, q = (variable(f"inner{n}", size) for n, size in enumerate(middle.sizes))
    need({p, q}.isdisjoint(indices), "the indices have the names of inner ones")
    return summation((p, q), multiply(at(left, indices[0], p), at(middle, p, q), at(right, q, indices[1])))


@rule
def rank_of_transpose(premises: tuple[Theorem, ...], claim: RankAtMost, proof: Proof) -> Sequent:
    """|- rank A^T <= rank A."""
    need(not premises, "the rank of a transpose takes no premise")
    need(holds(unlike_transpose(claim), *proof), "the steps do not show that one is the transpose of the other")
    return (), claim


def unlike_transpose(claim: RankAtMost) -> Term:
    """An entry of the first matrix less the entry of the second that it is, if one is the transpose of the other."""
    must_be(claim, RankAtMost, "rank_of_transpose")
    need(claim.lower.sizes == claim.upper.sizes[::-1], "the shapes are not those of a transpose")
    flipped = reindex(
        refresh(claim.upper.body, frozenset(claim.lower.indices)),
        dict(zip(claim.upper.indices, claim.lower.indices[::-1], strict=True)),
    )
    return subtract(claim.lower.body, flipped)


@rule
def rank_chain(premises: tuple[Theorem, ...]) -> Sequent:
    """H |- rank A <= rank B,  H' |- rank B <= rank C   =>   H, H' |- rank A <= rank C."""
    first, second = premises
    one, two = (must_be(p.conclusion, RankAtMost, "rank_chain") for p in (first, second))
    need(one.upper == two.lower, "the two bounds do not meet")
    return gather(first, second), RankAtMost(one.lower, two.upper)


@rule
def rank_factors(premises: tuple[Theorem, ...], left: Letter, right: Letter) -> Sequent:
    """H |- rank A <= rank B   =>   H |- there are L, R with A = L B R  (over a field)."""
    (premise,) = premises
    said = must_be(premise.conclusion, RankAtMost, "rank_factors")
    a, b = said.lower, said.upper
    need(left == Letter(left.name, (a.sizes[0], b.sizes[0])), "the left factor must be an unknown of the right shape")
    need(
        right == Letter(right.name, (b.sizes[1], a.sizes[1])), "the right factor must be an unknown of the right shape"
    )
    need(left != right and not {left, right} & symbols(a.body, b.body), "the factors must have names of their own")
    product = sandwich(a.indices, whole(left), b, whole(right))
    return premise.hypotheses, Exists((left, right), Equation(a.indices, a.body, product))


def whole(letter: Letter) -> Array:
    """A matrix letter as an array."""
    i, j = (variable(name, size) for name, size in zip("ij", letter.sizes, strict=True))
    return Array((i, j), entry(letter, i, j))


@rule
def other_side(premises: tuple[Theorem, ...], left: Array, right: Array) -> Sequent:
    """H |- A B = 1 for square A, B   =>   H |- B A = 1  (over any commutative ring)."""
    (premise,) = premises
    need(left.sizes == right.sizes and left.sizes[0] == left.sizes[1], "both matrices must be square and of one size")
    need(premise.conclusion == unit_equation(left, right), "the premise does not say that the product is the identity")
    return premise.hypotheses, unit_equation(right, left)


def unit_equation(left: Array, right: Array) -> Equation:
    """`A B = 1`, entry by entry."""
    size = left.sizes[0]
    i, j = variable("i", size), variable("j", size)
    p = variable("p", size)
    return Equation((i, j), summation((p,), multiply(at(left, i, p), at(right, p, j))), delta(i, j))


def at(array: Array, *places: int) -> Term:
    """The entry of an array at these variables."""
    need(type(array) is Array and not array.chosen, "a factor may depend on its own indices only")
    need(array.sizes == tuple(map(size_of, places)), "the factors do not have matching sizes")
    hole = Letter("factor", array.sizes)
    return replace_symbols(entry(hole, *places), {hole: array})


@rule
def rank_cancel(premises: tuple[Theorem, ...], claim: RankAtMost, size: Size) -> Sequent:
    """H |- rank diag(1_s, A) <= rank diag(1_s, B)   =>   H |- rank A <= rank B."""
    (premise,) = premises
    must_be(claim, RankAtMost, "rank_cancel")
    padded = RankAtMost(*(beside_identity(size, a) for a in (claim.lower, claim.upper)))
    need(premise.conclusion == padded, "the premise is not the claim with an identity added to both sides")
    return premise.hypotheses, claim


def beside_identity(size: Size, array: Array) -> Array:
    """`diag(1, A)`, as a sum over places: entry (p, q) is 1 on the first block's diagonal, A in the second block."""
    (i, j), (rows, cols) = (variable(f"place{k}", size + s) for k, s in enumerate(array.sizes)), array.sizes
    a, p, q = variable("a", size), variable("p", rows), variable("q", cols)
    first = multiply(delta(i, part_index((size, rows), 0, a)), delta(j, part_index((size, cols), 0, a)))
    places = (delta(i, part_index((size, rows), 1, p)), delta(j, part_index((size, cols), 1, q)))
    return Array((i, j), add(summation((a,), first), summation((p, q), multiply(*places, at(array, p, q)))))


@rule
def too_large(premises: tuple[Theorem, ...], hypothesis: Formula) -> Sequent:
    """H, A |- rank 1_m <= rank 1_k, where m > k for all sizes   =>   H |- not A."""
    (premise,) = premises
    said = must_be(premise.conclusion, RankAtMost, "too_large")
    large, small = said.lower.sizes[0], said.upper.sizes[0]
    need(said == RankAtMost(identity_array(large), identity_array(small)), "the premise compares other matrices")
    need(exceeds(large, small), f"{large} is not greater than {small} for all sizes")
    return gather(premise, without=(hypothesis,)), Not(hypothesis)


def exceeds(large: Size, small: Size) -> bool:
    """Is `large - small` a size that is at least 1?"""
    left = dict(large.terms)
    for symbols_, coefficient in small.terms:
        left[symbols_] = left.get(symbols_, 0) - coefficient
    rest = tuple(sorted((s, c) for s, c in left.items() if c))
    return all(c > 0 for _, c in rest) and Size(rest).minimum >= 1
