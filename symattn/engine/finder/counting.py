"""Engine, the finder: how long a term is when it is written out, told before anything is written."""

from __future__ import annotations

from math import comb, log10, prod
from typing import NamedTuple

from symattn.errors import KernelError
from symattn.kernel.plain.expansion import EXPANSION
from symattn.kernel.syntax.sizes import SizeSymbol
from symattn.kernel.syntax.terms import Parameter, Term

MOST = 10**100
"""Larger numbers are not told apart."""
POLYNOMIAL = frozenset({"parameter", "cardinal", "number", "add", "multiply", "power"})
"""What numbers that are letters make."""
MANY = 50_000
"""So many terms are remembered."""
UNCLEAR = ("before", "derivative")
"""What may write out to nothing, or to more than it looks like."""


class _Length(NamedTuple):
    """How many monomials, and, where they are products of numbers alone, of which degree, and of which numbers."""

    monomials: int
    degree: int | None = None
    numbers: frozenset[Parameter | SizeSymbol] = frozenset()


_lengths: dict[Term, _Length] = {}
"""Of terms that are not too long."""


def forget_lengths() -> None:
    """Let go of the terms."""
    _lengths.clear()


def is_long(term: Term) -> bool:
    """Whether the kernel would refuse to write it out."""
    try:
        refuse_long(term)
    except KernelError:
        return True
    return False


def refuse_long(term: Term) -> None:
    """Refuse a term with a product of sums that is longer than what the kernel writes out.

    Raises    KernelError
    """
    known = _lengths
    if len(known) > MANY:
        known.clear()
    stack = [term]
    while stack:
        at = stack[-1]
        waiting = [part for part in at.below if part not in known]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        if at in known:
            continue
        length = _of_numbers(at, known) or _Length(_least(at, known))
        if length.monomials > EXPANSION and at.kind in ("multiply", "power"):
            raise KernelError(
                f"a product of sums would have {counted(length.monomials)} terms: {EXPANSION} are too many"
            )
        known[at] = length


def counted(count: int) -> str:
    """The number, or the power of ten below it where it is long."""
    return str(count) if count <= 10**9 else f"more than 10^{int(log10(count))}"


def _of_numbers(term: Term, known: dict[Term, _Length]) -> _Length | None:
    """At most so many for what is made of numbers that are letters: those of a power of a sum commute."""
    if term.kind not in POLYNOMIAL:
        return None
    below, degrees = [known[part] for part in term.below], list[int]()
    for part in below:
        if part.degree is None:
            return None
        degrees.append(part.degree)
    match term.kind, term.args:
        case "parameter", (Parameter() as number,):
            return _Length(1, 1, frozenset({number}))
        case "cardinal", (size,):
            symbols = [part for part, _ in size.terms]
            return _Length(len(symbols), max(map(len, symbols), default=0), frozenset().union(*symbols))
        case "number", _:
            degree = 0
        case "add", _:
            degree = max(degrees)
        case "multiply", _:
            degree = sum(degrees)
        case "power", (_, exponent) if exponent.denominator == 1 and exponent > 0:
            degree = degrees[0] * exponent.numerator
        case _:
            return None
    numbers = frozenset[Parameter | SizeSymbol]().union(*(part.numbers for part in below))
    different = comb(degree + len(numbers), len(numbers)) if degree <= EXPANSION else MOST
    return _Length(min(different, _least(term, known)), degree, numbers)


def _least(term: Term, known: dict[Term, _Length]) -> int:
    """At least so many monomials does the kernel write for it."""
    below = [known[part].monomials for part in term.below]
    match term.kind:
        case "add":
            return min(MOST, sum(below))
        case "multiply":
            return min(MOST, prod(below))
        case "sum":
            return below[0]
        case "power" if term.args[1].denominator == 1 and term.args[1] > 0:
            return _power(below[0], term.args[1].numerator)
        case "number":
            return int(term.args[0] != 0)
        case "delta":  # of two variables; other indices may be known to differ
            return int(all(isinstance(index, int) for index in term.args))
        case kind:
            return int(kind not in UNCLEAR)


def _power(base: int, exponent: int) -> int:
    return base if base < 2 else MOST if exponent * log10(base) > log10(MOST) else base**exponent
