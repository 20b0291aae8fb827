"""Layer views: when two trees are one statement for Rocq.

Rocq does not see how blocks are bracketed, how factors of an entrywise product are grouped, in which order terms are
written, or a witness, and one over a product is a product of ones over.  `settled` takes all of that away, so that
what was read can be compared with what was printed.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic, MatAdd, Pow

from symattn.language import Exists, Hadamard, HStack, VStack

__all__ = ["settled"]


def settled(expr: Any) -> Any:
    """The tree with brackets, order and witnesses taken away."""
    if not isinstance(expr, Basic) or not expr.args:
        return expr
    args = [settled(arg) for arg in expr.args]
    if isinstance(expr, Exists):
        return Exists(*args[:2])
    if isinstance(expr, Hadamard | VStack | HStack):
        args = _flat(type(expr), args)
    if isinstance(expr, Pow):
        return Pow(*args)
    if isinstance(expr, MatAdd):
        return Basic.__new__(MatAdd, *sorted(args, key=str))
    return expr if tuple(args) == expr.args else expr.func(*args)


def _flat(kind: Any, args: list[Any]) -> list[Any]:
    return [inner for arg in args for inner in (_flat(kind, list(arg.args)) if isinstance(arg, kind) else [arg])]
