"""Which step of an expression its error bound mostly comes from."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy import Transpose

from symattn.language import HeadIndex, T, text
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample

__all__ = ["largest_term"]

MOST = 12  # steps that are looked at
LONGEST = 40  # characters of a step that a message shows


def largest_term(expr: Any, at: Sample, arithmetic: Any, place: tuple[int, int]) -> str:
    """The step whose own rounding weighs most at an entry, and its share; empty for a single step.

    Each step in turn is taken as exact; what the bound loses beyond what the steps inside it account for is its own.
    """
    steps = [node for node in _inside_out(expr) if _counts(node)][-MOST:]
    whole = _radius(expr, at, arithmetic, place, None)
    if len(steps) < 2 or not np.isfinite(whole) or whole == 0:
        return ""
    gains = {node: whole - _radius(expr, at, arithmetic, place, node) for node in steps}
    own = {node: gain - _below(node, gains) for node, gain in gains.items()}
    worst = max(own, key=lambda node: own[node])
    shown = text(worst)
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    return f"{100 * min(1.0, max(0.0, own[worst] / whole)):.0f} % of it from the step {shown}"


def _inside_out(expr: Any) -> list[Any]:
    found: list[Any] = []
    stack = [(expr, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            found += [] if node in found else [node]
            continue
        stack.append((node, True))
        stack.extend((part, False) for part in node.args)
    return found


def _counts(node: Any) -> bool:
    """Whether the node is a step of its own: a matrix that is computed, outside any sum over heads."""
    computed = getattr(node, "is_Matrix", False) and not (node.is_symbol or getattr(node, "is_letter", False))
    return bool(computed and node.args and node.free_symbols and not node.atoms(HeadIndex) and not _turned_letter(node))


def _turned_letter(node: Any) -> bool:
    return isinstance(node, Transpose | T) and bool(getattr(node.args[0], "is_symbol", False))


def _radius(expr: Any, at: Sample, arithmetic: Any, place: tuple[int, int], exact: Any) -> float:
    walk = Walk(at, arithmetic)
    if exact is not None:
        value = walk.value(exact).value
        walk = Walk(at, arithmetic)
        walk.assume(exact, Ball(value, np.zeros(value.shape)))
    return float(walk.value(expr).radius[place])


def _below(node: Any, gains: dict[Any, float]) -> float:
    """What the largest steps inside account for."""
    total, stack = 0.0, list(node.args)
    while stack:
        part = stack.pop()
        if part in gains:
            total += gains[part]
        else:
            stack.extend(getattr(part, "args", ()))
    return total
