"""Whether a claim fails at given sizes and values: with 100 digits, or exactly where ranks are concerned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import sympy

import symattn as sa
from symattn import language as lang
from tests.proof.fuzzing.evaluate import DIGITS, EXACT, World, differ, rank, wide


def fails(claim: Any, counterexample: Any) -> bool:
    """Whether the claim is false at the sizes and values of the counterexample."""
    sizes = {size: int(number) for size, number in counterexample.sizes.items()}
    values = {
        letter: _plain(np.asarray(value, dtype=object).tolist()) for letter, value in counterexample.values.items()
    }
    return not _holds(claim, World(sizes, values, DIGITS))


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, list) else Fraction(str(value))


def _holds(claim: Any, world: World) -> bool:
    if isinstance(claim, sa.Equal) and isinstance(claim.left, lang.Rank):
        return _rank(claim.left.arg, world) == world.size(claim.right)
    if isinstance(claim, sa.Equal):
        return not differ(world, claim.left, claim.right)
    if isinstance(claim, lang.RankAtMost):
        return _rank(claim.arg, world) <= world.size(claim.bound)
    if isinstance(claim, lang.RankAtLeast):
        return _rank(claim.arg, world) >= world.size(claim.bound)
    if isinstance(claim, sa.PSD):
        return _semidefinite(wide.matrix(world.value(claim.arg)))
    if isinstance(claim, sa.Iff):
        return _holds(claim.left, world) == _holds(claim.right, world)
    if isinstance(claim, sa.ForAll):
        return all(_holds(claim.claim, w) for w in _few(claim.variables, world))
    if isinstance(claim, sa.Exists) and isinstance(claim.claim, sa.Not):
        return not _identical(claim.claim.claim, world)
    raise TypeError(f"no judgement on {claim}")


def _few(variables: tuple[Any, ...], world: World) -> Iterator[World]:
    """Enough rows for an equation of degree 2 in them: units, and sums of two units."""
    choices = []
    for variable in variables:
        width = world.shape(variable)[1]
        units = [[Fraction(i == j) for j in range(width)] for i in range(width)]
        sums = [[a + b for a, b in zip(one, two, strict=True)] for one, two in product(units, units)]
        choices.append([[row] for row in (*units, *sums)])
    for rows in product(*choices):
        yield World(world.sizes, {**world.values, **dict(zip(variables, rows, strict=True))}, world.ring)


def _identical(equation: Any, world: World) -> bool:
    """Whether both sides are the same polynomials in their entries, by SymPy's own explicit matrices."""
    sizes = {size: sympy.Integer(number) for size, number in world.sizes.items()}
    here = equation.xreplace({s: sizes.get(s, sympy.Integer(2)) for s in lang.sizes_of(equation)})
    return all(sympy.expand(x.doit()) == 0 for x in here.left.as_explicit() - here.right.as_explicit())


def _rank(matrix: Any, world: World) -> int:
    return rank(World(world.sizes, world.values, EXACT).value(matrix))


def _semidefinite(matrix: Any) -> bool:
    return matrix == matrix.T and min(wide.eigsy(matrix, eigvals_only=True)) > -(wide.mpf(10) ** -40)
