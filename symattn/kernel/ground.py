"""Kernel, beside the rules: over what a theorem holds, read off everything that its proof uses."""

from __future__ import annotations

from symattn.kernel.proofs import Proof, lines
from symattn.kernel.syntax.formulas import inside
from symattn.kernel.syntax.terms import Term, walk

LARGEST_PRIME = 1000
NEEDS = {
    **dict.fromkeys(("exp", "log", "log_exp", "exp_log", "differentiate"), "real"),
    **dict.fromkeys(("cos", "sin", "cos_sum", "sin_sum", "cos_even", "sin_odd", "cos_zero", "pythagoras"), "real"),
    **dict.fromkeys(("reciprocal", "cancel", "regular", "inverse"), "reciprocal"),
    **dict.fromkeys(("reciprocal_product", "reciprocal_twice"), "reciprocal"),
    "NonNegative": "real", "Semidefinite": "real", "RankAtMost": "rank", "Not": "not",
}  # fmt: skip
"""What formulas, functions, rules and laws need; laws that steps name bring in more than the terms they are about."""


def over(theorem: Proof) -> str:
    """The widest setting in which every step is valid: from any commutative ring to the real numbers."""
    things = [part for p in lines(theorem) for part in inside((p.rule, p.hypotheses, p.conclusion, p.data))]
    used = {NEEDS.get(thing if type(thing) is str else type(thing).__name__) for thing in things}
    terms = [*walk(*(thing for thing in things if type(thing) is Term))]
    used.update(map(_needs, terms))
    primes = {p for term in terms if term.kind == "number" for p in _primes(term.args[0].denominator)}
    if "real" in used or {"reciprocal", "positive"} <= used:
        return "the real numbers"
    if "reciprocal" in used:
        return "any field of characteristic 0"
    ring = "any commutative ring" if "not" not in used else "any nontrivial commutative ring"
    ring = "any field" if "rank" in used else ring
    where = " and ".join(map(str, sorted(primes))) + (" is" if len(primes) == 1 else " are")
    return f"{ring} where {where} invertible" if primes else ring


def _needs(term: Term) -> str | None:
    match term.kind, term.args:
        case "power", (_, exponent) if exponent < 0 or exponent.denominator != 1:
            return "reciprocal" if exponent.denominator == 1 else "real"
        case "entry", (letter, *_) if "positive" in letter.facts:
            return "real"
        case "parameter", (symbol,) if symbol.positive:
            return "positive"
    return NEEDS.get(term.kind)


def _primes(number: int) -> set[int]:
    """The prime factors, and what is left when none below LARGEST_PRIME divides: it must be invertible as it is."""
    return next(({p} | _primes(number // p) for p in range(2, LARGEST_PRIME) if number % p == 0), {number} - {1})
