"""Proof: an identity taken off both sides of a rank bound.  What makes Sylvester's inequality a certificate."""

from __future__ import annotations

from typing import Any

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import TheoremError
from symattn.kernel.formulas import Array, RankAtMost
from symattn.kernel.rank_rules import beside_identity
from symattn.kernel.theorem import Theorem as KernelTheorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.known import Known
from symattn.proof.search import NoProof, search
from symattn.proof.statements import formula_of
from symattn.proof.verdict import Theorem


def cancel_identity(theorem: Theorem, size: Any, bound: Any) -> Theorem:
    """From `rank diag(1_s, A) >= s + r`, the theorem `rank A >= r`; and the same with <=.

    Raises    TheoremError when the theorem is not a bound of that form
    """
    block = getattr(theorem.claim, "arg", None)
    corner = block.args[-1].args[-1] if isinstance(block, lang.VStack) else None
    if corner is None or not isinstance(theorem.claim, lang.RankAtLeast | lang.RankAtMost):
        raise TheoremError(f"not a bound of the form rank diag(1, A) >= s + r:\n    {theorem}")
    claim = theorem.claim.func(corner, bound)
    goal = formula_of(claim)
    e = Elaborator(prefix="s")
    known, width = theorem.kernel.conclusion, e.size(size)
    lower, upper = (beside_identity(width, a) for a in (goal.lower, goal.upper))
    try:
        before, after = _at_most(e, lower, known.lower), _at_most(e, known.upper, upper)
    except NoProof as error:
        raise TheoremError(f"{lang.text(bound)} beside the identity is not the bound of {theorem}: {error}") from None
    padded = rules.rank_chain((rules.rank_chain((before, theorem.kernel)), after))
    return Theorem(claim, theorem.given, rules.rank_cancel((padded,), goal, width))


def _at_most(e: Elaborator, lower: Array, upper: Array) -> KernelTheorem:
    return search(e, None, RankAtMost(lower, upper), Known())
