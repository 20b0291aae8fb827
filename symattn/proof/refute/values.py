"""Values of letters made of drawn ones, for hypotheses that random ones seldom fulfil."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from symattn import numeric


def _alike(drawn: numeric.Sample) -> dict[Any, Any]:
    first: dict[tuple[int, ...], Any] = {}
    return {a: first.setdefault(np.shape(v), v) for a, v in drawn.values.items() if _is_free(a)}


def _sparse(drawn: numeric.Sample) -> dict[Any, Any]:
    rng = np.random.default_rng(drawn.seed)
    return {a: np.asarray(v) * rng.integers(0, 2, np.shape(v)) for a, v in drawn.values.items() if _is_free(a)}


def _halves(drawn: numeric.Sample) -> dict[Any, Any]:
    return {a: np.asarray(v) * Fraction(1, 2) for a, v in drawn.values.items() if _is_free(a)}


def _nothing(drawn: numeric.Sample) -> dict[Any, Any]:
    return {a: np.asarray(v) * 0 for a, v in drawn.values.items() if _is_free(a)}


def _skew(drawn: numeric.Sample) -> dict[Any, Any]:
    return {a: np.asarray(v) - np.asarray(v).T for a, v in drawn.values.items() if _is_free(a) and _is_square(v)}


def _gram(drawn: numeric.Sample) -> dict[Any, Any]:
    return {a: np.asarray(v) @ np.asarray(v).T for a, v in drawn.values.items() if _is_free(a) and _is_square(v)}


def _shift(drawn: numeric.Sample) -> dict[Any, Any]:
    """Above the diagonal only: a power of it is 0, though it is not."""
    return {a: np.triu(np.asarray(v), 1) for a, v in drawn.values.items() if _is_free(a) and _is_square(v)}


def _outer(drawn: numeric.Sample) -> dict[Any, Any]:
    """A column times a row of signs, of rank 1."""
    return {a: _column_by_row(np.asarray(v)) for a, v in drawn.values.items() if _is_free(a) and np.ndim(v) == 2}


def _projection(drawn: numeric.Sample) -> dict[Any, Any]:
    """The products of rank 1 divided by their trace, where that is not 0: then A A = A."""
    made = {a: v for a, v in _outer(drawn).items() if _is_square(v)}
    return {a: v * Fraction(1, int(trace)) if (trace := v.trace()) else v for a, v in made.items()}


def _permuted(drawn: numeric.Sample) -> dict[Any, Any]:
    rng = np.random.default_rng(drawn.seed)
    square = {a: len(v) for a, v in drawn.values.items() if _is_free(a) and _is_square(v)}
    return {a: np.eye(size, dtype=int).astype(object)[rng.permutation(size)] for a, size in square.items()}


def _signs(drawn: numeric.Sample) -> dict[Any, Any]:
    """1, 0 and -1, the signs of sparse values."""
    return {a: np.sign(np.asarray(v).astype(int)).astype(object) for a, v in _sparse(drawn).items()}


def _twins(drawn: numeric.Sample) -> dict[Any, Any]:
    """Signs, the same ones for all letters of a shape."""
    first: dict[tuple[int, ...], Any] = {}
    return {a: first.setdefault(np.shape(v), v) for a, v in _signs(drawn).items()}


def _faint(drawn: numeric.Sample) -> dict[Any, Any]:
    """One positive number close to 0, as a power of what it was, whose roots are as exact as before."""
    found = [a for a, v in drawn.values.items() if a.is_positive and not np.ndim(v)]
    one = found[drawn.seed % len(found)] if found else None
    return {} if one is None else {one: Fraction(np.asarray(drawn.values[one]).item()) ** -6}


def _lacking(drawn: numeric.Sample) -> dict[Any, Any]:
    """0 for each letter or none of it, as a coin falls."""
    rng = np.random.default_rng(drawn.seed)
    return {a: np.asarray(v) * int(rng.integers(0, 2)) for a, v in drawn.values.items() if _is_free(a)}


def _column_by_row(values: Any) -> Any:
    return values[:, :1] @ np.sign(values[:1, :].astype(int)) if values.size else values


CHANGES = {
    "alike": _alike,
    "sparse": _sparse,
    "halves": _halves,
    "nothing": _nothing,
    "skew": _skew,
    "gram": _gram,
    "shift": _shift,
    "outer": _outer,
    "projection": _projection,
    "permuted": _permuted,
    "signs": _signs,
    "twins": _twins,
    "faint": _faint,
    "lacking": _lacking,
}


def _is_square(value: Any) -> bool:
    shape = np.shape(value)
    return len(shape) == 2 and shape[0] == shape[1]


def _is_free(letter: Any) -> bool:
    return not getattr(letter, "facts", None) and not letter.is_positive


def exact_root(value: Any, degree: int) -> Any:
    """The root of a whole number or a fraction, where it is one."""
    number = Fraction(np.asarray(value, dtype=object).item())
    if number < 0:
        return None
    parts = [sympy.integer_nthroot(part, degree) for part in (number.numerator, number.denominator)]
    return Fraction(int(parts[0][0]), int(parts[1][0])) if all(exact for _, exact in parts) else None
