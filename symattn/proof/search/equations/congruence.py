"""A hypothesis used inside a function.  `L = R` turns `F[L]` into `F[R]`, for L some factors of a product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.proof.elaborate.claims import array, formula
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations import derived

Prover = Callable[[Any, Equation, list[tuple[Any, Proof]]], Proof]


def rewrite(e: Elaborator, claim: Any, goal: Equation, known: list[tuple[Any, Proof]], prove: Prover) -> Proof | None:
    """The goal by rewriting one side with one of the known equations, and proving what is left."""
    for number, (hypothesis, theorem) in enumerate(known):
        if not isinstance(hypothesis, lang.Equal) or not isinstance(theorem.conclusion, Equation):
            continue
        for old, new, back in ((*hypothesis.args, False), (*hypothesis.args[::-1], True)):
            hole = lang.matrix(e.unused("hole"), *old.shape) if old.is_Matrix else None
            if hole is None:
                continue
            with_hole = lang.Equal(*(put(side, old, hole) for side in claim.args))
            if hole not in with_hole.free_symbols:
                continue
            pattern = formula(e, with_hole)
            if not isinstance(pattern, Equation):
                continue
            easier = derived.filled(pattern, e.letter(hole), array(e, new))
            rest = known[:number] + known[number + 1 :]
            before = prove(lang.Equal(*(side.xreplace({hole: new}) for side in with_hole.args)), easier, rest)
            equal = theorem if back else derived.swapped(theorem)
            said = derived.equation_of(equal)
            at_old = derived.filled(pattern, e.letter(hole), Array(said.indices, said.left))
            before_exact = derived.adapt(before, at_old)
            return derived.adapt(rules.rewrite((equal, before_exact), pattern, e.letter(hole)), goal)
    return None


def put(expr: Any, old: Any, hole: Any) -> Any:
    """The expression with every run of factors equal to `old` replaced by the hole."""
    if expr == old:
        return hole
    # a hole has no facts, so there is none under an inverse
    if not expr.args or isinstance(expr, sympy.MatrixSymbol | lang.Member | sympy.Inverse):
        return expr
    args = [put(a, old, hole) for a in expr.args]
    if isinstance(expr, sympy.MatMul):
        run = list(old.args) if isinstance(old, sympy.MatMul) else [old]
        for at in range(len(args) - len(run) + 1):
            if list(args[at : at + len(run)]) == run:
                args[at : at + len(run)] = [hole]
                return put(sympy.MatMul(*args), old, hole)
    return expr.func(*args) if args != list(expr.args) else expr
