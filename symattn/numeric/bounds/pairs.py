"""Double-double numbers: a float64, what it could not hold, and how far the two may be from the exact number.

    x = high + low ± radius,    high = fl(high + low), so |low| ≤ u |high|,    u = 2⁻⁵³

About 106 digits, vectorised, from NumPy alone.  The sums are Dekker's, their rounding is that of Joldes, Muller and
Popescu, "Tight and rigorous error bounds for basic building blocks of double-word arithmetic", ACM TOMS 44, 2017; here
the radius is not their constant but what this very run lost, where that is known exactly:

sum         two_sum thrice: what the last one leaves over is dropped, and its size is the rounding
product     9 u² |x y|, and nothing where both have no low part: then the pair is the product
dot         slices of whole numbers, whose products of matrices are exact in any order of summation

Exponents are those of float64: what overflows becomes 0 ± ∞, what underflows is in the radius.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.error_free import DIGITS, FAINT, LOST, quick_two_sum, slices, two_product, two_sum
from symattn.numeric.bounds.rounding import SMALLEST, outward

UNIT = 2.0**-53
ENOUGH = 112  # digits below the largest of a row that a product of matrices looks at


@dataclass(frozen=True, eq=False)
class Pair:
    """high + low ± radius, arrays of one shape."""

    high: Array
    low: Array
    radius: Array

    @property
    def size(self) -> Array:
        """|high + low|, rounded up."""
        return outward(np.abs(self.high), 1)

    @property
    def present(self) -> Array:
        """Whether an entry may differ from 0."""
        return (self.high != 0) | (self.radius > 0)

    @property
    def still(self) -> Pair:
        """The centre, as a number that is known."""
        return Pair(self.high, self.low, np.zeros_like(self.high))

    def __getitem__(self, place: Any) -> Pair:
        return Pair(self.high[place], self.low[place], self.radius[place])


def pair(high: Array, low: Array, radius: Array) -> Pair:
    """A pair whose numbers are finite: what overflowed is 0 ± ∞."""
    lost = ~(np.isfinite(high) & np.isfinite(low) & (radius < np.inf))  # 0·∞ too
    if lost.any():
        high, low, radius = (np.where(lost, other, part) for part, other in ((high, 0), (low, 0), (radius, np.inf)))
    return Pair(high, low, radius)


def known(entries: Array) -> Pair:
    """Float64 numbers as they are."""
    value = np.asarray(entries, dtype=np.float64)
    return Pair(value, np.zeros_like(value), np.zeros_like(value))


def total(x: Pair, y: Pair) -> Pair:
    """x + y.

    high₁ + high₂ = s + e and low₁ + low₂ = t + f exactly, then e + t = c + g exactly; s + c is kept, f + g is dropped.
    """
    s, e = two_sum(x.high, y.high)
    t, f = two_sum(x.low, y.low)
    c, g = two_sum(e, t)
    dropped = np.abs(f) + np.abs(g)
    return pair(*two_sum(s, c), outward(x.radius + y.radius + dropped, 3))


def negative(x: Pair) -> Pair:
    return Pair(-x.high, -x.low, x.radius)


def product(x: Pair, y: Pair) -> Pair:
    """x y, entry by entry.

    high₁ high₂ = p + e exactly, |e| ≤ u |p|.  To e are added t = high₁ low₂ + low₁ high₂, of which each product is at
    most u (1 + u) |p|.  Their roundings lose u² |p| each, that of their sum 2 u² |p|, that of e + t 3 u² |p|, and
    low₁ low₂, which is dropped, is u² |p| more: 8 u² |p| and terms in u³, so 9 u² |p|.  Without low parts t is 0 and
    e + t = e does not round.  Below FAINT e and all these are less than LOST.

    The radii move the product by |x| s + r (|y| + s).
    """
    p, e = two_product(x.high, y.high)
    t = x.high * y.low + x.low * y.high
    faint = (np.abs(p) < FAINT) & (x.high != 0) & (y.high != 0)
    rounding = np.where((x.low != 0) | (y.low != 0), 9 * UNIT**2 * np.abs(p), 0.0) + np.where(faint, 8 * LOST, 0.0)
    moved = x.size * y.radius + x.radius * (y.size + y.radius)
    blurred = ((x.radius > 0) & y.present) | ((y.radius > 0) & x.present)
    return pair(*quick_two_sum(p, e + t), outward(moved + rounding + 4 * SMALLEST * blurred, 9))


def scaled(x: Pair, exponents: Array) -> Pair:
    """x 2^exponent; digits that fall below the least float64 are lost."""
    high, low, radius = (np.ldexp(part, exponents) for part in (x.high, x.low, x.radius))
    lost = sum((np.abs(now) < FAINT) & (part != 0) for now, part in ((high, x.high), (low, x.low), (radius, x.radius)))
    return pair(high, low, outward(radius + lost * SMALLEST, 2))


def row_total(x: Pair) -> Pair:
    """Σ_j x_ij, halves of a row added to each other until one entry is left."""
    while x.high.shape[-1] > 1:
        half = x.high.shape[-1] // 2
        both = total(x[..., :half], x[..., half : 2 * half])
        x = both if x.high.shape[-1] == 2 * half else joined(both, x[..., 2 * half :])
    return x if x.high.shape[-1] else known(np.zeros((*x.high.shape[:-1], 1)))


def joined(*parts: Pair) -> Pair:
    """Side by side."""
    fields = zip(*((part.high, part.low, part.radius) for part in parts), strict=True)
    return Pair(*(np.concatenate(field, axis=-1) for field in fields))


def matrix_product(x: Pair, y: Pair) -> Pair:
    """x y for matrices, by exact products of slices (Ozaki, Ogita, Oishi, Rump, Numerical Algorithms 59, 2012).

    A row of x is 2^a Σ_i q_i 2^(-i w) and what is left, a column of y likewise, with whole numbers |q_i| ≤ 2^w and n
    4^w ≤ 2⁵³ for n terms.  So every sum of products of two slices is a whole number of at most 2⁵³ in any order, and
    float64 has it exactly.  They are added up as pairs, and what an addition drops is its rounding, as above.

    What is left out: slices i and j with i + j > `most` + 1, and what the slices leave of the numbers.  If l_i bounds
    what is left of a row after i slices and m_j the same of a column, it is at most Σ_i Σ_k |q_ik| 2^(a - i w)
    m_(most + 1 - i) plus l_most Σ_k |y_k|.
    """
    terms = x.high.shape[-1]
    lead = np.broadcast_shapes(x.high.shape[:-2], y.high.shape[:-2])
    if not terms:
        return known(np.zeros((*lead, x.high.shape[-2], y.high.shape[-1])))
    left, right = _Sliced.of(x, terms, -1), _Sliced.of(y, terms, -2)
    shape = (*lead, x.high.shape[-2], y.high.shape[-1])
    centre = scaled(_whole(left, right, shape), left.exponents + right.exponents)
    moved = _times(x.size, y.radius) + _times(x.radius, y.size + y.radius)
    radius = centre.radius + moved + _left_out(left, right)
    return pair(centre.high, centre.low, outward(radius, terms + len(left.parts) + 12))


@dataclass(frozen=True, eq=False)
class _Sliced:
    """Rows or columns cut into slices: whole numbers, what is at most left after 0, 1, … of them, and Σ |x_k|."""

    exponents: Array
    width: int
    most: int
    parts: list[Array]
    left: list[Array]
    sums: list[Array]

    @classmethod
    def of(cls, x: Pair, terms: int, axis: int) -> _Sliced:
        width = (DIGITS - (terms - 1).bit_length()) // 2
        most = -(-ENOUGH // width)
        largest = np.abs(x.high).max(axis=axis, keepdims=True)
        exponents = np.frexp(largest)[1]
        found, left = list[Array](), [outward(largest, 1)]
        for part, rest in slices(x.high, x.low, exponents, width, most):
            found.append(part)
            left.append(rest.max(axis=axis, keepdims=True))
        # Σ |q_i| 2^(exponent - i width), and the same of the whole row behind them
        sums = [np.abs(q).sum(axis=axis, keepdims=True) for q in found]
        sums = [_above(np.ldexp(one, exponents - number * width), one) for number, one in enumerate(sums, 1)]
        return cls(exponents, width, most, found, left, [*sums, outward(x.size.sum(axis=axis, keepdims=True), terms)])


def _whole(left: _Sliced, right: _Sliced, shape: tuple[int, ...]) -> Pair:
    """Σ q_i p_j 2^(-(i + j) w), the smallest first."""
    high, low, dropped = (np.zeros(shape) for _ in range(3))
    pairs = [(i, j) for i in range(len(left.parts)) for j in range(len(right.parts)) if i + j < left.most]
    for i, j in sorted(pairs, key=sum, reverse=True):
        term = np.matmul(left.parts[i], right.parts[j]) * 2.0 ** (-(i + j + 2) * left.width)
        high, e = two_sum(high, term)
        low, g = two_sum(low, e)
        dropped += np.abs(g)
    return Pair(*two_sum(high, low), outward(dropped, len(pairs)))


def _above(bound: Array, source: Array) -> Array:
    """A bound that underflowed on the way from something that is not 0."""
    return np.where(source > 0, np.maximum(bound, SMALLEST), 0.0)


def _left_out(left: _Sliced, right: _Sliced) -> Array:
    """A bound on what the slices do not have, 0 where they have all."""
    bound: Array = 0.0
    rests = [right.left[min(left.most + 1 - i, len(right.left) - 1)] for i in range(1, len(left.sums))]
    for own, rest in [*zip(left.sums, rests, strict=False), (left.left[-1], right.sums[-1])]:
        if own.any() and rest.any():
            bound = bound + own * rest + SMALLEST * ((own > 0) & (rest > 0))
    return bound


def _times(left: Array, right: Array) -> Array:
    """left @ right, and an underflow for each of its terms that is not 0; letters mostly have no error."""
    if not (left.any() and right.any()):
        return 0.0
    return np.matmul(left, right) + SMALLEST * np.matmul((left > 0).astype(float), (right > 0).astype(float))
