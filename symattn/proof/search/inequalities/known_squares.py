"""A bound as the square of a product: `-x A A xᵀ` is |x A|² where Aᵀ = -A is known, which no normal form shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from symattn.engine.normal import normal
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.inequalities.sums_of_squares import equals

MOST = 6


def by_products(
    e: Elaborator, goal: NonNegative, facts: Sequence[Proof], prove: Callable[[Equation], Proof | None]
) -> Proof | None:
    """The goal, one product, where equations of matrices make it the square of a row times a matrix of theirs."""
    known = {a for f in facts if isinstance(f.conclusion, Equation) for a in _matrices(f.conclusion.left)}
    if goal.strict or goal.indices or not known or len(normal(goal.body)) != 1:
        return None

    for square in islice(_squares(e, goal, known), MOST):
        with suppress(KernelError):
            equal = prove(Equation((), goal.body, square))
            if equal is not None:
                return equals(goal, square, equal)
    return None


def _squares(e: Elaborator, goal: NonNegative, known: set[Letter]) -> Iterator[Term]:
    """`Σ_j (Σ_i v_i A_ij)²` for the rows or columns v of the goal, and the other way round."""
    letters = [s for s in terms.symbols(goal.body) if isinstance(s, Letter) and len(s.sizes) == 2]
    lines = sorted((a for a in letters if ONE_SIZE in a.sizes), key=lambda a: a.name)
    for line in lines:
        length = line.sizes[1] if line.sizes[0] == ONE_SIZE else line.sizes[0]
        for matrix in sorted(known.intersection(letters) - {*lines}, key=lambda a: a.name):
            for turned in (False, True):
                if matrix.sizes[turned] == length:
                    i, j = e.fresh(length), e.fresh(matrix.sizes[not turned])
                    entry = terms.entry(matrix, *((j, i) if turned else (i, j)))
                    product = terms.summation((i,), terms.multiply(_value(line, i), entry))
                    yield terms.summation((j,), terms.power(product, 2))


def _value(line: Letter, index: Index) -> Term:
    only = constant_index(0, ONE_SIZE)
    return terms.entry(line, *((only, index) if line.sizes[0] == ONE_SIZE else (index, only)))


def _matrices(side: Term) -> Iterator[Letter]:
    yield from (s for s in terms.symbols(side) if isinstance(s, Letter) and len(s.sizes) == 2)
