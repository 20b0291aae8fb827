"""Bounds from bounds.  `search` divides the claim by a known bound; quotient and rest must be visibly >= 0.

d - 2 k >= 0   gives   d² - 2 d k + n d - n k > 0,   which is (d + n) (d - 2 k) + n k
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.engine.reading import Monomial, Number, Poly, accumulate, multiply, split_content, tidy_number
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax.formulas import NonNegative
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import over, term_of_poly
from symattn.proof.search.equations.derived import use

STEPS = 24


def by_division(e: Elaborator, goal: NonNegative, facts: list[Proof]) -> Proof | None:
    """The goal as a visible part plus a factor times one of the known bounds."""
    dividend = normal(goal.body)
    for fact in facts:
        bound = fact.conclusion
        if not isinstance(bound, NonNegative) or bound.indices != goal.indices:
            continue
        divisor = normal(bound.body)
        for factor, rest in (*_shared_content(dividend, divisor), *_quotients(dividend, divisor)):
            uses = (use(0, bound.indices, bound.indices, term_of_poly(factor, e.fresh)),)
            try:
                return rules.bound((fact,), goal, term_of_poly(rest, e.fresh), uses)
            except KernelError:
                continue
    return None


def _shared_content(dividend: Poly, divisor: Poly) -> Iterator[tuple[Poly, Poly]]:
    """The factor by which the two differ, when they are the same up to a product."""
    if not dividend or not divisor:
        return
    above, below = split_content(dividend), split_content(divisor)
    if above[3] == below[3] and not above[2] and not below[2]:
        yield {(over(above[1], below[1]), ()): tidy_number(Fraction(above[0]) / Fraction(below[0]))}, {}


def _quotients(dividend: Poly, divisor: Poly) -> Iterator[tuple[Poly, Poly]]:
    """Division with rest by each monomial of the divisor that has a positive coefficient."""
    for lead, weight in divisor.items():
        if weight > 0 and not lead[1]:
            quotient, rest = _divide(dividend, divisor, lead, weight)
            if quotient:
                yield quotient, rest


def _divide(dividend: Poly, divisor: Poly, lead: Monomial, weight: Number) -> tuple[Poly, Poly]:
    quotient: Poly = {}
    rest = dict(dividend)
    for _ in range(STEPS):
        at = next((m for m in sorted(rest, key=repr) if rest[m] > 0 and _divides(lead, m)), None)
        if at is None:
            break
        step: Poly = {(over(at[0], lead[0]), at[1]): tidy_number(Fraction(rest[at]) / Fraction(weight))}
        accumulate(quotient, step)
        accumulate(rest, multiply(step, divisor), -1)
    return quotient, rest


def _divides(lead: Monomial, monomial: Monomial) -> bool:
    powers = dict(monomial[0])
    return all(powers.get(number, 0) >= exponent for number, exponent in lead[0])
