"""Queries and keys before they meet: RMS norm of every row, then its turn, and the way back of a gradient.

    N = X ∘ r,  r = (‖x‖²/k + e)^-½ in each row        normed: N ∘ g        turned: Y ∘ C + Y J ∘ D

Columns are turned in pairs: J has in each column ±1 at the partner, and C and D have the cos and sin of a pair in both
of its columns; a column that is not turned has 1 and 0.  The way back is dY = dZ ∘ C + (dZ ∘ D) Jᵀ, and
dX = r ∘ (dN - N ∘ rowsum(dN ∘ N) / k) with dN = dY ∘ g.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Rational

from symattn.checks.attention.spec import letters
from symattn.language import exp, hadamard, log, ones, rowsum

__all__ = ["KEYS", "QUERIES", "Side", "back", "ready"]

Expression = Any


@dataclass(frozen=True)
class Side:
    """The letters of queries, or of keys."""

    rows: Expression
    gain: Expression
    cos: Expression
    sin: Expression


QUERIES = Side(letters.Q, letters.g, letters.C, letters.D)
KEYS = Side(letters.K, letters.h, letters.E, letters.F)


def ready(side: Side, eps: Any, turned: bool, *, last: bool = False) -> Expression:
    """What meets in the scores: normed when eps is a number, then turned; or, by mistake, normed last."""
    if last:
        return _normed(_turned(side.rows, side), side, eps)
    rows = side.rows if eps is None else _normed(side.rows, side, eps)
    return _turned(rows, side) if turned else rows


def back(side: Side, eps: Any, turned: bool, gradient: Expression) -> Expression:
    """The gradient in the rows that are given, from that in what is ready."""
    if turned:
        gradient = hadamard(gradient, side.cos) + hadamard(gradient, side.sin) @ letters.J.T
    if eps is None:
        return gradient
    inverse, inner = _inverse(side.rows, eps), hadamard(gradient, ones(side.rows.shape[0], 1) @ side.gain)
    unit = hadamard(side.rows, inverse)
    along = rowsum(hadamard(inner, unit)) / letters.k @ ones(1, letters.k)
    return hadamard(inverse, inner - hadamard(unit, along))


def _turned(rows: Expression, side: Side) -> Expression:
    return hadamard(rows, side.cos) + hadamard(rows @ letters.J, side.sin)


def _normed(rows: Expression, side: Side, eps: Any) -> Expression:
    return hadamard(hadamard(rows, _inverse(rows, eps)), ones(rows.shape[0], 1) @ side.gain)


def _inverse(rows: Expression, eps: Any) -> Expression:
    """r in every column."""
    squares = rowsum(hadamard(rows, rows)) / letters.k + eps * ones(rows.shape[0], 1)
    return exp(-Rational(1, 2) * log(squares)) @ ones(1, letters.k)
