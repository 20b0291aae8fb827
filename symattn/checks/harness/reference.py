"""The exact value of an expression at a sample, and how far whoever keeps a contract may be from it.

The only place where the layer meets the arithmetics of `numeric`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sympy import preorder_traversal

from symattn.checks.harness.attention_parts import is_attention
from symattn.errors import UnknownName, layout
from symattn.numeric.arithmetic import Arithmetic
from symattn.numeric.arithmetics.double_double import DoubleDouble
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.arithmetics.fused import keeping
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract, contract
from symattn.numeric.bounds.formats import SINGLE, named
from symattn.numeric.bounds.rounding import SMALLEST, outward, quiet
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample
from symattn.numeric.shapes import whole_size

__all__ = ["Target", "agreed", "beyond", "target"]

Array = Any

MOST_EXACT = 3_000_000  # entries of all steps that are computed in double-double numbers, in a second or two
FAR_BELOW = 2.0**-12  # a float64 enclosure this much smaller than the bound adds nothing that anyone could see


@dataclass(frozen=True, eq=False)
class Target:
    """The ball that holds the result of everyone who keeps the contract, and the exact value of the expression.

    What is judged is the distance from the centre, to which the radius belongs.  So the exact value is needed for
    messages only, and computed when one is written.
    """

    expr: Any
    at: Sample
    kept: Contract
    arithmetic: Arithmetic
    ball: Ball

    @property
    def value(self) -> Array:
        """The centre, in float64."""
        return self.ball.value

    @cached_property
    def bound(self) -> Array:
        """How far a result may be from the centre; infinite where nothing is known."""
        return outward(self.ball.radius, 4) + SMALLEST

    @property
    def decides(self) -> bool:
        """Whether a wrong result could be told in some entry."""
        return not self.bound.size or bool(np.isfinite(self.bound).any())

    @cached_property
    def rough(self) -> Ball:
        """The exact value by float64 with its own bound, which no contract widens."""
        found: Ball = Walk(self.at, FLOAT64).value(self.expr)
        return found

    @cached_property
    def exact(self) -> Array:
        """The exact value: from float64, or double-double numbers where its error could be seen beside the bound and
        there are not too many entries for them."""
        if (self.rough.radius <= self.bound * FAR_BELOW).all() or _entries(self.expr, self.at) > MOST_EXACT:
            return self.rough.value
        longer = Walk(self.at, DoubleDouble()).value(self.expr)
        return np.where(longer.radius < self.rough.radius, longer.high, self.rough.value)

    def misses(self, got: Array) -> Array:
        """Where a result is certainly not one that the contract allows."""
        return beyond(got, self.value, self.bound)

    def holds(self, got: Array) -> bool:
        """Whether every entry is allowed, and each is bounded."""
        return bool(np.isfinite(self.bound).all()) and not self.misses(got).any()


@quiet
def beyond(got: Array, centre: Array, bound: Array) -> Array:
    """Where a result is certainly further from the centre than the bound; nowhere that the bound is infinite."""
    return np.isfinite(bound) & ~(np.abs(got - centre) * (1 - 2.0**-51) <= bound)


def agreed(given: str | Contract | None, dtype: str, expr: Any = None) -> Contract:
    """The contract that is meant.

    Without one every step may round to the dtype, in any order of summation; but whoever computes attention in 16 bits
    is taken to form scores, softmax and sums in float32, as every kernel does, also inside of a layer.

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
    """What an implementation of an expression may return at a sample."""
    arithmetic = keeping(kept)
    return Target(expr, at, kept, arithmetic, arithmetic.returned(Walk(at, arithmetic).value(expr)))


def _entries(expr: Any, at: Sample) -> int:
    """How many entries the matrices in a formula have, each node once, over one head."""
    nodes = {node for node in preorder_traversal(expr) if getattr(node, "is_Matrix", False)}
    return sum(whole_size(node.shape[0], at.sizes) * whole_size(node.shape[1], at.sizes) for node in nodes)
