"""Functions by their definitions, at numbers."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn.errors import LanguageError
from symattn.numeric import FLOAT64

n, d = sa.sizes("n d")
x, y = sa.row("x", 3), sa.row("y", 3)
X, A, c = sa.matrix("X", n, d), sa.matrix("A", d, d), sa.column("c", n)
t, e = sa.scalar("t"), sa.scalar("e", positive=True)


@pytest.mark.parametrize(
    ("name", "of_numbers"),
    [
        ("sigmoid", lambda v: 1 / (1 + math.exp(-v))),
        ("tanh", math.tanh),
        ("silu", lambda v: v / (1 + math.exp(-v))),
        ("softplus", lambda v: math.log1p(math.exp(v))),
        ("square", lambda v: v * v),
    ],
)
def test_a_function_is_what_numpy_computes(name: str, of_numbers: Any) -> None:
    values = np.array([[-1.5, 0.0, 2.0]])
    at = dataclasses.replace(sa.sample(x), values={x: values})
    found: Any = sa.evaluate(getattr(sa, name)(x), at, FLOAT64)
    assert np.allclose(found.value, np.vectorize(of_numbers)(values), rtol=1e-12, atol=0)


def test_a_quotient_repeats_rows_and_columns() -> None:
    assert sa.quotient(X, c) == sa.hadamard(X, sa.reciprocal(c) @ sa.ones(1, d))
    assert sa.quotient(t, X) == t * sa.reciprocal(X)


def test_a_quotient_of_numbers_is_not_evaluated() -> None:
    assert sa.decide(sa.Equal(sa.quotient(t, t), 1)).status == "refuted"


def test_a_root_needs_what_is_seen_to_be_positive() -> None:
    assert sa.prove(sa.Equal(sa.sqrt(sa.exp(X)), sa.exp(X / 2)))
    with pytest.raises(LanguageError, match="not seen to be positive"):
        sa.sqrt(X)
    with pytest.raises(LanguageError, match="seen to be positive"):
        sa.decide(sa.Equal(sa.sqrt(t * t), t))


def test_a_root_of_a_square_matrix_can_mean_two_things() -> None:
    with pytest.raises(LanguageError, match=r"(?s)entry by entry.*R@R == A"):
        sa.sqrt(sa.exp(A))
