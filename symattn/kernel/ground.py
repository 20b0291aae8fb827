"""Kernel, beside the rules: over what a theorem holds, read off everything that its proof uses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symattn.kernel import formulas
from symattn.kernel.terms import Letter, Parameter, Term, walk
from symattn.kernel.theorem import Theorem, lines

LARGEST_PRIME = 1000
REAL_FACTS = frozenset({"positive"})
WORDS = {
    **dict.fromkeys(("exp", "log", "log_exp", "exp_log", "log_power", "log_product"), "real"),
    **dict.fromkeys(("reciprocal", "cancel", "regular", "reciprocal_product", "reciprocal_twice"), "reciprocal"),
    **dict.fromkeys(("own_reciprocal", "inverse"), "reciprocal"),
}
"""What laws and functions need that are named in steps: these bring in more than the terms which they are about."""


def over(theorem: Theorem) -> str:
    """The widest setting in which every step is valid: from any commutative ring to the real numbers."""
    used: set[str] = set()
    primes: set[int] = set()
    for line in lines(theorem):
        used |= {"rank"} if line.rule == "square_root" else set()
        if line.rule == "contradict":  # a number other than 0 must stay so
            primes |= _factors(abs(Fraction(line.data[1]).numerator))
        for formula in (*line.hypotheses, line.conclusion):
            used |= _kinds(formula)
        used |= {WORDS[word] for word in _words(line.data) if word in WORDS}
        for term in walk(*_terms((line.hypotheses, line.conclusion, line.data))):
            used |= _needs(term, primes)
    if "real" in used or {"reciprocal", "positive"} <= used:
        return "the real numbers"
    if "reciprocal" in used:
        return "any field of characteristic 0"
    odd = (
        " where " + " and ".join(map(str, sorted(primes))) + (" is" if len(primes) == 1 else " are") + " invertible"
        if primes
        else ""
    )
    if "rank" in used:
        return "any field" + odd
    return ("any nontrivial commutative ring" if "not" in used else "any commutative ring") + odd


def _kinds(formula: formulas.Formula) -> set[str]:
    found = set().union(*(_kinds(p) for p in formulas.parts(formula)))
    if isinstance(formula, formulas.NonNegative | formulas.Semidefinite):
        found.add("real")
    if isinstance(formula, formulas.RankAtMost):
        found.add("rank")
    if isinstance(formula, formulas.Not):
        found.add("not")
    return found


def _terms(value: Any) -> Iterator[Term]:
    if isinstance(value, Term):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _terms(part)
    elif isinstance(value, formulas.Array):
        yield value.body
    elif not isinstance(value, str | int | Letter | Parameter) and hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _terms(getattr(value, name))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)


def _needs(term: Term, primes: set[int]) -> set[str]:
    match term.kind:
        case "exp" | "log":
            return {"real"}
        case "reciprocal":
            return {"reciprocal"}
        case "power" if term.args[1].denominator != 1:
            return {"real"}
        case "power" if term.args[1] < 0:
            return {"reciprocal"}
        case "number":
            primes |= _factors(term.args[0].denominator)
        case "entry" if term.args[0].facts & REAL_FACTS:
            return {"real"}
        case "parameter" if term.args[0].positive:
            return {"positive"}
    return set()


def _factors(number: int) -> set[int]:
    """The prime factors, and what is left when none below LARGEST_PRIME divides: it must be invertible as it is."""
    found, p = set(), 2
    while number > 1 and p <= LARGEST_PRIME:
        if number % p == 0:
            found.add(p)
            number //= p
        else:
            p += 1
    return found if number == 1 else found | {number}
