"""What must be remembered of a value so that its bound holds for another order of the same steps.

A product of matrices may be bracketed in any way, and a sum formed in any order, by whoever computes it.  So the bound
of A B C does not follow from that of A B: the factors' magnitudes are carried on, and each story gives the bound for
all orders at once.  A⁺ stands for |centre| + radius, which nothing that is computed there exceeds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.balls import Ball, magnitude, one_number, present
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import SMALLEST, outward
from symattn.numeric.entries import transposed

OWN = 2.0**-53  # the centres are computed in float64


def reach(part: Ball) -> Array:
    """The most that an entry can be, in absolute value."""
    return outward(magnitude(part.value) + part.radius, 1)


def growth(steps: Array, unit: float) -> Array:
    """(1 + u)^n - 1: what n factors 1 + δ with |δ| ≤ u can change, for any n."""
    return outward(np.expm1(outward(np.asarray(steps, dtype=np.float64) * np.log1p(unit), 4)), 8)


def rounded(size: Array, sums: Array, steps: Array, own: Array, contract: Contract, kept: float = 0.0) -> Array:
    """What so many roundings inside sums, so many of steps, and so many of tensors that are kept between kernels,
    change in numbers of that size.

    `own` roundings to float64, which made the centre, are paid for too.
    """
    inner, outer = growth(sums, contract.inner.unit), growth(steps, contract.stored.unit)
    outer = outer + (1 + outer) * growth(kept, contract.between.unit) if kept else outer
    return size * outward(inner + outer + inner * outer + growth(own, OWN), 12)


def lost_below(contract: Contract) -> float:
    """The most that one underflow loses: η, and what the bound itself may lose in float64."""
    return contract.stored.flushed + 8 * SMALLEST


@dataclass(frozen=True, eq=False)
class Product:
    """A product A₁⋯A_m, to be bracketed in any way.

    A path through A₁⋯A_m meets at most Σ length(inner sizes) roundings inside sums and one to the dtype for each
    product, whatever the bracketing, so the rounding is at most ((1+v)^sums (1+u)^steps - 1) |A₁|⁺⋯|A_m|⁺.  An
    underflow by η in A_i⋯A_j is carried to the end by its neighbours: η |A₁⋯A_{i-1}|⁺ 1 1ᵀ |A_{j+1}⋯A_m|⁺.  There is
    at most one such intermediate result for each i ≤ j.

    size      |A₁|⁺⋯|A_m|⁺            spread    how far A₁⋯A_m moves when the A_i move within their radii
    alive     whether any path has no exact 0
    blocks    Σ_{i≤j} of the above     before    Σ_i |A₁⋯A_{i-1}|⁺ 1       after    Σ_j 1ᵀ |A_{j+1}⋯A_m|⁺
    sums, steps, terms    the roundings above; and Σ inner sizes, the number of products that can underflow
    kept                  how many of the steps' results may be kept as tensors of a coarser format
    """

    size: Array
    spread: Array
    alive: Array
    blocks: Array
    before: Array
    after: Array
    sums: float = 0.0
    steps: float = 0.0
    terms: float = 0.0
    kept: float = 0.0

    @property
    def turned(self) -> Product:
        """The transpose."""
        size, spread, alive, blocks = map(transposed, (self.size, self.spread, self.alive, self.blocks))
        before, after = transposed(self.after), transposed(self.before)
        return Product(size, spread, alive, blocks, before, after, self.sums, self.steps, self.terms, self.kept)

    def radius(self, contract: Contract) -> Array:
        error = rounded(self.size, self.sums, self.steps, self.terms + self.steps, contract, self.kept)
        lost = (self.terms + self.steps) * lost_below(contract) + self.kept * contract.between.flushed
        error += lost * self.blocks
        error += one_number(self.spread)
        error *= outward(1.0, 6)
        return still(error, self.alive)


def still(radius: Array, alive: Array) -> Array:
    """An exact 0 stays one, unless it met something infinite."""
    return radius if one_number(alive).all() else np.where((alive == 0) & np.isfinite(radius), 0, radius)


def product_of(part: Ball) -> Product:
    """The story of a value as a product; of one that has none as a single factor."""
    if isinstance(part.story, Product):
        return part.story
    size = reach(part)
    alive = present(part)
    if alive.all():
        alive = np.broadcast_to(1.0, size.shape)
    ones, before = np.broadcast_to(1.0, size.shape), np.broadcast_to(1.0, (*size.shape[:-1], 1))
    after = np.broadcast_to(1.0, (*size.shape[:-2], 1, size.shape[-1]))
    return Product(size, part.radius, alive, ones, before, after)


def chained(left: Product, right: Product, contract: Contract) -> Product:
    """(A₁⋯A_m)(B₁⋯B_l)."""
    terms = left.size.shape[-1]
    wide = terms + 4

    def meet(one: Array, other: Array) -> Array:
        found = met(one, other)
        found *= outward(1.0, wide)
        return found

    blocks = meet(left.blocks, right.size) + meet(left.size, right.blocks) + meet(left.before, right.after)
    size = meet(left.size, right.size)
    size += 4 * SMALLEST * wide
    return Product(
        size=size,
        spread=_moved(left, right),
        alive=_paths(left.alive, right.alive),
        blocks=outward(np.broadcast_to(blocks, size.shape), 2),
        before=outward(left.before + meet(left.size, right.before), 1),
        after=outward(right.after + meet(left.after, right.size), 1),
        sums=left.sums + right.sums + float(contract.length(terms)),
        steps=left.steps + right.steps + 1,
        terms=left.terms + right.terms + terms,
        kept=left.kept + right.kept,
    )


def met(left: Array, right: Array) -> Array:
    """left @ right, where one number may stand for all entries of a side: then it multiplies the sums of the other."""
    if not left.size or not right.size or (any(left.strides) and any(right.strides)):
        return np.matmul(left, right)
    if any(right.strides):
        return one_number(left) * right.sum(axis=-2, keepdims=True)
    return left.sum(axis=-1, keepdims=True) * one_number(right)


def _moved(left: Product, right: Product) -> Array:
    """The spread of a product; letters have none, and a 0 for all entries takes no memory."""
    terms, parts = left.size.shape[-1], list[Array]()
    if right.spread.any() or not np.isfinite(left.size).all():
        parts.append(np.matmul(left.size, right.spread))
    if left.spread.any() or not np.isfinite(right.size).all():
        parts.append(np.matmul(left.spread, right.size))
    if not parts:
        return _alike(0.0, left.size, right.size)
    return outward(outward(sum(parts), terms + 4), 1)


def _paths(left: Array, right: Array) -> Array:
    """Whether any path of a product has no exact 0."""
    if left.shape[-1] and one_number(left).all() and one_number(right).all():
        return _alike(1.0, left, right)
    return np.minimum(np.broadcast_to(met(left, right), _alike(1.0, left, right).shape), 1)


def _alike(number: float, left: Array, right: Array) -> Array:
    """A number for each entry of a product."""
    lead = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    return np.broadcast_to(np.float64(number), (*lead, left.shape[-2], right.shape[-1]))


def scaled(part: Product, factor: Product) -> Product:
    """A product and a number, which may be multiplied to any of the factors, before or after."""
    most = np.maximum(factor.size, 1)
    blocks = np.maximum(part.size, 1) * factor.blocks
    blocks += part.blocks * most
    size = part.size * outward(factor.size, 3)
    size += SMALLEST
    spread = part.size * outward(factor.spread, 5)
    spread += one_number(part.spread) * outward(factor.size, 5) + SMALLEST
    return Product(
        size=size,
        spread=spread,
        alive=part.alive if factor.alive.all() else part.alive * factor.alive,
        blocks=outward(blocks, 4),
        before=outward(part.before * most, 2),
        after=outward(part.after * most, 2),
        sums=part.sums + factor.sums,
        steps=part.steps + factor.steps + 1,
        terms=part.terms + factor.terms,
        kept=part.kept + factor.kept,
    )


@dataclass(frozen=True, eq=False)
class Factors:
    """A product entry by entry, in any order: `blocks` is what an underflow on the way is multiplied by at most."""

    blocks: Array

    def times(self, other: Factors, sizes: tuple[Array, Array]) -> Factors:
        left, right = (np.maximum(size, 1) for size in sizes)
        return Factors(outward(self.blocks * right + other.blocks * left, 3))


def factors_of(part: Ball) -> Factors:
    return part.story if isinstance(part.story, Factors) else Factors(np.ones_like(part.radius))


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum of any number of terms, to be formed in any order, also inside the sum of a product that is one of them.

    size, spread    Σ of the terms' reach and of their radii
    terms           how many of them are not exactly 0
    inner           the roundings of the longest sum inside a term
    kind            "terms" of the dtype, or "row" sums in the accumulator
    """

    size: Array
    spread: Array
    terms: Array
    inner: float = 0.0
    kind: str = "terms"

    @property
    def turned(self) -> Sum:
        size, spread, terms = map(transposed, (self.size, self.spread, self.terms))
        return Sum(size, spread, terms, self.inner, self.kind)

    def radius(self, contract: Contract) -> Array:
        met = np.maximum(self.terms - 1, 0)
        if self.kind == "row":
            sums, steps = np.minimum(met, contract.length(self.terms)), np.minimum(met, 1)
        else:
            sums, steps = self.inner, met
        error = rounded(self.size, sums, steps, met, contract) + (met + 1) * lost_below(contract)
        return outward(self.spread + error * (met > 0), 4)


def sum_of(part: Ball, kind: str) -> Sum:
    """The story of a value as a sum of that kind; of another value as a single term."""
    story = getattr(part.story, "rows", part.story)
    if isinstance(story, Sum) and story.kind == kind:
        return story
    return Sum(reach(part), part.radius, present(part), getattr(part.story, "sums", 0.0), kind)


def added(left: Sum, right: Sum) -> Sum:
    size, spread = outward(left.size + right.size, 1), outward(left.spread + right.spread, 1)
    return Sum(size, spread, left.terms + right.terms, max(left.inner, right.inner), left.kind)


def summed_rows(part: Sum) -> Sum:
    def total(terms: Array) -> Array:
        return outward(terms.sum(axis=-1, keepdims=True), terms.shape[-1])

    return Sum(total(part.size), total(part.spread), part.terms.sum(axis=-1, keepdims=True), part.inner, part.kind)
