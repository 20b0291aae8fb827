"""An arithmetic in which somebody's function computes some steps.

Its value stands in the ball, with the radius that the contract gives whoever computes the step rightly.  So a right
function never contradicts a theorem, and a wrong one is held to the same bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.calls import Tested
from symattn.numeric.arithmetic import Arithmetic
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.rounding import outward

__all__ = ["Measured", "StandIn", "entries_of", "measured", "starting"]

Array = Any


class Measured:
    """An entry that is known to within a radius: how the value of a letter that was computed gets into a sample."""

    __slots__ = ("radius", "value")

    def __init__(self, value: float, radius: float) -> None:
        self.value, self.radius = value, radius


def entries_of(ball: Ball) -> Array:
    """The ball as an array of `Measured`."""
    pairs = zip(ball.value.ravel(), ball.radius.ravel(), strict=True)
    entries = np.empty(ball.value.shape, dtype=object)
    entries.ravel()[:] = [Measured(float(value), float(radius)) for value, radius in pairs]
    return entries


def starting(value: Ball, dtype: str) -> Ball:
    """The ball around the nearest numbers that a function of this dtype can be given."""
    given = rounded(value.value, dtype)
    moved = np.abs(given - np.asarray(value.value, dtype=np.float64))
    return value if not moved.any() else Ball(given, outward(value.radius + moved, 3))


def measured(got: Array, allowed: Ball) -> Ball:
    """What a function returned, and how far the exact value is from it when the function is right."""
    away = np.abs(got - np.asarray(allowed.value, dtype=np.float64))
    radius = outward(allowed.radius + np.minimum(away, allowed.radius), 4)
    lost = ~np.isfinite(got) & ~np.isfinite(allowed.radius)
    return Ball(np.where(lost, 0.0, got), np.where(lost, np.inf, radius))


class StandIn:
    """An arithmetic with functions in place of some of its verbs softmax, exp and log."""

    def __init__(self, base: Arithmetic, functions: Mapping[str, Tested]) -> None:
        self.base = base
        self.functions = dict(functions)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.base, name)

    def lift(self, entries: Array) -> Any:
        given = np.asarray(entries)
        if given.dtype != object or not given.size or not isinstance(given.flat[0], Measured):
            return self.base.lift(entries)
        values = np.array([entry.value for entry in given.flat], dtype=np.float64).reshape(given.shape)
        radii = np.array([entry.radius for entry in given.flat], dtype=np.float64).reshape(given.shape)
        return Ball(values, radii)

    def softmax(self, scores: Ball, mask: Ball | None) -> Ball:
        extra = {} if mask is None else {"mask": mask}
        return self._step("softmax", {"scores": scores} | extra, lambda start: self.base.softmax(start, mask))

    def exp(self, value: Ball) -> Ball:
        return self._step("exp", {"value": value}, self.base.exp)

    def log(self, value: Ball) -> Ball:
        return self._step("log", {"value": value}, self.base.log)

    def _returned(self, value: Ball) -> Ball:
        """With the rounding of the result, where the contract computes in a finer format."""
        last = getattr(self.base, "returned", None)
        return value if last is None else last(value)

    def _step(self, name: str, given: dict[str, Ball], rule: Callable[[Ball], Ball]) -> Ball:
        first, tested = next(iter(given)), self.functions.get(name)
        if tested is None:
            return rule(given[first])
        start = starting(given[first], tested.dtype)
        allowed = self._returned(rule(start))
        arguments = {key: np.asarray(ball.value, dtype=np.float64) for key, ball in given.items()}
        arguments[first] = np.asarray(start.value, dtype=np.float64)
        shape = allowed.value.shape
        got = tested(arguments, shape, at="×".join(map(str, shape)))
        return measured(got, allowed)
