"""`max` and `min` where they say nothing more than a bound on every entry: `max(x) <= c`, `r <= min(a, b)`.

The greatest of some numbers is at most c exactly when each of them is; for what says more, piecewise.py has a mask.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from symattn import language
from symattn.language.trees.unevaluated import as_number
from symattn.proof.text.signatures import is_matrix

_SMALL_SIDE = {ast.LtE: 0, ast.Lt: 0, ast.GtE: 1, ast.Gt: 1}
"""On which side of the sign the smaller one stands."""


def bounded(sides: tuple[ast.expr, ast.expr], operator: ast.cmpop, value: Callable[[ast.expr], Any]) -> Any:
    """The pairs to be compared in place of the two sides, or None where no `max` or `min` can be taken apart."""
    small = _SMALL_SIDE.get(type(operator))
    if small is None:
        return None
    for side, name in ((small, "max"), (1 - small, "min")):
        match sides[side]:
            case ast.Call(func=ast.Name(id=called), args=[_, *_] as parts, keywords=[]) if called == name:
                values, other = [value(part) for part in parts], as_number(value(sides[1 - side]))
                kinds = {is_matrix(each) for each in values}  # max(x, 1) has an axis for some, and a number for others
                if is_matrix(other) or len(kinds) > 1 or not all(map(_has_an_entry, values)):
                    return None
                return [(each, other) if side == 0 else (other, each) for each in values]
    return None


def _has_an_entry(value: Any) -> bool:
    return not is_matrix(value) or all((language.lower_bound(side) or 0) >= 1 for side in value.shape)
