"""Whether a claim fails at given sizes and values, worked out from SymPy's own explicit matrices and nothing else."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import numpy as np
import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

import symattn as sa
from symattn import language as lang
from symattn.language.base import explicit
from tests.proof.evaluate import rank

DIGITS = 60


def fails(claim: Any, counterexample: Any) -> bool:
    """Whether the claim is false there: exactly for ranks, else to 60 digits."""
    sizes = {s: sympy.Integer(number) for s, number in counterexample.sizes.items()}
    return not _holds(claim.xreplace(sizes), _entries(counterexample.values))


def _entries(values: dict[Any, Any]) -> dict[tuple[str, tuple[int, ...]], Fraction]:
    """Every number of the counterexample, by the name of its letter and its place."""
    return {
        (letter.name, place): Fraction(str(array[place]))
        for letter, value in values.items()
        for array in [np.asarray(value, dtype=object)]
        for place in product(*map(range, array.shape))
    }


def _holds(claim: Any, entries: dict[Any, Fraction]) -> bool:
    if isinstance(claim, sa.Equal) and not claim.has(lang.Rank):
        return _equal(claim.left, claim.right, entries)
    if isinstance(claim, sa.Equal):
        return _rank(claim.left.arg, entries) == int(claim.right)
    if isinstance(claim, lang.RankAtMost):
        return _rank(claim.arg, entries) <= int(claim.bound)
    if isinstance(claim, lang.RankAtLeast):
        return _rank(claim.arg, entries) >= int(claim.bound)
    if isinstance(claim, sa.PSD):
        return _semidefinite(_numbers(claim.arg, entries))
    if isinstance(claim, sa.Iff):
        return _holds(claim.left, entries) == _holds(claim.right, entries)
    if isinstance(claim, sa.ForAll):
        return all(_holds(claim.claim, {**entries, **chosen}) for chosen in _few(claim.variables))
    if isinstance(claim, sa.Exists) and isinstance(claim.claim, sa.Not):
        return not _identical(claim.claim.claim)
    raise TypeError(f"no judgement on {claim}")


def _few(variables: tuple[Any, ...]) -> list[dict[Any, Fraction]]:
    """Enough rows for an equation of degree 2 in them: units, and sums of two units."""
    rows = []
    for variable in variables:
        width = int(variable.shape[1])
        units = [[Fraction(i == j) for j in range(width)] for i in range(width)]
        sums = [[a + b for a, b in zip(one, two, strict=True)] for one, two in product(units, units)]
        rows.append([{(variable.name, (0, j)): x for j, x in enumerate(row)} for row in (*units, *sums)])
    return [{place: x for part in choice for place, x in part.items()} for choice in product(*rows)]


def _identical(equation: Any) -> bool:
    """Whether both sides are the same polynomials in their entries."""
    difference = equation.left.as_explicit() - equation.right.as_explicit()
    return all(sympy.expand(entry.doit()) == 0 for entry in difference)


def _equal(left: Any, right: Any, entries: dict[Any, Fraction]) -> bool:
    pairs = zip(_numbers(left, entries), _numbers(right, entries), strict=True)
    return all(abs(x - y) <= mpmath.mpf(10) ** (10 - DIGITS) * (1 + abs(x)) for a, b in pairs for x, y in zip(a, b, strict=True))


def _numbers(expr: Any, entries: dict[Any, Fraction]) -> list[list[Any]]:
    if not expr.is_Matrix:
        return [[_number(explicit(expr), entries)]]
    shown = expr.as_explicit()
    return [[_number(shown[i, j], entries) for j in range(shown.cols)] for i in range(shown.rows)]


def _number(expr: Any, entries: dict[Any, Fraction]) -> Any:
    with mpmath.workdps(DIGITS):
        return _value(expr, entries)


def _value(expr: Any, entries: dict[Any, Fraction]) -> Any:
    if isinstance(expr, MatrixElement):
        letter, i, j = expr.args
        head = (int(letter.head),) if isinstance(letter, lang.Member) else ()
        return _ratio(entries[letter.name, (*head, int(i), int(j))])
    if isinstance(expr, sympy.Rational):
        return _ratio(Fraction(int(expr.p), int(expr.q)))
    if isinstance(expr, sympy.Symbol):
        return _ratio(entries[expr.name, ()])
    if isinstance(expr, sympy.Sum):
        return _value(expr.doit(), entries)
    if isinstance(expr, sympy.Trace | lang.Total):
        return _value(explicit(expr), entries)
    below = [_value(a, entries) for a in expr.args]
    if isinstance(expr, sympy.Add):
        return mpmath.fsum(below)
    if isinstance(expr, sympy.Mul):
        return mpmath.fprod(below)
    return {sympy.Pow: mpmath.power, sympy.exp: mpmath.exp, sympy.log: mpmath.log}[type(expr)](*below)


def _ratio(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def _rank(matrix: Any, entries: dict[Any, Fraction]) -> int:
    numbers = _numbers(matrix, entries)
    return rank([[Fraction(int(x)) if x == int(x) else Fraction(str(x)) for x in row] for row in numbers])


def _semidefinite(numbers: list[list[Any]]) -> bool:
    with mpmath.workdps(DIGITS):
        matrix = mpmath.matrix(numbers)
        if mpmath.mnorm(matrix - matrix.T) > mpmath.mpf(10) ** (10 - DIGITS):
            return False
        return min(mpmath.eigsy(matrix, eigvals_only=True)) > -(mpmath.mpf(10) ** (10 - DIGITS))
