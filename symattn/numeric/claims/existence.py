"""Numeric layer: "there is" without a witness, where the equations are linear, or ask for a projection."""

from typing import Any

import numpy as np

from symattn import language
from symattn.errors import SymattnError
from symattn.language import letters_of
from symattn.numeric.arithmetic import Truth, Value
from symattn.numeric.claims.comparisons import minus
from symattn.numeric.claims.points import at_points, each
from symattn.numeric.claims.quantifiers import degree, units
from symattn.numeric.claims.verdicts import Judgement
from symattn.numeric.evaluation.rules_algebra import transposed
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.linear_algebra import elimination
from symattn.numeric.samples.samples import letter_shape


def linear_existence(claim: Any, walk: Walk) -> Judgement | None:
    """Whether the equations under an Exists have a solution at the sample, or None when they are not linear.

    The unknowns enter affinely, so the equations are known from their values at 0 and at every unit: C u = -b.  They
    have a solution exactly when b does not raise the rank of C.
    """
    field = getattr(walk.arithmetic, "field", None)
    equations = _equations(claim.claim)
    free = all(not getattr(v, "facts", None) and not getattr(v, "is_positive", False) for v in claim.variables)
    linear_in = free and equations and degree(claim.claim, *claim.variables) <= 1
    if field is None or not walk.arithmetic.certain or not linear_in:
        return None
    shapes = [letter_shape(variable, walk.sample.sizes) for variable in claim.variables]
    zeros = [np.zeros(shape, dtype=int) for shape in shapes]
    ones = [[*zeros[:place], unit, *zeros[place + 1 :]] for place, shape in enumerate(shapes) for unit in units(shape)]
    constant, *moved = at_points(claim, [zeros, *ones], walk, lambda inner: _differences(equations, inner))
    columns = [[field.reduce(a - b) for a, b in zip(values, constant, strict=True)] for values in moved]
    if elimination.rank(columns, field) == elimination.rank([*columns, constant], field):
        return Judgement(Truth.TRUE, "the linear equations have a solution")
    return Judgement(Truth.FALSE, "the linear equations contradict each other")


def projection(claim: Any, walk: Walk) -> dict[Any, Value] | None:
    """P and M of the equations P A = A and P = A M: M = (AᵀA)⁻¹Aᵀ is the one choice that also gives P = Pᵀ.

    None when the unknowns are not such a P and M, or AᵀA has no inverse that this arithmetic can bound.
    """
    parts = claim.claim.args if isinstance(claim.claim, language.And) else ()
    pairs = [part.args for part in parts if isinstance(part, language.Equal)]
    for P, factor, M in [(left, *right.args) for left, right in pairs if len(right.args) == 2 and right.is_MatMul]:
        unknowns = {P, M} == set(claim.variables) and not set(letters_of(factor)) & {P, M}
        if unknowns and not any(v.facts for v in (P, M)) and any(side == (P @ factor, factor) for side in pairs):
            return _onto(P, factor, M, walk)
    return None


def _onto(P: Any, factor: Any, M: Any, walk: Walk) -> dict[Any, Value] | None:
    arithmetic, value = walk.arithmetic, walk.value(factor)
    try:
        turned = arithmetic.rearrange(transposed, [value])
        mixing = arithmetic.matmul(arithmetic.inverse(arithmetic.matmul(turned, value)), turned)
        return {P: arithmetic.matmul(value, mixing), M: mixing}
    except SymattnError:
        return None


def _equations(claim: Any) -> list[Any]:
    """The equations of a conjunction; none when something else is in it."""
    parts = claim.args if isinstance(claim, language.And) else (claim,)
    return list(parts) if all(isinstance(part, language.Equal) for part in parts) else []


def _differences(equations: list[Any], walk: Walk) -> list[list[Any]]:
    """left - right of every equation, entry by entry, for each value of the walk."""
    found = [minus(walk.arithmetic, walk.value(equation.left), walk.value(equation.right)) for equation in equations]
    stacks = [each(part, walk.count) for part in found]
    return [[entry for part in parts for entry in part.flat] for parts in zip(*stacks, strict=True)]
