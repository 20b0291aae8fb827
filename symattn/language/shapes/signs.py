"""What is visibly positive, or visibly not negative, read off an expression as it is written.

The grammar asks before it lets a root stand.  The kernel looks for itself when the entries are written out, and sees
at least what is seen here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from symattn.language.entrywise import ElementwiseExp, Reciprocal
from symattn.language.matrices import Matrix, T
from symattn.language.nodes import Before, Diag, Shift, Softmax, Unit
from symattn.language.sizes import Size, lower_bound
from symattn.language.sums import RowSum, Total
from symattn.language.trees.sides import is_one_entry
from symattn.language.walk import nearest

__all__ = ["sign"]


def sign(expr: Any) -> int:
    """1 when it, or every entry of it, is seen to be positive; 0 when it is seen to be at least 0; -1 otherwise."""
    rule = nearest(_RULES, type(expr))
    return rule(expr) if rule else -1


def _number(expr: Any) -> int:
    return (expr.p > 0) - (expr.p < 0)


def _letter(expr: Any) -> int:
    return 1 if "positive" in expr.facts else 0 if expr.facts & {"mask", "permutation"} else -1


def _sum(expr: Any) -> int:
    signs = list(map(sign, expr.args))
    return max(signs) if min(signs) >= 0 else -1


def _factors(parts: Iterable[Any]) -> int:
    """An even number of equal factors is a square."""
    return min((max(sign(part), -(times % 2)) for part, times in Counter(parts).items()), default=1)


def _power(expr: Any) -> int:
    even = expr.exp.is_Integer and expr.exp % 2 == 0
    return max(sign(expr.base), 0 if even else -1) if expr.exp.is_Rational else -1


def _product(expr: Any) -> int:
    scale, matrices = expr.as_coeff_matrices()
    summed = [_not_empty(matrix.shape[1]) for matrix in matrices[:-1]]
    return min([sign(scale), *map(sign, matrices), *summed])


def _on_diagonal(matrix: Any) -> int:
    """Also of A Aᵀ, whose diagonal has sums of squares."""
    if isinstance(matrix, sp.MatMul):
        scale, factors = matrix.as_coeff_matrices()
        if len(factors) == 2 and factors[0] == factors[1].T:
            return min(sign(scale), 0)
    return sign(matrix)


def _trace(expr: Any) -> int:
    return min(_on_diagonal(expr.arg), _not_empty(expr.arg.shape[0]))


def _total(expr: Any) -> int:
    inside = _on_diagonal(expr.arg) if is_one_entry(expr.arg) else sign(expr.arg)
    return min(inside, *map(_not_empty, expr.arg.shape))


def _row_sum(expr: Any) -> int:
    return min(sign(expr.arg), _not_empty(expr.arg.shape[1]))


def _entry(expr: Any) -> int:
    return _on_diagonal(expr.parent) if expr.i == expr.j else sign(expr.parent)


def _not_empty(size: Any) -> int:
    return int((lower_bound(size) or 0) >= 1)


def _inside(expr: Any) -> int:
    return sign(expr.args[0])


_RULES: dict[type, Callable[[Any], int]] = {
    sp.Rational: _number,
    sp.Symbol: lambda expr: 1 if expr.is_positive else -1,
    Size: lambda expr: int(expr.minimum >= 1),
    Matrix: _letter,
    **dict.fromkeys((sp.exp, ElementwiseExp, sp.OneMatrix, type(sp.E)), lambda expr: 1),
    **dict.fromkeys((sp.ZeroMatrix, sp.Identity, Unit, Before, Shift), lambda expr: 0),
    **dict.fromkeys((sp.Add, sp.MatAdd), _sum),
    **dict.fromkeys((sp.Mul, sp.HadamardProduct), lambda expr: _factors(expr.args)),
    sp.MatMul: _product,
    sp.Pow: _power,
    **dict.fromkeys((Reciprocal, sp.Transpose, T), _inside),
    Diag: lambda expr: min(sign(expr.arg), 0),
    Softmax: lambda expr: 1 if expr.mask is None else min(sign(expr.mask), 1),
    RowSum: _row_sum,
    Total: _total,
    sp.Trace: _trace,
    MatrixElement: _entry,
}
