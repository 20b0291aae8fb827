"""Exact rational arithmetic.

Entries are Python int or Fraction in NumPy object arrays.  exp is read as 2**x, an exponential with the same laws
(exp(a+b) = exp a · exp b, exp > 0), so an identity that follows from those laws stays exact on integers; the angle x is
x times that of the 3-4-5 triangle, whose cosine is 3/5 and sine 4/5.  Derivatives are formal, so
exp' = exp and sin' = cos stay exact too.  What has no such reading raises `NotExact`.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from symattn.numeric.arithmetic import Array, NotExact, Truth
from symattn.numeric.entries import entrywise, exact_entries, is_whole, rational
from symattn.numeric.linear_algebra import elimination, exact_matrices
from symattn.numeric.linear_algebra.denominators import over_common, quotients

LONGEST_EXPONENT = 100_000  # bits; beyond it one entry of exp would fill a page
LARGEST_ANGLE = 40_000
SHOWN = 200  # bits of a number that a message shows


def base_two_exp(entry: int | Fraction) -> int | Fraction:
    """2**entry for a whole entry."""
    if type(entry) is int and 0 <= entry <= LONGEST_EXPONENT:
        return 1 << entry
    if entry != int(entry):
        told = f"exp({_shown(entry)}) is not a rational number"
        raise NotExact(f"{told}: exact arithmetic reads exp(x) as 2**x for whole x only")
    if abs(int(entry)) > LONGEST_EXPONENT:
        raise NotExact(f"exp({_shown(entry)}) read as 2**x would need more than {LONGEST_EXPONENT} bits")
    power = 1 << abs(int(entry))
    return power if entry >= 0 else Fraction(1, power)


def _shown(entry: int | Fraction) -> str:
    """The number, unless it would fill the screen."""
    number = Fraction(entry)
    bits = max(number.numerator.bit_length(), number.denominator.bit_length())
    return str(entry) if bits <= SHOWN else f"a number of {bits} bits"


@cache
def turned(entry: int | Fraction) -> tuple[Fraction, Fraction]:
    """The cosine and the sine of a whole angle: (3 + 4i)/5 to that power, by squaring."""
    if entry != int(entry):
        told = f"cos({_shown(entry)}) is not rational"
        raise NotExact(f"{told}: exact arithmetic turns by the 3-4-5 triangle at whole angles only")
    if abs(int(entry)) > LARGEST_ANGLE:
        raise NotExact(
            f"cos({_shown(entry)}) has more than {LARGEST_ANGLE} digits to base 5 when read by the 3-4-5 triangle"
        )
    if entry < 0:
        c, s = turned(-entry)
        return c, -s
    if entry == 0:
        return Fraction(1), Fraction(0)
    c, s = turned(int(entry) // 2)
    c, s = c * c - s * s, 2 * c * s
    return ((3 * c - 4 * s) / 5, (4 * c + 3 * s) / 5) if int(entry) % 2 else (c, s)


def base_two_log(entry: int | Fraction) -> int:
    """The whole x with 2**x = entry."""
    number = Fraction(entry)
    if number > 0:
        exponent = number.numerator.bit_length() - number.denominator.bit_length()
        if base_two_exp(exponent) == number:
            return exponent
    raise NotExact(f"log({_shown(entry)}) is not rational: exact arithmetic reads log as base 2, of powers of 2 only")


def root(entry: int | Fraction, exponent: Fraction) -> int | Fraction:
    """entry**exponent when it is rational; 0 to a negative power is 0, as 1/0 is."""
    if exponent < 0:
        return elimination.fraction_reciprocal(root(entry, -exponent))
    number = Fraction(entry)
    top, bottom = (_whole_root(part, exponent.denominator) for part in (number.numerator, number.denominator))
    if top is None or bottom is None:
        raise NotExact(f"({entry})**({exponent}) is not a rational number")
    return rational(Fraction(top, bottom) ** exponent.numerator)


def _whole_root(number: int, degree: int) -> int | None:
    """The whole number whose power `degree` is the given one, by bisection."""
    if degree == 1:
        return number
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**degree < number else (low, middle)
    return low if low**degree == number else None


class Exact:
    """Rational numbers without error, with exp read as 2**x, and cos and sin as turns by the 3-4-5 triangle.

    >>> A = matrix("A", 2, 2)
    >>> at = sample(A, values={A: [[1, 2], [3, 4]]})
    >>> evaluate(A @ A.T / 2, at, sa.numeric.EXACT)[0, 0]
    Fraction(5, 2)
    """

    name = "exact"
    certain = True
    ordered = True
    field = elimination.RATIONALS

    def lift(self, entries: Array) -> Array:
        return exact_entries(entries)

    def add(self, left: Array, right: Array) -> Array:
        return left + right

    def multiply(self, left: Array, right: Array) -> Array:
        return left * right

    def matmul(self, left: Array, right: Array) -> Array:
        return exact_matrices.product(left, right)

    def rowsum(self, value: Array) -> Array:
        if is_whole(value):
            return value.sum(axis=-1, keepdims=True, initial=0)
        numerators, common = over_common(value, -1)
        return quotients(numerators.sum(axis=-1, keepdims=True), common)

    def reciprocal(self, value: Array) -> Array:
        return entrywise(elimination.fraction_reciprocal, value)

    def power(self, value: Array, exponent: Fraction) -> Array:
        return entrywise(lambda entry: root(entry, exponent), value)

    def exp(self, value: Array) -> Array:
        return entrywise(base_two_exp, value)

    def log(self, value: Array) -> Array:
        return entrywise(base_two_log, value)

    def cos(self, value: Array) -> Array:
        return entrywise(lambda entry: rational(turned(entry)[0]), value)

    def sin(self, value: Array) -> Array:
        return entrywise(lambda entry: rational(turned(entry)[1]), value)

    def peaks(self, scores: Array, mask: Array | None) -> None:
        return None

    def softmax(self, scores: Array, mask: Array | None) -> Array:
        weights = self.exp(scores) if mask is None else mask * self.exp(scores)
        if weights.size == 0:
            return weights
        numerators, _ = over_common(weights, -1)
        return quotients(numerators, numerators.sum(axis=-1, keepdims=True))

    def inverse(self, value: Array) -> Array:
        found = exact_matrices.inverse(value, self.field)
        if found is None:
            raise NotExact("the matrix has no inverse at this sample")
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
        found = exact_matrices.rank(value, self.field)
        return found, found

    def positive_semidefinite(self, value: Array) -> tuple[Truth, str]:
        negative = elimination.negative_direction(value.tolist())
        if negative is None:
            return Truth.TRUE, "every pivot of L D Lᵀ is non-negative"
        return Truth.FALSE, f"elimination step {negative[0]} meets the negative minor {negative[1]}"


EXACT = Exact()
