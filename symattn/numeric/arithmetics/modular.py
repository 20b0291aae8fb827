"""The integers modulo a prime, for statements that claim to hold over any field or commutative ring.

There is no order and no exponential: what needs one raises `NotExact`.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, prod
from typing import Any, NoReturn

import numpy as np

from symattn.numeric.arithmetic import Array, NotExact, OneByOne, Truth
from symattn.numeric.entries import entrywise, is_whole, rational
from symattn.numeric.linear_algebra import elimination, exact_matrices

LARGEST_31_BIT_PRIME = 2**31 - 1


class Modular:
    """Arithmetic modulo a prime.

    prime    the prime, not checked to be one

    >>> A = matrix("A", 1, 2)
    >>> evaluate(5 * A, sample(A, values={A: [[2, 3]]}), sa.numeric.Modular(7)).tolist()
    [[3, 1]]
    """

    certain = True
    ordered = False

    def __init__(self, prime: int = LARGEST_31_BIT_PRIME) -> None:
        self.prime = prime
        self.name = f"integers modulo {prime}"
        self.field = elimination.Field(
            self._invert, lambda entry: entry % prime, lambda entry: entry != 0, lambda entry: entry == 0
        )

    def _invert(self, entry: int) -> int:
        return pow(entry, -1, self.prime) if entry else 0

    def _residue(self, entry: Any) -> int:
        number = Fraction(rational(entry))
        if gcd(number.denominator, self.prime) != 1:
            raise NotExact(f"{number} has no residue modulo {self.prime}")
        return number.numerator * self._invert(number.denominator % self.prime) % self.prime

    def _refuse(self, what: str) -> NoReturn:
        raise NotExact(f"there is no {what} among the {self.name}")

    def lift(self, entries: Array) -> Array:
        given = np.asarray(entries)
        if is_whole(given):
            return given.astype(object) % self.prime
        return entrywise(self._residue, given)

    def add(self, left: Array, right: Array) -> Array:
        return (left + right) % self.prime

    def multiply(self, left: Array, right: Array) -> Array:
        return left * right % self.prime

    def matmul(self, left: Array, right: Array) -> Array:
        return exact_matrices.product(left, right, prime=self.prime)

    def rowsum(self, value: Array) -> Array:
        return value.sum(axis=-1, keepdims=True, initial=0) % self.prime

    def reciprocal(self, value: Array) -> Array:
        return entrywise(self._invert, value)

    def power(self, value: Array, exponent: Fraction) -> Array:
        self._refuse("root")

    def exp(self, value: Array) -> Array:
        self._refuse("exponential")

    def log(self, value: Array) -> Array:
        self._refuse("logarithm")

    def cos(self, value: Array) -> Array:
        self._refuse("cosine")

    def sin(self, value: Array) -> Array:
        self._refuse("sine")

    def peaks(self, scores: Array, mask: Array | None) -> None:
        return None

    def softmax(self, scores: Array, mask: Array | None) -> Array:
        self._refuse("exponential")

    def inverse(self, value: Array) -> Array:
        found = exact_matrices.inverse(value, self.field, prime=self.prime)
        if found is None:
            raise NotExact(f"the matrix has no inverse at this sample among the {self.name}")
        return found

    def rearrange(self, move: Callable[..., Array], values: Sequence[Array]) -> Array:
        return move(*values)

    def shape(self, value: Array) -> tuple[int, ...]:
        return value.shape

    def enclose(self, value: Array) -> tuple[Array, Array]:
        return value, value

    def show(self, value: Array, row: int, column: int) -> str:
        return str(value[row, column])

    def rank(self, value: Array) -> tuple[int, int]:
        found = exact_matrices.rank(value, self.field, prime=self.prime)
        return found, found

    def positive_semidefinite(self, value: Array) -> tuple[Truth, str]:
        self._refuse("order")


class Residues:
    """Arithmetic modulo several primes at once: whole numbers modulo their product, which know each residue.

    Sums and products modulo the product are those modulo every prime; what divides or needs a field raises `OneByOne`.

    primes    different primes
    """

    certain = True
    ordered = False

    def __init__(self, primes: Sequence[int]) -> None:
        self.ring = Modular(prod(primes))
        self.name = f"integers modulo {', '.join(map(str, primes))}"
        self.count = len(primes)
        self._primes = np.array(primes, dtype=object).reshape(-1, 1, 1)
        self.lift, self.add, self.multiply = self.ring.lift, self.ring.add, self.ring.multiply
        self.matmul, self.rowsum = self.ring.matmul, self.ring.rowsum
        self.rearrange, self.shape, self.peaks = self.ring.rearrange, self.ring.shape, self.ring.peaks
        self.power, self.exp, self.log = self.ring.power, self.ring.exp, self.ring.log
        self.cos, self.sin, self.softmax = self.ring.cos, self.ring.sin, self.ring.softmax

    def enclose(self, value: Array) -> tuple[Array, Array]:
        """The residues modulo each prime, on a leading axis."""
        residues = value % self._primes
        return residues, residues

    def show(self, value: Array, row: int, column: int) -> str:
        return self.ring.show(value, row, column)

    def reciprocal(self, value: Array) -> NoReturn:
        raise OneByOne

    def inverse(self, value: Array) -> NoReturn:
        raise OneByOne

    def rank(self, value: Array) -> NoReturn:
        raise OneByOne

    def positive_semidefinite(self, value: Array) -> NoReturn:
        raise OneByOne
