"""Is a theorem true?  Judged by numbers that the kernel had no part in, as far as numbers can tell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from symattn.kernel.proofs import Proof, lines
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
)
from symattn.kernel.syntax.sizes import Size, SizeSymbol, Variable, size_of, variable_name
from symattn.kernel.syntax.terms import Letter, Parameter, Term
from tests.kernel.model import Model, NoValue, jet

SAMPLES = 4


def anonymous(theorem: Proof) -> Any:
    """What the theorem says, but for names."""
    numbers: dict[Any, int] = {}

    def walk(value: Any) -> Any:
        match value:
            case Variable():
                key = ("variable", variable_name(value), size_of(value))
                return "variable", numbers.setdefault(key, len(numbers)), walk(size_of(value))
            case Size():
                return "size", tuple((tuple(map(walk, symbols)), c) for symbols, c in value.terms)
            case Letter() | Parameter() | SizeSymbol():
                kind = type(value).__name__
                number = numbers.setdefault((kind, value.name), len(numbers))
                return kind, number, *(walk(getattr(value, f.name)) for f in fields(value) if f.name != "name")
            case Term():
                return value.kind, *map(walk, value.args)
            case frozenset():
                return "set", tuple(sorted(value))
            case tuple():
                return tuple(map(walk, value))
        if is_dataclass(value):
            return type(value).__name__, *(walk(getattr(value, f.name)) for f in fields(value))
        return value

    return walk((theorem.hypotheses, theorem.conclusion))


def judged(theorem: Proof, seed: int) -> bool | None:
    """False when numbers refute it, True when it holds in some sample, None when nothing can be said."""
    found = None
    real = any(line.rule == "tangent" for line in lines(theorem))  # exp is 2^12 there, which does not lie above 1 + x
    for sample in range(SAMPLES):
        model = _model(theorem, seed + sample, larger=sample % 2 == 1)
        try:
            said = [_truth(h, model, real) for h in theorem.hypotheses]
            if all(said):
                value = _truth(theorem.conclusion, model, real)
                if value is False:
                    return False
                found = found or value
        except (NoValue, ZeroDivisionError, OverflowError):
            continue
    return found


def _model(theorem: Proof, seed: int, larger: bool) -> Model:
    rng = random.Random(seed)
    symbols = {(s.name, s.minimum) for s in _sizes((*theorem.hypotheses, theorem.conclusion))}
    values: dict[str, int] = {}
    for name, minimum in sorted(symbols):
        least = max(minimum, 1) if not larger else minimum + rng.randint(0, 1)
        values[name] = max(values.get(name, 0), least)
    return Model(seed, values)


def _sizes(value: Any) -> Iterator[SizeSymbol]:
    match value:
        case SizeSymbol():
            yield value
        case Variable():
            yield from _sizes(size_of(value))
        case Term():
            yield from _sizes(value.args)
        case tuple() | frozenset():
            for part in value:
                yield from _sizes(part)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _sizes(getattr(value, field.name))


def _truth(formula: Formula, model: Model, real: bool) -> bool | None:
    match formula:
        case Equation(indices, left, right):
            return all(
                jet(model.term(left, at)).parts == jet(model.term(right, at)).parts for at in _at(indices, model)
            )
        case NonNegative(indices, body, strict):
            values = [jet(model.term(body, at)).standard for at in _at(indices, model)]
            return None if real else all(v > 0 if strict else v >= 0 for v in values)
        case RankAtMost(lower, upper):
            return rank(_matrix(lower, model)) <= rank(_matrix(upper, model))
        case Semidefinite(array):
            rows = _matrix(array, model)
            return False if any(rows[i][j] != rows[j][i] for i in range(len(rows)) for j in range(i)) else None
        case And(parts):
            found = [_truth(p, model, real) for p in parts]
            return False if False in found else None if None in found else True
        case Not(body):
            value = _truth(body, model, real)
            return None if value is None else not value
        case Implies(hypothesis, conclusion):
            before = _truth(hypothesis, model, real)
            after = _truth(conclusion, model, real) if before is not False else None
            return True if before is False or after is True else False if (before, after) == (True, False) else None
        case Iff(left, right):
            one, other = (_truth(f, model, real) for f in (left, right))
            return None if None in (one, other) else one == other
        case ForAll(_, body):  # its letters are drawn like all others
            return False if _truth(body, model, real) is False else None
        case Exists(_, body):
            return True if _truth(body, model, real) is True else None
    raise AssertionError(formula)


def _at(indices: tuple[int, ...], model: Model) -> Iterator[dict[int, int]]:
    for values in product(*(range(model.size(size_of(v))) for v in indices)):
        yield dict(zip(indices, values, strict=True))


def _matrix(array: Array, model: Model) -> list[list[Fraction]]:
    rows, columns = (range(model.size(size)) for size in array.sizes)
    return [
        [jet(model.term(array.body, dict(zip(array.indices, (p, q), strict=True)))).standard for q in columns]
        for p in rows
    ]


def rank(matrix: list[list[Fraction]]) -> int:
    """By elimination."""
    rows, found = [list(row) for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            ratio = rows[r][column] / rows[found][column]
            rows[r] = [a - ratio * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found
