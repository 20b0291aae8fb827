"""Random numbers for letters, with the facts that they declare.  `evaluate` says what expressions are there."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import sympy

from symattn import language as lang
from tests.proof.fuzzing.evaluate import EXACT, Ring, Rows, World, inverted


def draw(letters: Any, sizes: dict[Any, int], rng: random.Random, ring: Ring = EXACT) -> World:
    """Small whole numbers for every letter."""
    world = World(sizes, {}, ring)
    for letter in letters:
        world.values[letter] = _value(letter, world, rng)
    return world


def letters_and_sizes(*parts: Any) -> tuple[list[Any], list[Any]]:
    """Every letter and every size of some expressions."""
    letters = dict.fromkeys(x for part in parts for x in lang.letters_of(part))
    return list(letters), list(dict.fromkeys(s for part in parts for s in lang.sizes_of(part)))


def _value(letter: Any, world: World, rng: random.Random) -> Any:
    if isinstance(letter, sympy.Symbol):
        return Fraction(rng.choice((1, 4, 9))) if letter.is_positive else Fraction(rng.choice((-2, -1, 1, 2, 3)))
    shape = world.shape(letter)
    if isinstance(letter, lang.Family):
        return [_rows(shape, rng) for _ in range(world.size(letter.heads))]
    return _with_facts(getattr(letter, "facts", frozenset()), shape, rng)


def _rows(shape: tuple[int, int], rng: random.Random) -> Rows:
    return [[Fraction(rng.randint(-3, 3)) for _ in range(shape[1])] for _ in range(shape[0])]


def _with_facts(facts: frozenset[str], shape: tuple[int, int], rng: random.Random) -> Rows:
    rows, order = _rows(shape, rng), rng.sample(range(shape[0]), shape[0])
    if facts & {"permutation", "orthogonal"}:
        signs = (1,) if "permutation" in facts else (1, -1)
        return [[Fraction(rng.choice(signs) * (place == j)) for j in range(shape[1])] for place in order]
    while "invertible" in facts and inverted(rows) is None:
        rows = _rows(shape, rng)
    if "positive" in facts:
        return [[abs(x) + 1 for x in row] for row in rows]
    if "mask" in facts:
        return [[Fraction(x > 0) for x in row] for row in rows]
    if facts & {"skew", "symmetric"}:
        return _mirrored(rows, -1 if "skew" in facts else 1)
    return rows


def _mirrored(rows: Rows, sign: int) -> Rows:
    for i, row in enumerate(rows):
        row[:i] = [sign * rows[j][i] for j in range(i)]
        row[i] *= (1 + sign) // 2
    return rows
