"""Layer proof: the kinds of things that a statement given as text speaks of.  `reader` asks which kind a value is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr, MatrixExpr

from .. import language


def is_matrix(value: Any) -> bool:
    return isinstance(value, MatrixExpr)


def is_claim(value: Any) -> bool:
    return isinstance(value, language.Claim)


def is_scalar(value: Any) -> bool:
    return isinstance(value, Expr) and not is_matrix(value)


KINDS: dict[str, Callable[[Any], bool]] = {
    "matrix": is_matrix,
    "scalar": is_scalar,
    "expression": lambda value: is_matrix(value) or is_scalar(value),
    "claim": is_claim,
    "index": lambda value: isinstance(value, language.HeadIndex | language.Pair),
}


def describe(value: Any) -> str:
    if isinstance(value, language.Family):
        return "a family of matrices"
    if KINDS["index"](value):
        return "a head index"
    kinds = {"matrix": "a matrix", "claim": "a claim", "scalar": "a number"}
    return next((text for kind, text in kinds.items() if KINDS[kind](value)), "something else")
