"""Values of letters made of drawn ones, for hypotheses that random ones seldom fulfil."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

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


CHANGES = {"alike": _alike, "sparse": _sparse, "halves": _halves, "nothing": _nothing, "skew": _skew, "gram": _gram}


def _is_square(value: Any) -> bool:
    shape = np.shape(value)
    return len(shape) == 2 and shape[0] == shape[1]


def _is_free(letter: Any) -> bool:
    return not getattr(letter, "facts", None) and not letter.is_positive
