"""The arithmetic whose balls hold the results of everybody who keeps a contract, and the exact value.

The centre is computed in float64.  The radius is all that an implementation may lose on the way: by the roundings of
the contract, in numbers as large as they can get (|centre| + radius), by underflow, in any order of a sum, any
bracketing of a product, any way to compute a softmax.  Where a step may overflow the radius is infinite, and `show`
says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.bounds import propagation
from symattn.numeric.bounds.any_order import (
    OWN,
    Product,
    Sum,
    added,
    chained,
    factors_of,
    lost_below,
    product_of,
    reach,
    scaled,
    sum_of,
    summed_rows,
)
from symattn.numeric.bounds.any_softmax import Exponentials, Softmax, below, logsumexp, softmax_of, weights_radius
from symattn.numeric.bounds.balls import Ball, magnitude, present
from symattn.numeric.bounds.contracts import Contract, contract
from symattn.numeric.bounds.formats import SINGLE
from symattn.numeric.bounds.mixtures import Mixture, mixed
from symattn.numeric.bounds.rounding import SMALLEST, outward, quiet
from symattn.numeric.entries import transposed
from symattn.numeric.linear_algebra import spectra

OWN_LIBRARY = 10 * OWN


class Tolerance:
    """Float64 balls that hold every implementation of the formula that keeps a `Contract` whose steps all round alike.

    promise    the contract, or its text, such as "eager bfloat16"; a fused one speaks of a single kernel here, and
               `keeping` knows what may be stored between one and the next

    Inputs are the exact entries of the arrays that the implementation is given; a constant that its dtype does not hold
    is rounded to it.

    >>> x = row("x", 3)
    >>> at = sample(x, values={x: [[1, 2, 3]]})
    >>> kept = [sa.numeric.Tolerance(promise) for promise in ("float16", "float16/float32")]
    >>> coarse, fine = (evaluate(x @ x.T, at, arithmetic).radius[0, 0] for arithmetic in kept)
    >>> bool(fine < coarse < 0.1)
    True

    Raises    UnknownName when the text is no contract
    """

    certain = False
    ordered = True

    def __init__(self, promise: Contract | str) -> None:
        self.contract = contract(promise)
        self.name = f"everybody who keeps {self.contract}"
        self.stored = self.contract.stored

    def _ball(self, value: Array, radius: Array, *parts: Ball, what: str = "a value", story: Any = None) -> Ball:
        """A ball; what may exceed the largest number of the dtype becomes 0 ± ∞."""
        size = np.abs(value)
        size += radius
        if size.max(initial=0) <= self.stored.largest:
            return Ball(value, radius, story)
        lost = ~(size <= self.stored.largest)
        why = next((part.why for part in parts if part.why), "")
        why = why or f"{what} may exceed {self.stored.largest:.5g}, the largest {self.stored.name}"
        kept = story if isinstance(story, Exponentials) else None  # any other would forget what is lost
        return Ball(np.where(lost, 0.0, value), np.where(lost, np.inf, radius), kept, why)

    def _stepped(self, value: Array, spread: Array, relative: float, *parts: Ball, what: str) -> Ball:
        """A value that its operands move by `spread` and that is then rounded, here and by the implementation."""
        own = outward(OWN_LIBRARY * magnitude(value) + 4 * SMALLEST, 2)
        size = outward(magnitude(value) + spread + own, 2)
        error = outward(relative * size + 4 * lost_below(self.contract), 2)
        return self._ball(value, outward(spread + own + error, 3 + propagation.ROUNDINGS), *parts, what=what)

    @quiet
    def returned(self, value: Ball) -> Ball:
        """What an implementation hands back: a value that it computed in a finer format rounds once to the dtype."""
        form = self.contract.returned
        if form == self.stored:
            return value
        size = outward(magnitude(value.value) + value.radius, 1)
        radius = outward(value.radius + np.where(present(value) > 0, form.unit * size + form.flushed, 0), 3)
        lost = ~(outward(size * (1 + form.unit), 2) <= form.largest)
        if not lost.any():
            return replace(value, bound=radius, story=None)
        why = value.why or f"the result may exceed {form.largest:.5g}, the largest {form.name}"
        return Ball(np.where(lost, 0.0, value.value), np.where(lost, np.inf, radius), None, why)

    @quiet
    def lift(self, entries: Array) -> Ball:
        near = FLOAT64.lift(np.asarray(entries))
        with np.errstate(all="ignore"):
            held = (near.radius == 0) & (self.stored.holds(near.value))
        rounding = np.where(held, 0, self.stored.unit * magnitude(near.value) + self.stored.flushed)
        vanishing = np.where(magnitude(near.value) < self.stored.flushed, magnitude(near.value), 0)
        return self._ball(near.value, outward(near.radius + rounding + vanishing, 3), what="an entry")

    @quiet
    def add(self, left: Ball, right: Ball) -> Ball:
        story = added(sum_of(left, "terms"), sum_of(right, "terms"))
        return self._ball(left.value + right.value, story.radius(self.contract), left, right, what="a sum", story=story)

    @quiet
    def rowsum(self, value: Ball) -> Ball:
        rows: Any = summed_rows(sum_of(value, "row"))
        total, radius = value.value.sum(axis=-1, keepdims=True), rows.radius(self.contract)
        known = isinstance(value.story, Exponentials) and value.story.rows is None and value.value.size > 0
        story = Exponentials(value.story.scores, rows) if known else rows
        return self._ball(total, radius, value, what="a sum of a row", story=story)

    @quiet
    def multiply(self, left: Ball, right: Ball) -> Ball:
        for number, other in ((left, right), (right, left)):
            if number.value.shape[-2:] == (1, 1):
                return self._scaled(number, other)
        value, spread = left.value * right.value, propagation.of_product(left, right)
        story = factors_of(left).times(factors_of(right), (reach(left), reach(right)))
        size = outward(magnitude(value) + spread, 2)
        error = (self.stored.unit + 2 * OWN) * size + lost_below(self.contract) * story.blocks
        exact = (magnitude(left.value) * magnitude(right.value) == 0) & (spread == 0)
        radius = outward(spread + np.where(exact | _one(left) | _one(right), 0, error), 6 + propagation.ROUNDINGS)
        return self._ball(value, radius, left, right, what="a product", story=story)

    def _scaled(self, number: Ball, other: Ball) -> Ball:
        value = number.value * other.value
        if isinstance(other.story, Mixture):
            values = scaled(other.story.values, product_of(number))
            C = replace(other.story.C, value=other.story.C.value * number.value)
            return self._mixture(Mixture(other.story.weights, values, C), value, other, number)
        if _one(number).all():
            kept = other.story if isinstance(other.story, Product | Sum) else None
            return Ball(value, other.radius, kept, other.why)
        return self.product(scaled(product_of(other), product_of(number)), value, number, other)

    @quiet
    def matmul(self, left: Ball, right: Ball) -> Ball:
        value = np.matmul(left.value, right.value)
        if isinstance(left.story, Softmax):
            return self._mixture(Mixture(left.story, product_of(right), right), value, left, right)
        if isinstance(left.story, Mixture):
            values = chained(left.story.values, product_of(right), self.contract)
            C = Ball(np.matmul(left.story.C.value, right.value), right.radius)
            return self._mixture(Mixture(left.story.weights, values, C), value, left, right)
        return self.product(chained(product_of(left), product_of(right), self.contract), value, left, right)

    def product(self, story: Product, value: Array, *parts: Ball) -> Ball:
        """A product of which that is known."""
        return self._ball(value, story.radius(self.contract), *parts, what="a product", story=story)

    def _mixture(self, story: Mixture, value: Array, *parts: Ball) -> Ball:
        radius = mixed(story, value, self.contract)
        radius = outward(radius + self.stored.unit * (magnitude(value) + radius) + lost_below(self.contract), 4)
        return self._ball(value, radius, *parts, what="a mixture of values", story=story)

    @quiet
    def reciprocal(self, value: Ball) -> Ball:
        zero, away = (value.value == 0) & (value.radius == 0), magnitude(value.value) > value.radius
        result = np.where(away, 1 / np.where(away, value.value, 1), 0.0)
        found = self._stepped(result, propagation.of_reciprocal(value), self.stored.unit, value, what="a reciprocal")
        why = found.why if away.all() else value.why or "the number under a reciprocal may be 0"
        return replace(found, bound=np.where(zero, 0, found.radius), why="" if (zero | away).all() else why)

    @quiet
    def exp(self, value: Ball) -> Ball:
        result = np.exp(value.value)
        room = outward(OWN_LIBRARY * result + 4 * SMALLEST, 2)
        spread = propagation.of_exp(result + room, value.radius)
        found = self._stepped(result, spread, self.stored.library, value, what="an exponential")
        return replace(found, story=Exponentials(value))

    @quiet
    def log(self, value: Ball) -> Ball:
        if isinstance(value.story, Exponentials) and value.story.rows is not None:
            return self._ball(*logsumexp(value.story.scores, self.contract), value.story.scores, what="a logarithm")
        away = value.value > value.radius
        result = np.log(np.where(away, value.value, 1))
        return self._stepped(result, propagation.of_log(value), self.stored.library, value, what="a logarithm")

    @quiet
    def cos(self, value: Ball) -> Ball:
        return self._turned(np.cos(value.value), value, "a cosine")

    @quiet
    def sin(self, value: Ball) -> Ball:
        return self._turned(np.sin(value.value), value, "a sine")

    def _turned(self, result: Array, value: Ball, what: str) -> Ball:
        """A function whose error near its zeros is small next to 1 only."""
        moves = (value.value != 0) | (value.radius > 0)
        spread = propagation.of_turn(value.radius) + np.where(moves, self.stored.library, 0)
        return self._stepped(result, outward(spread, 2), 0, value, what=what)

    @quiet
    def power(self, value: Ball, exponent: Fraction) -> Ball:
        zero, away = (value.value == 0) & (value.radius == 0), value.value > value.radius
        base = np.where(away, value.value, 1)
        result = np.where(away, np.power(base, float(exponent)), 0)
        steps = propagation.power_steps(base, exponent)
        room = outward(OWN_LIBRARY * steps * result, 4)
        spread = np.where(away, propagation.of_power(result + room, value, exponent) + room, np.inf)
        relative = float(self.stored.library * steps.max(initial=1))
        found = self._stepped(result, spread, relative, value, what="a power")
        return replace(found, bound=np.where(zero, 0, found.radius))

    @quiet
    def peaks(self, scores: Ball, mask: Ball | None) -> Ball | None:
        return FLOAT64.peaks(scores, mask)

    @quiet
    def softmax(self, scores: Ball, mask: Ball | None) -> Ball:
        if mask is not None and (mask.radius.any() or ((mask.value != 0) & (mask.value != 1)).any()):
            top = FLOAT64.peaks(scores, mask)
            shifted = scores if top is None else self.add(scores, Ball(-top.value, top.radius))
            weights = self.multiply(mask, self.exp(shifted))
            return self.multiply(weights, self.reciprocal(self.rowsum(weights)))
        seen = np.broadcast_to(1.0 if mask is None else magnitude(mask.value), scores.value.shape)
        story = softmax_of(scores, seen, self.contract)
        radius = partial(weights_radius, story, self.contract)
        if np.isfinite(story.D).all() and np.isfinite(below(story, self.contract)):
            return Ball(story.centre, radius, story)  # which the products of weights do not ask for
        return self._ball(story.centre, radius(), scores, what="a weight", story=story)

    def inverse(self, value: Ball) -> Ball:
        return spectra.inverse(value)

    @quiet
    def solved(self, value: Ball, inverse: Ball) -> Ball:
        """The inverse as it is found by elimination: each row or column x of it solves its equations with A + E for A.

        |E| ≤ e = 8 n² u max|A|, where u is that of float32 for a shorter dtype; so |x̂ - x| ≤ e |A⁻¹|1 1ᵀ|x̂|, which
        also holds for a product A⁻¹ B that is solved for.
        """
        size = value.value.shape[-1]
        if not size:
            return inverse
        inner, unit = reach(inverse), min(self.stored.unit, SINGLE)
        off = outward(8 * size**2 * unit * reach(value).max(axis=(-2, -1), keepdims=True), 4)
        rows, columns = inner.sum(axis=-1, keepdims=True), inner.sum(axis=-2, keepdims=True)
        share = outward(off * rows.sum(axis=-2, keepdims=True), 2 * size + 2)
        moved = np.where(share < 1, off * rows * columns / np.where(share < 1, 1 - share, 1), np.inf)
        radius = inverse.radius + moved + self.stored.unit * (inner + moved) + lost_below(self.contract)
        return self._ball(inverse.value, outward(radius, 4 * size + 12), inverse, what="an inverse")

    @quiet
    def factored(self, value: Ball) -> Ball:
        """A determinant by whoever adds up the logarithms of its factors: |log| times an error of the library."""
        size = np.where(value.value != 0, reach(value), 1.0)
        relative = self.stored.library * 2 * (1 + np.abs(np.log(size)))
        radius = outward(value.radius + relative * reach(value) + lost_below(self.contract), 8)
        return self._ball(value.value, radius, value, what="a determinant")

    @quiet
    def rearrange(self, move: Callable[..., Array], values: Sequence[Ball]) -> Ball:
        value, radius = move(*(part.value for part in values)), move(*(part.radius for part in values))
        why = next((part.why for part in values if part.why), "")
        first = values[0].story if len(values) == 1 else None
        if isinstance(first, Product) and move is transposed:
            return Ball(value, radius, first.turned, why)
        if isinstance(first, Sum) and move is transposed:
            return Ball(value, radius, first.turned, why)
        return Ball(value, radius, None, why)

    def shape(self, value: Ball) -> tuple[int, ...]:
        return value.value.shape

    def enclose(self, value: Ball) -> tuple[Array, Array]:
        return FLOAT64.enclose(value)

    def show(self, value: Ball, row: int, column: int) -> str:
        shown = FLOAT64.show(value, row, column)
        return f"unknown ({value.why})" if value.why and np.isinf(value.radius[row, column]) else shown

    def rank(self, value: Ball) -> tuple[int, int]:
        return spectra.rank_bounds(value)

    def positive_semidefinite(self, value: Ball) -> tuple[Truth, str]:
        return spectra.definiteness(value)


def _one(part: Ball) -> Array:
    return (magnitude(part.value) == 1) & (part.radius == 0)
