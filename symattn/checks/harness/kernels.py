"""Which expressions are what an attention kernel computes from the tensors that it is given."""

from __future__ import annotations

from typing import Any

from sympy import HadamardProduct, MatAdd, MatMul, Transpose

from symattn.language import HeadConcat, HeadStack, Matrix, Member, Softmax, T

__all__ = ["is_attention"]


def is_attention(expr: Any) -> bool:
    """Whether it is softmax(scores) V: scores of one product of queries and keys, scaled, masked, biased; V a letter.

    Projections, residuals and what follows are steps of their own, between which tensors are stored in the dtype, so
    an expression with them is not one kernel.
    """
    if isinstance(expr, HeadConcat | HeadStack):
        return is_attention(expr.expr)
    if not isinstance(expr, MatMul):
        return False
    _, factors = expr.as_coeff_matrices()
    match factors:
        case [Softmax() as weights, values]:
            return _given(values) and _scores(weights.scores) and (weights.mask is None or _given(weights.mask))
    return False


def _given(part: Any) -> bool:
    """A letter, a member of a family, a constant, or the transpose of one."""
    if isinstance(part, Transpose | T):
        return _given(part.args[0])
    return isinstance(part, Matrix | Member) or not part.free_symbols


def _scores(part: Any) -> bool:
    if isinstance(part, MatAdd):
        return all(map(_scores, part.args))
    if isinstance(part, MatMul):
        _, factors = part.as_coeff_matrices()
        return len(factors) <= 2 and all(map(_given, factors))
    if isinstance(part, HadamardProduct):
        return all(map(_given, part.args))
    return _given(part)
