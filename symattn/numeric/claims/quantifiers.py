"""Test values for "for all", and when finitely many of them settle the matter.

A polynomial of degree 1 in the entries of a variable is 0 everywhere once it is 0 at 0 and at every e_i; one of degree
2 once it is 0 at 0, ±e_i and e_i + e_j too.  For several variables the products of such sets do.
"""

from collections.abc import Iterator
from itertools import combinations, product
from math import inf, prod
from typing import Any

import numpy as np
import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn import language
from symattn.language import text
from symattn.numeric.samples.draws import entries, with_facts

Array = Any

MOST_VALUES = 1500  # combinations of test values that may decide a claim
SOME_VALUES = 300  # combinations where none would: some are drawn

SUMS = (
    sympy.Add,
    sympy.MatAdd,
    sympy.Transpose,
    sympy.Trace,
    MatrixElement,
    sympy.Tuple,
    language.T,
    language.HStack,
    language.VStack,
    language.RowSum,
    language.Total,
    language.Diag,
    language.HeadSum,
    language.ScalarHeadSum,
    language.HeadConcat,
    language.HeadStack,
    language.MatrixOf,
    language.Equal,
    language.And,
)
PRODUCTS = (sympy.Mul, sympy.MatMul, sympy.HadamardProduct, language.Bilinear)


def degree(expr: Any, *variables: Any) -> float:
    """An upper bound for the degree of an expression, or of the sides of an equation, in the entries of letters."""
    degrees: dict[Any, float] = {}
    stack = [expr]
    while stack:
        node = stack[-1]
        waiting = [part for part in node.args if part not in degrees]
        if waiting and node not in variables:
            stack.extend(waiting)
            continue
        degrees[stack.pop()] = _degree(node, variables, [degrees.get(part, 0) for part in node.args])
    return degrees[expr]


def _degree(node: Any, variables: tuple[Any, ...], parts: list[float]) -> float:
    if node in variables or (isinstance(node, language.Member) and node.family in variables):
        return 1
    if not any(parts):
        return 0
    if isinstance(node, SUMS):
        return max(parts)
    if isinstance(node, PRODUCTS):
        return sum(parts)
    if isinstance(node, sympy.Pow | sympy.MatPow) and isinstance(node.exp, sympy.Integer) and node.exp >= 0:
        return parts[0] * int(node.exp)
    return inf


def units(shape: tuple[int, ...]) -> list[Array]:
    """The arrays with a single 1."""
    return [unit.reshape(shape) for unit in np.eye(prod(shape), dtype=int)]


def _grid(shape: tuple[int, ...], highest: float) -> Iterator[Array]:
    """0 and the units; for degree 2 also their opposites and the sums of two."""
    yield np.zeros(shape, dtype=int)
    yield from units(shape)
    if highest == 2:
        yield from (-unit for unit in units(shape))
        yield from (one + other for one, other in combinations(units(shape), 2))


def _values(variable: Any, shape: tuple[int, ...], highest: float, rng: np.random.Generator) -> list[Array]:
    facts: frozenset[str] = getattr(variable, "facts", frozenset())
    if facts:
        return [with_facts(facts, "integers", rng, (shape[0], shape[1])) for _ in range(8)]
    if getattr(variable, "is_positive", False):
        return [np.array(number) for number in (1, 2, 4)]
    drawn = [entries("integers", rng, shape) for _ in range(2 if highest <= 2 else 6)]
    return [*_grid(shape, highest), *drawn]


def trials(
    variables: tuple[Any, ...], claim: Any, shapes: list[tuple[int, ...]], seed: int
) -> tuple[list[tuple[Array, ...]], bool]:
    """Values to try for the variables together, and whether they decide the claim for all values."""
    rng = np.random.default_rng(seed)
    degrees = [degree(claim, variable) for variable in variables]
    choices = [_values(*given, rng) for given in zip(variables, shapes, degrees, strict=True)]
    plain = all(not getattr(v, "facts", None) and not getattr(v, "is_positive", False) for v in variables)
    decisive = plain and max(degrees, default=0) <= 2
    if prod(map(len, choices)) <= (MOST_VALUES if decisive else SOME_VALUES):
        return list(product(*choices)), decisive
    return [tuple(choice[rng.integers(len(choice))] for choice in choices) for _ in range(SOME_VALUES)], False


def assignment(variables: tuple[Any, ...], values: tuple[Array, ...]) -> str:
    """x = [[0, 1]], y = [[1, 0]]."""
    return ", ".join(f"{text(variable)} = {value.tolist()}" for variable, value in zip(variables, values, strict=True))
