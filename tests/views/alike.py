"""Trees as nested tuples, so that it makes no difference who built them: SymPy or the operators of our letters."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Basic

from symattn.language.trees.unevaluated import own

ORDERED_BY_SYMPY = (sympy.Add, sympy.Mul)


def alike(expr: Any) -> Any:
    """Kind and parts; those of sums and products of numbers in alphabetical order, 1/(x y) as 1/x 1/y."""
    if not isinstance(expr, Basic) or not expr.args:
        return repr(expr) if not isinstance(expr, Basic) else sympy.srepr(expr)
    kind = own(type(expr))
    args = [alike(arg) for arg in expr.args]
    if kind is sympy.Pow and expr.args[1] == -1 and args[0][0] == "Mul":
        return "Mul", *sorted(map(_inverse, args[0][1:]), key=repr)
    if kind in ORDERED_BY_SYMPY:
        flat = [part for arg in args for part in (arg[1:] if arg[0] == kind.__name__ else [arg])]
        args = sorted(flat, key=repr)
    return (kind.__name__, *args)


def _inverse(part: Any) -> Any:
    number = isinstance(part, str) and part.startswith(("Integer(", "Rational("))
    return sympy.srepr(1 / sympy.sympify(part)) if number else ("Pow", part, "Integer(-1)")
