"""Inputs at which mistakes show.  A probe gives values to the letters that have no declared facts.

normal       random entries
uniform      the first letter of the scores is 0, so all weights agree; each value row is one-hot
ones         every value is 1, so every row of weights must sum to 1
retrieval    keys of ±1, each query equal to one key, far apart
large        scores 48 times as large (768 in float64): exp without a shift overflows
negative     every score very negative: exp without a shift is 0 everywhere
ramps        entries that rise row by row, so that a transpose or another order shows
index        values that carry their own row and column
signs        entries of ±1
onehot       rows with a single 1
rising       entries that grow along the longest side, so that the largest score of a row comes late
zero, minus, tiny, wide, low, one    random entries, and a scalar letter of that kind (`scalars`)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from symattn.checks.harness.scalars import SCALAR_PROBES
from symattn.language import BilinearMap, Softmax, letters_of
from symattn.language.walk import nodes_of

__all__ = ["PROBES", "Roles", "probes_of", "roles_of"]

Array = Any
Values = dict[Any, Array]
Shapes = Mapping[Any, tuple[int, ...]]
Generator = np.random.Generator


@dataclass(frozen=True)
class Roles:
    """The letters that the scores inside a softmax are made of, and the others; `large` scores are so many times 1."""

    scores: tuple[Any, ...]
    values: tuple[Any, ...]
    large: float = 48.0


def roles_of(expr: Any, dtype: str = "float32") -> Roles:
    """Which letters occur inside a softmax; a mask plays no part.  exp of float64 overflows at 710, not at 89."""
    inside = dict.fromkeys(letter for node in nodes_of(expr, kinds=Softmax) for letter in letters_of(node.scores))
    letters = letters_of(expr)
    apart = tuple(a for a in letters if a in inside), tuple(a for a in letters if a not in inside)
    return Roles(*apart, large=48.0 if dtype != "float64" else 768.0)


def _normal(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    return {letter: rng.standard_normal(shape) for letter, shape in shapes.items()}


def _onehot_rows(shape: tuple[int, ...], rng: Generator) -> Array:
    rows = np.zeros(shape)
    if prod(shape):
        np.put_along_axis(rows, rng.integers(0, shape[-1], (*shape[:-1], 1)), 1.0, axis=-1)
    return rows


def _uniform(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    values = _normal(shapes, roles, rng)
    alone = [a for a in roles.scores if a in shapes]
    return (
        values
        | {a: np.zeros(shapes[a]) for a in alone[-1:]}
        | {a: _onehot_rows(shapes[a], rng) for a in roles.values if a in shapes}
    )


def _ones(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    return _normal(shapes, roles, rng) | {a: np.ones(shapes[a]) for a in roles.values if a in shapes}


def _retrieval(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    """Keys of ±1; every letter that is as wide as the last one has rows picked from it."""
    values = _normal(shapes, roles, rng)
    alone = [a for a in roles.scores if a in shapes]
    if not alone:
        return values
    keys = rng.choice([-1.0, 1.0], shapes[alone[-1]])
    rows = keys.reshape(-1, keys.shape[-1])
    for letter in alone:
        shape = shapes[letter]
        fits = shape[-1] == rows.shape[-1] and len(rows)
        picked = rows[rng.integers(0, max(len(rows), 1), prod(shape[:-1]))] if fits else None
        values[letter] = rng.choice([-1.0, 1.0], shape) if picked is None else picked.reshape(shape)
    values[alone[-1]] = keys
    return values


def _large(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    values = _normal(shapes, roles, rng)
    alone = [a for a in roles.scores if a in shapes]
    return values | {a: roles.large * values[a] for a in alone[-1:]}


def _negative(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    """Positive entries, except for the last letter of the scores, which are negative and large."""
    values = _normal(shapes, roles, rng)
    alone = [a for a in roles.scores if a in shapes]
    values |= {a: 0.5 + np.abs(values[a]) for a in alone}
    return values | {a: -roles.large * values[a] for a in alone[-1:]}


def _ramps(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    return {a: _ramp(shape) * (1 - 0.25 * place) for place, (a, shape) in enumerate(shapes.items())}


def _ramp(shape: tuple[int, ...]) -> Array:
    count = prod(shape)
    return ((np.arange(count) + 1.0) / max(count, 1) - 0.375).reshape(shape)


def _index(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    values = _normal(shapes, roles, rng)
    carried = [a for a in roles.values if a in shapes] or list(shapes)[-1:]
    return values | {a: _places(shapes[a]) for a in carried}


def _places(shape: tuple[int, ...]) -> Array:
    """Row + column / 16, counted from 1, exact in every dtype while there are few rows."""
    grid = np.indices(shape)
    return (grid[-2] + 1 + grid[-1] / 16.0).astype(np.float64) if len(shape) > 1 else np.ones(shape)


def _signs(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    return {a: rng.choice([-1.0, 1.0], shape) for a, shape in shapes.items()}


def _onehot(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    return {a: _onehot_rows(shape, rng) for a, shape in shapes.items()}


def _rising(shapes: Shapes, roles: Roles, rng: Generator) -> Values:
    """Later blocks of a row hold higher scores: what is not rescaled, or cut off, shows."""
    values = _normal(shapes, roles, rng)
    longest = max((length for shape in shapes.values() for length in shape), default=0)
    for letter in roles.scores:
        for axis, length in enumerate(shapes.get(letter, ())):
            if length == longest:
                ramp = np.linspace(0.25, 2.5, length)
                values[letter] = values[letter] * ramp.reshape(
                    [length if i == axis else 1 for i in range(len(shapes[letter]))]
                )
    return values


Probe = Callable[[Shapes, Roles, Generator], Values]

PROBES: dict[str, Probe] = {
    "normal": _normal,
    "uniform": _uniform,
    "ones": _ones,
    "retrieval": _retrieval,
    "large": _large,
    "negative": _negative,
    "ramps": _ramps,
    "index": _index,
    "signs": _signs,
    "onehot": _onehot,
    "rising": _rising,
}
PROBES |= dict.fromkeys(SCALAR_PROBES, _normal)

OF_SOFTMAX = ("uniform", "ones", "retrieval", "large", "negative", "ramps", "index")
OF_OTHERS = ("ramps", "index", "signs", "onehot")


def probes_of(expr: Any) -> tuple[str, ...]:
    """The probes that mean something for the expression, after `normal`."""
    bilinear = any(isinstance(letter, BilinearMap) for letter in letters_of(expr))
    return OF_SOFTMAX if roles_of(expr).scores and not bilinear else OF_OTHERS
