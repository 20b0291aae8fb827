"""`A B = 1` turned round.  For square matrices over a commutative ring, `B A = 1` follows."""

from __future__ import annotations

from collections.abc import Iterator

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.ranks import unit_equation
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import size_of
from symattn.proof.search.equations.derived import adapt, equation_of, swapped
from symattn.proof.search.equations.factorisations import through


def other_sides(theorem: Proof) -> Iterator[Proof]:
    """Every way to read the equation as `A B = 1` with square A and B, turned round."""
    for fact in (theorem, swapped(theorem)) if _unit_in(equation_of(theorem)) else ():
        said = equation_of(fact)
        if said.right.kind != "delta" or set(said.right.args) != set(said.indices):
            continue
        i, j = said.indices
        for a, b in through(i, j, said.left, size_of(i)):
            try:
                exact = adapt(fact, unit_equation(a, b))
                yield rules.other_side((exact,), a, b)
            except KernelError:
                continue


def _unit_in(equation: Equation) -> bool:
    return len(equation.indices) == 2 and any(t.kind == "delta" for t in (equation.left, equation.right))
