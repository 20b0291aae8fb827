"""The exact value of an expression at a sample, and how far whoever keeps a contract may be from it.

The only place where the layer meets the arithmetics of `numeric`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import preorder_traversal

from symattn.checks.harness.attention_parts import is_attention
from symattn.errors import UnknownName, layout
from symattn.numeric.arithmetic import Arithmetic
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.arithmetics.interval import Intervals
from symattn.numeric.arithmetics.tolerance import Tolerance
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract, contract
from symattn.numeric.bounds.formats import SINGLE, named
from symattn.numeric.bounds.rounding import SMALLEST, outward, quiet
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample
from symattn.numeric.shapes import whole_size

__all__ = ["Target", "agreed", "target"]

Array = Any

INTERVALS = Intervals(120)
MOST_EXACT = 1500  # entries of all steps that are computed in intervals, some tenths of a second's worth
FAR_BELOW = 2.0**-12  # a float64 enclosure this much smaller than the bound adds nothing that anyone could see


@dataclass(frozen=True, eq=False)
class Target:
    """The exact value, to within `blur`, and the ball that holds the result of everyone who keeps the contract."""

    exact: Array
    blur: Array
    ball: Ball
    kept: Contract
    arithmetic: Arithmetic

    @property
    def bound(self) -> Array:
        """How far a result may be from `exact`; infinite where nothing is known."""
        drift = np.abs(self.exact - np.asarray(self.ball.value, dtype=np.float64))
        return outward(self.ball.radius + self.blur + drift, 6) + SMALLEST

    @property
    def decides(self) -> bool:
        """Whether a wrong result could be told in some entry."""
        return not self.bound.size or bool(np.isfinite(self.bound).any())

    @quiet
    def misses(self, got: Array) -> Array:
        """Where a result is certainly not one that the contract allows."""
        known = np.isfinite(self.bound)
        return known & ~(np.abs(got - self.exact) * (1 - 2.0**-51) <= self.bound)

    def holds(self, got: Array) -> bool:
        """Whether every entry is allowed, and each is bounded."""
        return bool(np.isfinite(self.bound).all()) and not self.misses(got).any()


def agreed(given: str | Contract | None, dtype: str, expr: Any = None) -> Contract:
    """The contract that is meant.

    Without one every step may round to the dtype, in any order of summation; but whoever computes attention in 16 bits
    is taken to form scores, softmax and sums in float32, as every kernel does.

    Raises    UnknownName when it is none, or one of another dtype
    """
    if given is None:
        fused = named(dtype).unit > SINGLE and expr is not None and is_attention(expr)
        return Contract(dtype, manner="fused" if fused else "eager")
    made = contract(given)
    if made.dtype != dtype:
        pairs = [("contract", str(made)), ("dtype", dtype)]
        raise UnknownName(layout("the contract is about another dtype", pairs, f"pass dtype={made.dtype!r} too"))
    return made


@quiet
def target(expr: Any, at: Sample, kept: Contract) -> Target:
    """What an expression is at a sample, and what an implementation may return.

    The exact value comes from float64 with its own bound, or from intervals of 120 bits where that is not far below
    what the contract allows, unless there are too many entries for them: then the bound is about twice as wide.
    """
    arithmetic = Tolerance(kept)
    ball = arithmetic.returned(Walk(at, arithmetic).value(expr))
    rough = Walk(at, FLOAT64).value(expr)
    if (rough.radius <= ball.radius * FAR_BELOW).all() or _entries(expr, at) > MOST_EXACT:
        return Target(rough.value, rough.radius, ball, kept, arithmetic)
    low, high = INTERVALS.enclose(Walk(at, INTERVALS).value(expr))
    ends = [_nearest(low), _nearest(high)]
    middle = ends[0] / 2 + ends[1] / 2
    blur = np.maximum(ends[1] - middle, middle - ends[0])
    return Target(middle, outward(blur + 2.0**-52 * np.abs(middle), 4) + SMALLEST, ball, kept, arithmetic)


def _entries(expr: Any, at: Sample) -> int:
    """How many entries the matrices in a formula have, each node once, over one head."""
    nodes = {node for node in preorder_traversal(expr) if getattr(node, "is_Matrix", False)}
    return sum(whole_size(node.shape[0], at.sizes) * whole_size(node.shape[1], at.sizes) for node in nodes)


def _nearest(ends: Array) -> Array:
    """Ends of intervals as float64, each to within half a unit in its last place."""
    return np.array([_float(end) for end in ends.flat], dtype=np.float64).reshape(ends.shape)


def _float(end: Fraction | float) -> float:
    try:
        return float(end)
    except OverflowError:
        return float("inf") if end > 0 else float("-inf")
