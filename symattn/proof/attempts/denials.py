"""Claims that deny, refuted by a proof of the contrary at sizes where what is given can hold."""

from __future__ import annotations

from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import KernelError, LanguageError, ShapeError
from symattn.proof.attempts.case import begun
from symattn.proof.refute.counterexample import Counterexample, example
from symattn.proof.search.search import NoProof
from symattn.proof.verdict import Theorem


def denial(claim: Any, given: tuple[Any, ...]) -> Counterexample | None:
    """Sizes at which the contrary of `not A` or `there is x. A` is a theorem, where the given claims can hold."""
    if not isinstance(claim, lang.Exists | lang.Not):
        return None
    inner = claim.claim
    contrary = inner.claim if isinstance(inner, lang.Not) else lang.Not(inner)
    against = inner if isinstance(claim, lang.Not) else lang.ForAll(claim.variables, contrary)
    least = {s: sympy.Integer(s.minimum) for s in lang.sizes_of(lang.And(claim, *given))}
    for fixed in ({}, least, *({s: n} for s, n in least.items())):
        theorem = proved(against.xreplace(fixed), tuple(g.xreplace(fixed) for g in given))
        world = example(tuple(g.xreplace(fixed) for g in given)) if theorem else None
        if world is not None:
            sizes = {**world.sizes, **{s: int(n) for s, n in fixed.items()}}
            return Counterexample(sizes, world.values, f"the contrary is a theorem: {theorem}")
    return None


def proved(claim: Any, given: tuple[Any, ...]) -> Theorem | None:
    try:
        b = begun(claim, given)
        return Theorem(claim, given, b.proof(b.known))
    except (NoProof, KernelError, LanguageError, ShapeError):
        return None
