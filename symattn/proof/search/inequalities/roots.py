"""A bound between roots from that between their squares: A - B = (A² - B²)/(A + B) for A, B ≥ 0.

sqrt(a + b) <= sqrt(a) + sqrt(b)    since    a + b <= a + 2 sqrt(a) sqrt(b) + b
"""

from __future__ import annotations

from collections.abc import Callable

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.engine.reading import Poly, scale
from symattn.kernel.plain.signs import visibly_nonnegative, visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import NonNegative
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.derived import use


def by_squares(e: Elaborator, goal: NonNegative, prove: Callable[[NonNegative], Proof | None]) -> Proof | None:
    """The goal from that of the squares, where these have fewer roots and `prove` knows it."""
    if not any(map(_is_root, terms.walk(goal.body))):
        return None
    poly = normal(goal.body)
    more = term_of_poly({m: c for m, c in poly.items() if c > 0}, e.fresh)
    less = term_of_poly(scale({m: c for m, c in poly.items() if c < 0}, -1), e.fresh)
    total = terms.add(more, less)
    if not (visibly_nonnegative(more) and visibly_nonnegative(less) and visibly_positive(total)):
        return None
    squares = terms.subtract(terms.power(more, 2), terms.power(less, 2))
    if _roots(normal(squares), e) >= _roots(poly, e):
        return None
    known = prove(NonNegative(goal.indices, squares, goal.strict))
    uses = (use(0, goal.indices, goal.indices, terms.reciprocal(total)),)
    return None if known is None else rules.bound((known,), goal, terms.number(0), uses)


def _is_root(term: Term) -> bool:
    return term.kind == "power" and term.args[1].denominator > 1


def _roots(poly: Poly, e: Elaborator) -> int:
    """How many of the monomials have a root in them."""
    each = (term_of_poly({m: c}, e.fresh) for m, c in poly.items())
    return sum(any(map(_is_root, terms.walk(monomial))) for monomial in each)
