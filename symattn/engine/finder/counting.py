"""Engine, the finder: how long a term is when it is written out, told before anything is written."""

from __future__ import annotations

from math import log10, prod

from symattn.errors import KernelError
from symattn.kernel.plain.expansion import EXPANSION
from symattn.kernel.syntax.terms import Term

MOST = 10**100
"""Larger numbers are not told apart."""
UNCLEAR = ("delta", "before", "derivative")
"""What may write out to nothing, or to more than it looks like."""


def refuse_long(term: Term) -> None:
    """Refuse a term with a product of sums that is longer than what the kernel writes out.

    Raises    KernelError
    """
    known: dict[Term, int] = {}
    stack = [term]
    while stack:
        at = stack[-1]
        waiting = [part for part in at.below if part not in known]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        known[at] = count = _least(at, known)
        if count > EXPANSION and at.kind in ("multiply", "power"):
            raise KernelError(f"a product of sums would have {counted(count)} terms: {EXPANSION} are too many")


def counted(count: int) -> str:
    """The number, or the power of ten below it where it is long."""
    return str(count) if count <= 10**9 else f"more than 10^{int(log10(count))}"


def _least(term: Term, known: dict[Term, int]) -> int:
    """At least so many monomials does the kernel write for it."""
    below = [known[part] for part in term.below]
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
        case kind:
            return int(kind not in UNCLEAR)


def _power(base: int, exponent: int) -> int:
    return base if base < 2 else MOST if exponent * log10(base) > log10(MOST) else base**exponent
