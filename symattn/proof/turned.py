"""Proof: the other side of an inverse, for matrices made of blocks as well as for letters (`inverses` finds those)."""

from __future__ import annotations

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import TheoremError
from symattn.kernel.rank_rules import unit_equation
from symattn.proof.elaborate import Elaborator
from symattn.proof.known import Known
from symattn.proof.search import NoProof, search
from symattn.proof.statements import array, formula_of
from symattn.proof.verdict import Theorem


def other_side(theorem: Theorem) -> Theorem:
    """From `A B = 1`, for square matrices A and B, the theorem `B A = 1`.

    Raises    TheoremError when the theorem is not of that form
    """
    product, unit = theorem.claim.args if isinstance(theorem.claim, lang.Equal) else (None, None)
    if not isinstance(product, sympy.MatMul) or len(product.args) != 2 or not isinstance(unit, sympy.Identity):
        raise TheoremError(f"not of the form A B = 1:\n    {theorem}")
    left, right = product.args
    e, claim = Elaborator(prefix="s"), lang.Equal(right @ left, unit)
    try:
        a, b = array(e, left), array(e, right)
        found = search(e, None, unit_equation(a, b), Known(facts=[theorem.kernel]))
        known = Known().with_fact(e, rules.other_side((found,), a, b))
        return Theorem(claim, theorem.given, search(e, claim, formula_of(claim), known))
    except NoProof as error:
        raise TheoremError(f"{lang.text(claim)} does not follow from {theorem}: {error}") from None
