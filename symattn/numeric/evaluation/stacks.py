"""Any arithmetic on several values at once: the values that a quantifier tries, side by side on a leading axis.

What acts on the last two axes is that of the arithmetic itself; a value that is the same for all has no such axis.
What needs one matrix at a time raises `OneByOne`, and whoever asked takes the values one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from symattn.numeric.arithmetic import Arithmetic, Array, OneByOne, Truth, Value
from symattn.numeric.arithmetics.exact import Exact
from symattn.numeric.arithmetics.floats import Floats
from symattn.numeric.arithmetics.interval import Intervals
from symattn.numeric.arithmetics.modular import Modular

STACKABLE = (Exact, Floats, Intervals, Modular)  # not what calls somebody's function, which expects one matrix


class Stacked:
    """An arithmetic on values of which some have several matrices, the same number of them."""

    def __init__(self, base: Arithmetic) -> None:
        self.base = base
        self.name = base.name
        self.certain = base.certain
        self.ordered = base.ordered

    def lift(self, entries: Array) -> Value:
        return self.base.lift(entries)

    def add(self, left: Value, right: Value) -> Value:
        return self.base.add(left, right)

    def multiply(self, left: Value, right: Value) -> Value:
        return self.base.multiply(left, right)

    def matmul(self, left: Value, right: Value) -> Value:
        return self.base.matmul(left, right)

    def rowsum(self, value: Value) -> Value:
        return self.base.rowsum(value)

    def reciprocal(self, value: Value) -> Value:
        return self.base.reciprocal(value)

    def power(self, value: Value, exponent: Fraction) -> Value:
        return self.base.power(value, exponent)

    def exp(self, value: Value) -> Value:
        return self.base.exp(value)

    def log(self, value: Value) -> Value:
        return self.base.log(value)

    def cos(self, value: Value) -> Value:
        return self.base.cos(value)

    def sin(self, value: Value) -> Value:
        return self.base.sin(value)

    def softmax(self, scores: Value, mask: Value | None) -> Value:
        return self.base.softmax(*self._alike(scores, mask))

    def peaks(self, scores: Value, mask: Value | None) -> Value | None:
        return self.base.peaks(*self._alike(scores, mask))

    def _alike(self, scores: Value, mask: Value | None) -> tuple[Value, Value | None]:
        if mask is None:
            return scores, None
        return self.rearrange(lambda a, _: a, [scores, mask]), self.rearrange(lambda _, b: b, [scores, mask])

    def inverse(self, value: Value) -> NoReturn:
        raise OneByOne

    def rearrange(self, move: Callable[..., Array], values: Sequence[Value]) -> Value:
        return self.base.rearrange(lambda *parts: move(*_repeated(parts)), values)

    def shape(self, value: Value) -> tuple[int, ...]:
        return self.base.shape(value)[-2:]

    def enclose(self, value: Value) -> tuple[Array, Array]:
        return self.base.enclose(value)

    def show(self, value: Value, row: int, column: int) -> str:
        return self.base.show(value, row, column)

    def rank(self, value: Value) -> tuple[int, int]:
        raise OneByOne

    def positive_semidefinite(self, value: Value) -> tuple[Truth, str]:
        raise OneByOne


def _repeated(parts: Sequence[Array]) -> Sequence[Array]:
    """Arrays of which those without the leading axis get it."""
    if len({part.ndim for part in parts}) < 2:
        return parts
    lead = max(parts, key=np.ndim).shape[:-2]
    return [np.broadcast_to(part, (*lead, *part.shape[-2:])) for part in parts]


def stack_of(values: Sequence[Any]) -> Array:
    """Values of one letter, side by side; a scalar is 1×1."""
    entries = np.stack([np.asarray(value) for value in values])
    return entries if entries.ndim > 1 else entries.reshape(-1, 1, 1)
