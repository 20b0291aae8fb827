"""Balls of python-flint.  Certain like intervals, as fast as exact numbers, at any number of bits.

Entries are `arb`, a centre of so many bits with a radius that every operation rounds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.arithmetics.enclosures import definiteness, shares, upwards
from symattn.numeric.arithmetics.engines import need
from symattn.numeric.entries import entrywise, rational
from symattn.numeric.linear_algebra import elimination


class Balls:
    """Ball arithmetic: each entry a centre with a radius, as fast as exact numbers, certain like intervals.

    precision    in bits

    Raises    MissingExtra when python-flint is not installed
    """

    certain = False
    ordered = True

    def __init__(self, precision: int = 128) -> None:
        need("flint", "flint")
        import flint

        self.flint = flint
        self.precision = precision
        self.name = f"balls of {precision} bits"
        self.nothing = flint.arb(0)
        self.field = elimination.Field(self._reciprocal, lambda entry: entry, self._nonzero, self._zero)

    @contextmanager
    def _bits(self) -> Iterator[None]:
        """The precision of python-flint is one for the whole process; it is put back."""
        before = self.flint.ctx.prec
        self.flint.ctx.prec = self.precision
        try:
            yield
        finally:
            self.flint.ctx.prec = before

    @property
    def _everything(self) -> Any:
        return self.flint.arb(0, float("inf"))

    def _each(self, function: Callable[[Any], Any], value: Array) -> Array:
        with self._bits():
            return entrywise(function, value)

    def _from_exact(self, entry: Any) -> Any:
        number = Fraction(rational(entry))
        return self.flint.arb(self.flint.fmpq(number.numerator, number.denominator))

    def _nonzero(self, entry: Any) -> bool:
        return not entry.contains(0)

    def _zero(self, entry: Any) -> bool:
        return bool(entry.is_zero())

    def _reciprocal(self, entry: Any) -> Any:
        if self._zero(entry):
            return self.nothing
        return 1 / entry if self._nonzero(entry) else self._everything

    def lift(self, entries: Array) -> Array:
        return self._each(self._from_exact, np.asarray(entries))

    def add(self, left: Array, right: Array) -> Array:
        with self._bits():
            return left + right

    def multiply(self, left: Array, right: Array) -> Array:
        with self._bits():
            return left * right

    def matmul(self, left: Array, right: Array) -> Array:
        lead = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
        result = np.empty((*lead, left.shape[-2], right.shape[-1]), dtype=object)
        left, right = (np.broadcast_to(part, (*lead, *part.shape[-2:])) for part in (left, right))
        with self._bits():
            for place in np.ndindex(*lead):
                result[place] = self._product(left[place], right[place])
        return result

    def _product(self, left: Array, right: Array) -> Array:
        if 0 in (*left.shape, right.shape[1]):
            return np.full((len(left), right.shape[1]), self.nothing, dtype=object)
        product = self.flint.arb_mat(left.tolist()) * self.flint.arb_mat(right.tolist())
        return _array(product.tolist(), (len(left), right.shape[1]))

    def rowsum(self, value: Array) -> Array:
        with self._bits():
            return value.sum(axis=-1, keepdims=True, initial=self.nothing)

    def reciprocal(self, value: Array) -> Array:
        return self._each(self._reciprocal, value)

    def power(self, value: Array, exponent: Fraction) -> Array:
        def one(entry: Any) -> Any:
            if self._zero(entry):
                return self.nothing
            return (self._from_exact(exponent) * entry.log()).exp() if entry > 0 else self._everything

        return self._each(one, value)

    def exp(self, value: Array) -> Array:
        return self._each(lambda entry: entry.exp(), value)

    def log(self, value: Array) -> Array:
        return self._each(lambda entry: entry.log() if entry > 0 else self._everything, value)

    def cos(self, value: Array) -> Array:
        return self._each(lambda entry: entry.cos(), value)

    def sin(self, value: Array) -> Array:
        return self._each(lambda entry: entry.sin(), value)

    def peaks(self, scores: Array, mask: Array | None) -> None:
        return None  # the exponents of arb do not overflow

    def softmax(self, scores: Array, mask: Array | None) -> Array:
        with self._bits():
            weights = entrywise(lambda entry: entry.exp(), scores)
            weights = weights if mask is None else mask * weights
            result = np.empty(weights.shape, dtype=object)
            for place in np.ndindex(weights.shape[:-1]):
                result[place] = shares(weights[place], self.nothing, self._nonzero, self._reciprocal)
        return result

    def inverse(self, value: Array) -> Array:
        if value.size == 0:
            return value
        with self._bits():
            try:
                found = self.flint.arb_mat(value.tolist()).inv()
            except ZeroDivisionError:
                return entrywise(lambda entry: self._everything, value)
            return _array(found.tolist(), value.shape)

    def rearrange(self, move: Callable[..., Array], values: Sequence[Array]) -> Array:
        return move(*values)

    def shape(self, value: Array) -> tuple[int, ...]:
        return value.shape

    def enclose(self, value: Array) -> tuple[Array, Array]:
        return self._each(lambda entry: _ends(entry)[0], value), self._each(lambda entry: _ends(entry)[1], value)

    def show(self, value: Array, row: int, column: int) -> str:
        return str(value[row, column].str(15))

    def rank(self, value: Array) -> tuple[int, int]:
        with self._bits():
            return elimination.rank(value.tolist(), self.field), min(value.shape)

    def positive_semidefinite(self, value: Array) -> tuple[Truth, str]:
        with self._bits():
            return definiteness(value.tolist(), _ends, self._zero)


def _array(rows: list[list[Any]], shape: tuple[int, ...]) -> Array:
    result = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        result[place] = rows[place[0]][place[1]]
    return result


def _ends(entry: Any) -> tuple[Fraction | float, Fraction | float]:
    """The two ends, rounded outward to the precision, and further where they are out of reach."""
    if not entry.is_finite():
        return float("-inf"), float("inf")
    return -_upwards(-entry.lower()), _upwards(entry.upper())


def _upwards(end: Any) -> Fraction | float:
    return upwards(*map(int, end.man_exp()))
