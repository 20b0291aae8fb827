"""Derivatives by dual numbers, over any other arithmetic.

A `Dual` is a value and its tangents in many directions at once, on a leading axis.  The rules are formal (sum, product,
reciprocal, exp' = exp, log, powers); they share nothing with the derivatives of the kernel.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from symattn.errors import LanguageError
from symattn.numeric.arithmetic import Arithmetic, Array, Truth, Value


@dataclass(frozen=True, eq=False)
class Dual:
    """A value with its tangents, shape (directions, rows, columns); None where they are all 0."""

    value: Value
    tangent: Value | None = None


class Tangents:
    """Dual numbers over a given arithmetic."""

    certain = False
    ordered = True

    def __init__(self, base: Arithmetic) -> None:
        self.base = base
        self.name = f"dual numbers over {base.name}"

    def seed(self, value: Value) -> Dual:
        """A letter that is differentiated: one direction for each of its entries, row by row."""
        rows, columns = self.base.shape(value)
        directions = np.eye(rows * columns, dtype=int).reshape(rows * columns, rows, columns)
        return Dual(value, self.base.lift(directions))

    def _number(self, number: int | Fraction) -> Value:
        return self.base.lift(np.array([[number]], dtype=object))

    def _sum(self, left: Value | None, right: Value | None) -> Value | None:
        if left is None or right is None:
            return right if left is None else left
        return self.base.add(left, right)

    def _bilinear(self, product: Callable[[Value, Value], Value], left: Dual, right: Dual) -> Dual:
        """Leibniz: d(a·b) = da·b + a·db."""
        before = None if left.tangent is None else product(left.tangent, right.value)
        after = None if right.tangent is None else product(left.value, right.tangent)
        return Dual(product(left.value, right.value), self._sum(before, after))

    def _chain(self, value: Value, slope: Callable[[], Value], tangent: Value | None) -> Dual:
        return Dual(value, None if tangent is None else self.base.multiply(slope(), tangent))

    def lift(self, entries: Array) -> Dual:
        return Dual(self.base.lift(entries))

    def add(self, left: Dual, right: Dual) -> Dual:
        value, tangent = self.base.add(left.value, right.value), self._sum(left.tangent, right.tangent)
        if tangent is not None and self.base.shape(tangent)[1:] != self.base.shape(value):  # what moves was repeated
            tangent = self.base.multiply(tangent, self.base.lift(np.ones(self.base.shape(value), dtype=int)))
        return Dual(value, tangent)

    def multiply(self, left: Dual, right: Dual) -> Dual:
        return self._bilinear(self.base.multiply, left, right)

    def matmul(self, left: Dual, right: Dual) -> Dual:
        return self._bilinear(self.base.matmul, left, right)

    def rowsum(self, value: Dual) -> Dual:
        tangent = None if value.tangent is None else self.base.rowsum(value.tangent)
        return Dual(self.base.rowsum(value.value), tangent)

    def reciprocal(self, value: Dual) -> Dual:
        result = self.base.reciprocal(value.value)

        def slope() -> Value:
            return self.base.multiply(self._number(-1), self.base.multiply(result, result))

        return self._chain(result, slope, value.tangent)

    def power(self, value: Dual, exponent: Fraction) -> Dual:
        result = self.base.power(value.value, exponent)

        def slope() -> Value:
            return self.base.multiply(self._number(exponent), self.base.power(value.value, exponent - 1))

        return self._chain(result, slope, value.tangent)

    def exp(self, value: Dual) -> Dual:
        result = self.base.exp(value.value)
        return self._chain(result, lambda: result, value.tangent)

    def log(self, value: Dual) -> Dual:
        return self._chain(self.base.log(value.value), lambda: self.base.reciprocal(value.value), value.tangent)

    def cos(self, value: Dual) -> Dual:
        def slope() -> Value:
            return self.base.multiply(self._number(Fraction(-1)), self.base.sin(value.value))

        return self._chain(self.base.cos(value.value), slope, value.tangent)

    def sin(self, value: Dual) -> Dual:
        return self._chain(self.base.sin(value.value), lambda: self.base.cos(value.value), value.tangent)

    def peaks(self, scores: Dual, mask: Dual | None) -> Dual | None:
        top = self.base.peaks(scores.value, None if mask is None else mask.value)
        return None if top is None else Dual(top)

    def softmax(self, scores: Dual, mask: Dual | None) -> Dual:
        """With w = mask∘exp(scores), r = 1/rowsum(w) and p = w∘r, the rules for products and reciprocals give

            dp = dw∘r + w∘dr = p∘ds - p∘rowsum(p∘ds)

        when the mask is fixed.  The right side needs p only, whose error bound is sharp; the test compares both sides.
        """
        if mask is not None and mask.tangent is not None:
            return self._moving_mask(scores, mask)
        weights = self.base.softmax(scores.value, None if mask is None else mask.value)
        if scores.tangent is None:
            return Dual(weights)
        moved = self.base.multiply(weights, scores.tangent)
        common = self.base.multiply(self._number(-1), self.base.rowsum(moved))
        return Dual(weights, self.base.multiply(weights, self.base.add(scores.tangent, common)))

    def _moving_mask(self, scores: Dual, mask: Dual) -> Dual:
        top = self.peaks(scores, mask)
        if top is not None:  # the shift is a number: it has no tangent
            scores = self.add(scores, self.multiply(self.lift(np.array([[-1]])), top))
        weights = self.multiply(mask, self.exp(scores))
        return self.multiply(weights, self.reciprocal(self.rowsum(weights)))

    def solved(self, value: Dual, inverse: Dual) -> Dual:
        """A known inverse of a value that does not move, as the base has it."""
        solved = getattr(self.base, "solved", None)
        return inverse if solved is None else Dual(solved(value.value, inverse.value))

    def inverse(self, value: Dual) -> Dual:
        result = Dual(self.base.inverse(value.value))
        if value.tangent is None:
            return result
        moved = self.matmul(self.matmul(result, Dual(value.tangent)), result)
        return Dual(result.value, self.base.multiply(self._number(-1), moved.value))

    def rearrange(self, move: Callable[..., Array], values: Sequence[Dual]) -> Dual:
        result = self.base.rearrange(move, [part.value for part in values])
        moving = [part.tangent for part in values if part.tangent is not None]
        if not moving:
            return Dual(result)
        still = self.base.lift(np.zeros((self.base.shape(moving[0])[0], 1, 1), dtype=int))
        tangents = [self.base.multiply(still, part.value) if part.tangent is None else part.tangent for part in values]
        return Dual(result, self.base.rearrange(move, tangents))

    def shape(self, value: Dual) -> tuple[int, ...]:
        return self.base.shape(value.value)

    def enclose(self, value: Dual) -> tuple[Array, Array]:
        return self.base.enclose(value.value)

    def show(self, value: Dual, row: int, column: int) -> str:
        return self.base.show(value.value, row, column)

    def rank(self, value: Dual) -> tuple[int, int]:
        raise LanguageError("a rank has no derivative")

    def positive_semidefinite(self, value: Dual) -> tuple[Truth, str]:
        raise LanguageError("a claim has no derivative")
