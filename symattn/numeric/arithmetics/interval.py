"""Intervals that certainly hold the value, from mpmath.

Two disjoint intervals prove that two expressions with exp differ: a counterexample that needs no trust in rounding.
Slow (microseconds an operation), so for small samples.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import fninf, fzero, mpf_neg, mpf_sign, mpi_cos_sin

from symattn.numeric.arithmetic import Array, Truth
from symattn.numeric.arithmetics.enclosures import definiteness, shares, upwards
from symattn.numeric.entries import entrywise, matrix_product, rational
from symattn.numeric.linear_algebra import elimination

STEEP = 2**512
"""exp of more than this is not computed: it would take log 2 to as many digits as the number has before its point."""


class Intervals:
    """Interval arithmetic at a precision in bits.  Each object has a context of its own.

    precision    in bits

    >>> claim = Equal(rowsum(softmax(row("s", 3))), ones(1, 1))
    >>> witness(claim, sample(claim), sa.numeric.Intervals(200)).holds
    True
    """

    certain = False
    ordered = True

    def __init__(self, precision: int = 100) -> None:
        self.context = MPIntervalContext()
        self.context.prec = precision
        self.name = f"intervals of {precision} bits"
        self.everything = self.context.mpf(["-inf", "inf"])
        self.nothing, self.one = self.context.mpf(0), self.context.mpf(1)
        self.field = elimination.Field(self._reciprocal, lambda entry: entry, self._nonzero, self._zero)

    def _from_exact(self, entry: Any) -> Any:
        number = Fraction(rational(entry))
        if number in (0, 1):
            return self.one if number else self.nothing
        top = self.context.mpf(number.numerator)
        return top if number.denominator == 1 else top / self.context.mpf(number.denominator)

    def _nonzero(self, entry: Any) -> bool:
        low, high = entry._mpi_
        return mpf_sign(low) > 0 or mpf_sign(high) < 0

    def _zero(self, entry: Any) -> bool:
        return all(end == fzero for end in entry._mpi_)

    def _positive(self, entry: Any) -> bool:
        return mpf_sign(entry._mpi_[0]) > 0

    def _reciprocal(self, entry: Any) -> Any:
        if self._zero(entry):
            return self.nothing
        return 1 / entry if self._nonzero(entry) else self.everything

    def _exp(self, entry: Any) -> Any:
        """At least 0 whatever the entry is, and known from the end that is within reach."""
        if abs(entry) < STEEP:
            return self.context.exp(entry)
        least = self.context.exp(entry.a).a if abs(entry.a) < STEEP else self.nothing
        most = self.context.exp(entry.b).b if abs(entry.b) < STEEP else 1 if entry.b < 0 else "inf"
        return self.context.mpf([least, most])

    def lift(self, entries: Array) -> Array:
        return entrywise(self._from_exact, np.asarray(entries))

    def add(self, left: Array, right: Array) -> Array:
        return left + right

    def multiply(self, left: Array, right: Array) -> Array:
        return left * right

    def matmul(self, left: Array, right: Array) -> Array:
        """Without the products with an exact 0, and with an exact 1 by itself: of selections there is little else."""
        if left.ndim > 2 or right.ndim > 2:
            return matrix_product(left, right, self.nothing)
        columns = [[(k, x) for k, x in enumerate(column) if x is not self.nothing] for column in right.T.tolist()]
        product = np.empty((left.shape[0], right.shape[1]), dtype=object)
        for i, row in enumerate(left.tolist()):
            for j, column in enumerate(columns):
                parts = [row[k] if x is self.one else row[k] * x for k, x in column if row[k] is not self.nothing]
                product[i, j] = sum(parts[1:], parts[0]) if parts else self.nothing
        return product

    def rowsum(self, value: Array) -> Array:
        return value.sum(axis=-1, keepdims=True, initial=self.nothing)

    def reciprocal(self, value: Array) -> Array:
        return entrywise(self._reciprocal, value)

    def power(self, value: Array, exponent: Fraction) -> Array:
        def one(entry: Any) -> Any:
            if self._zero(entry):
                return self.nothing
            if not self._positive(entry):
                return self.everything
            return self.context.exp(self._from_exact(exponent) * self.context.log(entry))

        return entrywise(one, value)

    def exp(self, value: Array) -> Array:
        return entrywise(self._exp, value)

    def log(self, value: Array) -> Array:
        return entrywise(lambda entry: self.context.log(entry) if self._positive(entry) else self.everything, value)

    def cos(self, value: Array) -> Array:
        return entrywise(lambda angle: self._turned(angle, 0), value)

    def sin(self, value: Array) -> Array:
        return entrywise(lambda angle: self._turned(angle, 1), value)

    def _turned(self, angle: Any, which: int) -> Any:
        return self.context.make_mpf(_cosine_and_sine(self.context.convert(angle)._mpi_, self.context.prec)[which])

    def peaks(self, scores: Array, mask: Array | None) -> None:
        return None  # the exponents of mpmath do not overflow

    def softmax(self, scores: Array, mask: Array | None) -> Array:
        weights = self.exp(scores) if mask is None else mask * self.exp(scores)
        result = np.empty(weights.shape, dtype=object)
        for place in np.ndindex(weights.shape[:-1]):
            result[place] = shares(weights[place], self.nothing, self._nonzero, self._reciprocal)
        return result

    def inverse(self, value: Array) -> Array:
        rows = elimination.inverse(value.tolist(), self.field)
        if rows is None:
            return entrywise(lambda entry: self.everything, value)
        flat = [entry + self.nothing for row in rows for entry in row]
        result = np.empty(value.shape, dtype=object)
        for place, entry in zip(np.ndindex(value.shape), flat, strict=True):
            result[place] = entry
        return result

    def rearrange(self, move: Callable[..., Array], values: Sequence[Array]) -> Array:
        return move(*values)

    def shape(self, value: Array) -> tuple[int, ...]:
        return value.shape

    def enclose(self, value: Array) -> tuple[Array, Array]:
        return entrywise(lambda entry: _ends(entry)[0], value), entrywise(lambda entry: _ends(entry)[1], value)

    def show(self, value: Array, row: int, column: int) -> str:
        low, high = _ends(value[row, column])
        least, most = f"{float(low):.10g}", f"{float(high):.10g}"
        return least if low == high else f"about {least}" if least == most else f"[{least}, {most}]"

    def rank(self, value: Array) -> tuple[int, int]:
        return elimination.rank(value.tolist(), self.field), min(value.shape)

    def positive_semidefinite(self, value: Array) -> tuple[Truth, str]:
        return definiteness(value.tolist(), _ends, self._zero)


@lru_cache(maxsize=256)
def _cosine_and_sine(ends: Any, precision: int) -> Any:
    """Both at once: who asks for one mostly asks for the other, and of the same angles again."""
    return mpi_cos_sin(ends, precision)


INTERVALS = Intervals()
"""At the usual precision: to make them takes as long as a small sample."""


def _ends(interval: Any) -> tuple[Fraction | float, Fraction | float]:
    """The two ends, exactly, or rounded outward where they are out of reach."""
    low, high = interval._mpi_
    return -_upwards(mpf_neg(low)), _upwards(high)


def _upwards(end: Any) -> Fraction | float:
    sign, mantissa, exponent, _ = end
    if not mantissa:
        return 0 if end == fzero else float("-inf") if end == fninf else float("inf")
    return upwards(-int(mantissa) if sign else int(mantissa), int(exponent))
