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
from symattn.language import exp, hadamard, log, ones, reciprocal, rowsum

__all__ = ["KEYS", "MISTAKES", "QUERIES", "Side", "back", "ready"]

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


def ready(side: Side, eps: Any, turned: bool, wrong: str = "") -> Expression:
    """What meets in the scores: normed when eps is a number, then turned; `wrong` is one of MISTAKES."""
    if wrong == "norm last":
        return _normed(_turned(side.rows, side), side, eps)
    if eps is None:
        rows = side.rows
    elif wrong == "eps behind":
        shifted = exp(Rational(1, 2) * log(_squares(side.rows))) + eps * ones(side.rows.shape[0], 1)
        rows = hadamard(_in_columns(side.rows, reciprocal(shifted)), ones(side.rows.shape[0], 1) @ side.gain)
    else:
        rows = _normed(side.rows, side, eps)
    return _turned(rows, side) if turned else rows


MISTAKES = ("norm last", "eps behind")
"""Normed behind the turn; e added behind the root."""


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
    return exp(-Rational(1, 2) * log(_squares(rows) + eps * ones(rows.shape[0], 1))) @ ones(1, letters.k)


def _squares(rows: Expression) -> Expression:
    """The mean of the squares of each row."""
    return rowsum(hadamard(rows, rows)) / letters.k


def _in_columns(rows: Expression, factor: Expression) -> Expression:
    return hadamard(rows, factor @ ones(1, letters.k))
