"""Proof: bounds from bounds.  `search` divides the claim by a known bound; quotient and rest must be visibly >= 0.

    d - 2 k >= 0   gives   d² - 2 d k + n d - n k > 0,   which is (d + n) (d - 2 k) + n k
"""

from __future__ import annotations

from collections.abc import Iterator

from symattn.errors import KernelError
from symattn.kernel import rules, terms
from symattn.kernel.formulas import NonNegative
from symattn.kernel.functions import split_content
from symattn.kernel.normal import normal
from symattn.kernel.polynomial import Monomial, Number, Poly, accumulate, multiply, tidy_number
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.reify import term_of_poly

STEPS = 24


def by_division(e: Elaborator, goal: NonNegative, facts: list[Theorem]) -> Theorem | None:
    """The goal as a visible part plus a factor times one of the known bounds."""
    dividend = normal(goal.body)
    for fact in facts:
        bound = fact.conclusion
        if not isinstance(bound, NonNegative) or bound.indices != goal.indices:
            continue
        divisor = normal(bound.body)
        for factor, rest in (*_shared_content(dividend, divisor), *_quotients(dividend, divisor)):
            uses = ((0, tuple((v, v) for v in bound.indices), (), _readable(e, factor)),)
            try:
                return rules.bound((fact,), goal, _readable(e, rest), uses)
            except KernelError:
                continue
    return None


def _readable(e: Elaborator, poly: Poly) -> terms.Term:
    return term_of_poly(poly, e.fresh) if poly else terms.number(0)


def _shared_content(dividend: Poly, divisor: Poly) -> Iterator[tuple[Poly, Poly]]:
    """The factor by which the two differ, when they are the same up to a product."""
    if not dividend or not divisor:
        return
    above, below = split_content(dividend), split_content(divisor)
    if above[3] == below[3] and not above[2] and not below[2]:
        params = dict(above[1])
        for number, exponent in below[1]:
            params[number] = tidy_number(params.get(number, 0) - exponent)
        kept = tuple(sorted((n, x) for n, x in params.items() if x))
        yield {(kept, ()): tidy_number(terms.Fraction(above[0]) / terms.Fraction(below[0]))}, {}


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
        at = next((m for m in sorted(rest, key=repr) if rest[m] > 0 and _over(m, lead) is not None), None)
        if at is None:
            break
        params = _over(at, lead)
        step: Poly = {(params or (), at[1]): tidy_number(terms.Fraction(rest[at]) / terms.Fraction(weight))}
        accumulate(quotient, step)
        accumulate(rest, multiply(step, divisor), -1)
    return quotient, rest


def _over(monomial: Monomial, lead: Monomial) -> tuple | None:
    """The parameters of the quotient, or None when the lead does not divide the monomial."""
    left = dict(monomial[0])
    for number, exponent in lead[0]:
        if left.get(number, 0) < exponent:
            return None
        left[number] -= exponent
    return tuple(sorted((n, x) for n, x in left.items() if x))


