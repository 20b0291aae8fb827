"""Proof: a theorem in the very words of a formula that says the same, which may take a search."""

from __future__ import annotations

from symattn.kernel.formulas import Formula
from symattn.kernel.theorem import Theorem
from symattn.proof.elaborate import Elaborator
from symattn.proof.known import Known
from symattn.proof.rewording import in_words
from symattn.proof.search import search


def worded(theorem: Theorem, goal: Formula) -> Theorem:
    """The theorem in the very words of the goal: what is bound may have other names, for no two sizes share one.

    Raises    NoProof, KernelError when it does not say the same
    """
    return in_words(theorem, goal, _searched)


def _searched(theorem: Theorem, goal: Formula) -> Theorem:
    e = Elaborator(prefix="s")
    known = Known().with_fact(e, theorem)
    return known.close(search(e, None, goal, known))
