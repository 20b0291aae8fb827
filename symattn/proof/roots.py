"""Proof: square roots, of numbers and entry by entry, of what a theorem says is at least 0."""

from __future__ import annotations

from typing import Any

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import KernelError, TheoremError, layout
from symattn.kernel.formulas import NonNegative
from symattn.kernel.sizes import size_of
from symattn.kernel.terms import Letter
from symattn.proof.elaborate import Elaborator
from symattn.proof.search import NoProof
from symattn.proof.statements import statement
from symattn.proof.verdict import Theorem
from symattn.proof.worded import worded


def has_square_root(theorem: Theorem, claim: Any) -> Theorem:
    """From `0 <= A`, that a root exists: `Exists(S, Equal(hadamard(S, S), A))`, or S @ S for 1×1, or s**2 for a scalar.

    Shapes    A, S  n×m, or both scalars

    Raises    TheoremError when the theorem is no such bound, or the claim is not that its A has a root
    """
    e = Elaborator()
    said, goal = theorem.kernel.conclusion, statement(e.names, claim)
    try:
        if not isinstance(said, NonNegative):
            raise KernelError("the theorem is not a bound")
        statement(e.names, theorem.claim)
        letter = Letter(e.unused("root"), tuple(map(size_of, said.indices)))
        return Theorem(claim, theorem.given, worded(rules.root((theorem.kernel,), letter), goal))
    except (KernelError, NoProof) as error:
        pairs = [("theorem", lang.text(theorem.claim)), ("claim", lang.text(claim))]
        note = "accepted is 0 <= A for the claim Exists(S, Equal(hadamard(S, S), A))"
        raise TheoremError(layout(f"no square root: {error}", pairs, note)) from None
