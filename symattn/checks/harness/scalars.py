"""Values of scalar letters, as wide as their declaration: any real number is also 0, negative, tiny, large.

zero     one of them is 0                    minus    one is negative            one      one is 1
tiny     one is far below 1                  wide     one is far above 1         low      one is far below -1

With several scalars each of them has its turn; the others are of the size of 1, of either sign.  A scalar that its
formula divides by is never 0, and one under a root or a logarithm is positive: there the formula is a convention, or
has no value at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Pow, Symbol

from symattn.language import ElementwiseExp, ElementwiseLog, Reciprocal, RowSum, Total, letters_of

__all__ = ["SCALAR_PROBES", "scalar_probes", "scalar_values", "scalars_of"]

Generator = np.random.Generator

SCALAR_PROBES = ("zero", "minus", "tiny", "wide", "low", "one")


@dataclass(frozen=True)
class Range:
    """Which numbers a scalar may be: those of its declaration at which the formula has a value of its own."""

    zero: bool
    negative: bool
    positive: bool
    whole: bool
    far: float

    def has(self, probe: str) -> bool:
        return {"zero": self.zero, "minus": self.negative, "low": self.negative}.get(probe, self.positive)


def scalars_of(expr: Any) -> list[Any]:
    return [letter for letter in letters_of(expr) if isinstance(letter, Symbol)]


def scalar_probes(expr: Any, letters: list[Any], dtype: str) -> list[tuple[str, int]]:
    """Each probe that some letter allows, with the place of the letter whose turn it is."""
    ranges = [_range(expr, letter, dtype) for letter in letters]
    return [(probe, place) for probe in SCALAR_PROBES for place, each in enumerate(ranges) if each.has(probe)]


def scalar_values(expr: Any, letters: list[Any], probe: str, seed: int, rng: Generator, dtype: str) -> dict[Any, float]:
    """A number for each; the letter whose turn it is follows from the seed, so that probe and seed draw it again."""
    values = {letter: _usual(_range(expr, letter, dtype), rng) for letter in letters}
    if letters and probe in SCALAR_PROBES:
        turn = letters[seed % len(letters)]
        where = _range(expr, turn, dtype)
        if where.has(probe):
            values[turn] = _chosen(probe, where, rng)
    return values


def _usual(where: Range, rng: Generator) -> float:
    size = float(rng.integers(1, 6)) if where.whole else float(rng.uniform(0.25, 2.0))
    turned = not where.positive or (where.negative and rng.random() < 0.5)
    return -size if turned else size


def _chosen(probe: str, where: Range, rng: Generator) -> float:
    size = float(rng.uniform(0.25, 2.0))
    far = where.far * float(rng.uniform(1.0, 1.5))
    chosen = {
        "zero": 0.0,
        "minus": -size,
        "tiny": 1.0 if where.whole else size * 2.0**-12,
        "wide": far,
        "low": -far,
        "one": 1.0,
    }[probe]
    return float(np.rint(chosen)) or -1.0 if where.whole and probe != "zero" else chosen


def _range(expr: Any, letter: Any, dtype: str) -> Range:
    divided, rooted, raised = _uses(expr, letter)
    far = 6.0 if raised else 48.0 if dtype == "float16" else 600.0
    return Range(
        zero=letter.is_zero is None and not divided and not rooted,
        negative=letter.is_nonnegative is not True and not rooted,
        positive=letter.is_nonpositive is not True,
        whole=letter.is_integer is True,
        far=far,
    )


def _uses(expr: Any, letter: Any) -> tuple[bool, bool, bool]:
    """Whether the letter is divided by, is under a root or a logarithm, is in the exponent of a number."""
    divided = rooted = raised = False
    stack = [expr]
    while stack:
        node = stack.pop()
        if letter not in node.free_symbols:
            continue
        stack.extend(node.args)
        if isinstance(node, Pow | Reciprocal | ElementwiseLog | sympy.log) and _above_zero(node.args[0]):
            continue
        if isinstance(node, Pow):
            divided |= letter in node.base.free_symbols and bool(node.exp.is_negative)
            rooted |= letter in node.base.free_symbols and not node.exp.is_integer
            raised |= letter in node.exp.free_symbols
        divided |= isinstance(node, Reciprocal)
        rooted |= isinstance(node, ElementwiseLog | sympy.log)
        raised |= isinstance(node, sympy.exp)
    return divided, rooted, raised


def _above_zero(node: Any) -> bool:
    """Whether every entry is an exponential, or a sum of them."""
    if isinstance(node, RowSum | Total):
        return _above_zero(node.args[0])
    return isinstance(node, ElementwiseExp | sympy.exp)
