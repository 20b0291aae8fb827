"""What an arithmetic must offer so that a formula can be evaluated in it.

The walk over the formula (`walk`) speaks only these verbs, so one text serves exact numbers, floating point with
error bounds, intervals, integers modulo a prime, and dual numbers over any of them.  The next files are they.

A value holds arrays of shape (..., rows, columns).  A scalar is 1×1 and combines with any matrix entry by entry.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, Protocol

from symattn.errors import Undecided

Value = Any
Array = Any


class NotExact(Undecided):
    """The value exists, but this arithmetic cannot hold it: log 3 among the rationals, an order modulo a prime.

    message            what is shown
    reason, verdict    as for `Undecided`

    >>> evaluate(log(3 * ones(1, 1)), sample(ones(1, 1)), sa.numeric.EXACT)
    Traceback (most recent call last):
        ...
    symattn.numeric.arithmetic.NotExact: log(3) is not rational: ...
    """


class OneByOne(Exception):
    """Several values cannot be judged at once here, so that whoever asked takes one after the other."""


class Truth(Enum):
    """What an evaluation establishes about a claim.

    TRUE and FALSE are certain.  CONSISTENT: nothing contradicts the claim within the error bound that was computed.
    UNKNOWN: the bound is too wide, or the claim cannot be tested here.
    """

    TRUE = "true"
    CONSISTENT = "consistent"
    UNKNOWN = "unknown"
    FALSE = "false"


class Arithmetic(Protocol):
    """The verbs.  `certain`: a value is the value itself, not an enclosure.  `ordered`: ≤ and > have a meaning."""

    @property
    def name(self) -> str: ...

    @property
    def certain(self) -> bool: ...

    @property
    def ordered(self) -> bool: ...

    def lift(self, entries: Array) -> Value:
        """The value of given entries: an array of int, Fraction or float, of shape (rows, columns)."""

    def add(self, left: Value, right: Value) -> Value: ...

    def multiply(self, left: Value, right: Value) -> Value:
        """Entry by entry."""

    def matmul(self, left: Value, right: Value) -> Value: ...

    def rowsum(self, value: Value) -> Value: ...

    def reciprocal(self, value: Value) -> Value:
        """Entry by entry, with 1/0 = 0."""

    def power(self, value: Value, exponent: Fraction) -> Value:
        """Entry by entry."""

    def exp(self, value: Value) -> Value: ...

    def log(self, value: Value) -> Value: ...

    def cos(self, value: Value) -> Value: ...

    def sin(self, value: Value) -> Value: ...

    def softmax(self, scores: Value, mask: Value | None) -> Value:
        """Rows of mask∘exp(scores), each divided by its sum; a row whose sum is 0 stays 0."""

    def peaks(self, scores: Value, mask: Value | None) -> Value | None:
        """For each row a number that may be subtracted from it before exp, known exactly; None when none is needed."""

    def inverse(self, value: Value) -> Value: ...

    def rearrange(self, move: Callable[..., Array], values: Sequence[Value]) -> Value:
        """Move entries about without arithmetic: transposes, blocks, parts.  `move` acts on the last two axes."""

    def shape(self, value: Value) -> tuple[int, ...]: ...

    def enclose(self, value: Value) -> tuple[Array, Array]:
        """Entrywise certain bounds (lower, upper); without an order only 0 and not 0 can be told apart."""

    def show(self, value: Value, row: int, column: int) -> str: ...

    def rank(self, value: Value) -> tuple[int, int]:
        """Certain bounds (at least, at most)."""

    def positive_semidefinite(self, value: Value) -> tuple[Truth, str]:
        """Whether a square value, already known to be symmetric, has x A xᵀ ≥ 0; and the reason."""
