"""The arithmetic of a fused contract, kernel after kernel.

Whoever fuses attention computes scores, softmax and mixture in float32, but what goes from one kernel to the next is a
tensor of the dtype: projected queries, keys and values, the output of attention, sums with a residual stream.  So every
value is known twice: `fresh`, as a kernel computes it in float32 from the tensors that it is given, and `stored`, as it
may be when it was stored, with any step before it too.  Products take tensors, a softmax takes fresh scores, and steps
entry by entry go on with each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.arithmetics.tolerance import Tolerance
from symattn.numeric.bounds.any_order import chained, product_of
from symattn.numeric.bounds.any_softmax import Softmax
from symattn.numeric.bounds.balls import Ball, magnitude, present
from symattn.numeric.bounds.contracts import Contract, contract
from symattn.numeric.bounds.mixtures import Mixture
from symattn.numeric.bounds.rounding import outward, quiet

__all__ = ["Fused", "Written", "keeping"]


@dataclass(frozen=True, eq=False)
class Written:
    """A value as a kernel computes it, and as it may be when it was stored; both balls have one centre.

    What was stored is worked out when it is asked for: of scores it never is.
    """

    fresh: Ball
    store: Callable[[], Ball]

    @cached_property
    def stored(self) -> Ball:
        return self.store()

    @property
    def value(self) -> Array:
        return self.fresh.value

    @property
    def radius(self) -> Array:
        return self.stored.radius


Given = Written | Ball
"""A ball alone, such as a letter that somebody gives a value, is both."""


def keeping(promise: Contract | str) -> Tolerance | Fused:
    """The arithmetic whose balls hold everybody who keeps a contract.

    promise    the contract, or its text, such as "fused bfloat16"

    >>> sa.numeric.keeping("fused bfloat16").name
    'everybody who keeps fused bfloat16'

    Raises    UnknownName when the text is no contract
    """
    made = contract(promise)
    return Fused(made) if made.manner == "fused" else Tolerance(made)


class Fused:
    """Float64 balls that hold every implementation of the formula that keeps a fused contract."""

    certain = False
    ordered = True

    def __init__(self, promise: Contract) -> None:
        self.contract = promise
        self.name = f"everybody who keeps {promise}"
        self.inside = Tolerance(promise)
        self.outside = Tolerance(Contract(promise.dtype, "float32", promise.summation))

    def _each(self, verb: str, *parts: Given, **options: Any) -> Written:
        """A step that acts entry by entry, or on a row: inside of a kernel, and on what was stored."""
        pairs = [_pair(part) for part in parts]
        fresh = getattr(self.inside, verb)(*(part.fresh for part in pairs), **options)
        if isinstance(fresh.story, Mixture):
            return self._ended(fresh)
        return Written(fresh, lambda: getattr(self.outside, verb)(*(part.stored for part in pairs), **options))

    def _ended(self, fresh: Ball) -> Written:
        """What a kernel of attention ends with, which is stored at most once; what overflows then stays unknown."""

        def stored() -> Ball:
            once = self.inside.returned(fresh)
            return replace(once, story=fresh.story) if np.isfinite(once.radius).all() else once

        return Written(fresh, stored)

    @quiet
    def returned(self, value: Given) -> Ball:
        """What an implementation hands back: rounded once by the last kernel, or as a step that stored it left it."""
        pair = _pair(value)
        return _wider(self.inside.returned(pair.fresh), pair.stored)

    def lift(self, entries: Array) -> Written:
        return Written(self.inside.lift(entries), partial(self.outside.lift, entries))

    def add(self, left: Given, right: Given) -> Written:
        return self._each("add", left, right)

    def multiply(self, left: Given, right: Given) -> Written:
        """Entry by entry; beside what a kernel of attention ends with, a tensor."""
        pairs = [_pair(left), _pair(right)]
        mixtures = [isinstance(pair.fresh.story, Mixture) for pair in pairs]
        if any(mixtures):
            pairs = [p if mixture else _pair(p.stored) for p, mixture in zip(pairs, mixtures, strict=True)]
        return self._each("multiply", *pairs)

    def rowsum(self, value: Given) -> Written:
        return self._each("rowsum", value)

    def reciprocal(self, value: Given) -> Written:
        return self._each("reciprocal", value)

    def exp(self, value: Given) -> Written:
        return self._each("exp", value)

    def log(self, value: Given) -> Written:
        return self._each("log", value)

    def cos(self, value: Given) -> Written:
        return self._each("cos", value)

    def sin(self, value: Given) -> Written:
        return self._each("sin", value)

    def power(self, value: Given, exponent: Fraction) -> Written:
        return self._each("power", value, exponent=exponent)

    def inverse(self, value: Given) -> Written:
        return self._each("inverse", value)

    def solved(self, value: Given, inverse: Given) -> Written:
        return self._each("solved", value, inverse)

    def factored(self, value: Given) -> Written:
        return self._each("factored", value)

    @quiet
    def matmul(self, left: Given, right: Given) -> Written:
        """A product of tensors; of weights and values, and what that is multiplied by, a mixture."""
        one, other = _pair(left), _pair(right)
        if isinstance(one.fresh.story, Softmax | Mixture):
            return self._ended(self.inside.matmul(one.fresh, other.stored))
        story = chained(product_of(one.stored), product_of(other.stored), self.contract)
        unstored = replace(story, kept=story.kept + story.steps - 1)  # the results of earlier products were
        parts = np.matmul(one.stored.value, other.stored.value), one.stored, other.stored
        return Written(self.inside.product(unstored, *parts), partial(quiet(self.outside.product), story, *parts))

    def peaks(self, scores: Given, mask: Given | None) -> Ball | None:
        return self.inside.peaks(_pair(scores).fresh, None if mask is None else _pair(mask).fresh)

    def softmax(self, scores: Given, mask: Given | None) -> Written:
        shown = None if mask is None else _pair(mask)
        fresh = self.inside.softmax(_pair(scores).fresh, None if shown is None else shown.fresh)
        if isinstance(fresh.story, Softmax):
            return Written(fresh, lambda: fresh)  # that the weights round once is in their radius
        stored = None if shown is None else shown.stored
        return Written(fresh, lambda: self.outside.softmax(_pair(scores).stored, stored))

    def rearrange(self, move: Callable[..., Array], values: Sequence[Given]) -> Written:
        pairs = [_pair(value) for value in values]
        fresh = self.inside.rearrange(move, [pair.fresh for pair in pairs])
        return Written(fresh, lambda: self.outside.rearrange(move, [pair.stored for pair in pairs]))

    def shape(self, value: Given) -> tuple[int, ...]:
        return self.inside.shape(_pair(value).fresh)

    def enclose(self, value: Given) -> tuple[Array, Array]:
        return self.inside.enclose(_pair(value).stored)

    def show(self, value: Given, row: int, column: int) -> str:
        return self.inside.show(_pair(value).stored, row, column)

    def rank(self, value: Given) -> tuple[int, int]:
        return self.inside.rank(_pair(value).stored)

    def positive_semidefinite(self, value: Given) -> tuple[Truth, str]:
        return self.inside.positive_semidefinite(_pair(value).stored)


def _pair(value: Given) -> Written:
    return value if isinstance(value, Written) else Written(value, lambda: value)


def _wider(one: Ball, other: Ball) -> Ball:
    """A ball that holds both, about the first centre."""
    apart = magnitude(one.value - other.value)
    radius = np.maximum(one.radius, outward(other.radius + apart, 2) * (present(other) > 0))
    return Ball(one.value, radius, None, one.why or other.why)
