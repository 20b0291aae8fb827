"""Ranks, definiteness and inverses of floating-point balls: certain, or not said."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from symattn.numeric import Ball, Floats
from symattn.numeric.arithmetic import Truth
from symattn.numeric.linear_algebra import elimination
from symattn.numeric.linear_algebra.spectra import definiteness, frobenius, inverse, rank_bounds, singular_values

floats = Floats("float64")


def exact(array: np.ndarray) -> Ball:
    return floats.lift(array)


def test_the_frobenius_norm_is_rounded_up() -> None:
    entries = np.random.default_rng(0).standard_normal((9, 7))
    squares = sum(Fraction(float(entry)) ** 2 for entry in entries.flat)
    assert Fraction(frobenius(entries)) ** 2 >= squares
    assert frobenius(entries) <= np.sqrt(float(squares)) * (1 + 1e-12)
    assert frobenius(np.full((2, 2), 1e-200)) >= 2e-200


@pytest.mark.parametrize("seed", range(8))
def test_the_exact_singular_values_lie_within_their_bounds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    entries = rng.standard_normal((5, 3)) * 10.0 ** rng.integers(-6, 7, 3)
    values, bound = singular_values(exact(entries))
    with mpmath.workdps(60):
        truth = mpmath.svd_r(mpmath.matrix(entries.tolist()), compute_uv=False)
        for value, radius, sigma in zip(values, bound, truth, strict=True):
            assert abs(mpmath.mpf(float(value)) - sigma) <= mpmath.mpf(float(radius))
    assert bound.max() < 1e-12 * values[0]


def test_a_rank_is_never_called_low_by_floats() -> None:
    rng = np.random.default_rng(1)
    Q, K = rng.standard_normal((6, 2)), rng.standard_normal((6, 2))
    product = floats.matmul(exact(Q), exact(K.T))
    assert rank_bounds(product) == (2, 6)


def test_a_matrix_within_its_radius_of_a_singular_one_is_not_called_regular() -> None:
    entries = np.array([[1.0, 1.0], [1.0, 1.001]])
    assert rank_bounds(exact(entries)) == (2, 2)
    assert rank_bounds(Ball(entries, np.full((2, 2), 1e-3))) == (1, 2)
    assert rank_bounds(Ball(entries, np.full((2, 2), np.inf))) == (0, 2)


def test_an_empty_matrix_has_rank_zero_and_is_semidefinite() -> None:
    assert rank_bounds(exact(np.zeros((0, 3)))) == (0, 0)
    assert definiteness(exact(np.zeros((0, 0))))[0] is Truth.TRUE


@pytest.mark.parametrize(
    ("rows", "radius", "truth"),
    [
        ([[2, 1], [1, 2]], 0, Truth.TRUE),
        ([[1, 2], [2, 1]], 0, Truth.FALSE),
        ([[1, 1], [1, 1]], 0, Truth.CONSISTENT),
        ([[1, 1], [1, 1 - 1e-9]], 0, Truth.FALSE),
        ([[1, 1], [1, 1 - 1e-9]], 1e-8, Truth.CONSISTENT),
        ([[2, 1], [1, 2]], np.inf, Truth.UNKNOWN),
    ],
)
def test_the_least_eigenvalue_decides_as_far_as_its_bound_allows(rows: list, radius: float, truth: Truth) -> None:
    assert definiteness(Ball(np.array(rows, float), np.full((2, 2), float(radius))))[0] is truth


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("seed", range(6))
def test_the_exact_inverse_lies_within_its_radius(seed: int, dtype: str) -> None:
    rng = np.random.default_rng(seed)
    entries = (rng.standard_normal((4, 4)) * 10.0 ** rng.integers(-2, 3, 4)).astype(dtype)
    found = inverse(Floats(dtype).lift(entries))
    truth = elimination.inverse([[Fraction(float(entry)) for entry in row] for row in entries])
    assert truth is not None
    gaps = [
        abs(Fraction(float(found.value[i, j])) - truth[i][j]) <= Fraction(float(found.radius[i, j]))
        for i in range(4)
        for j in range(4)
    ]
    assert all(gaps)
    assert np.isfinite(found.radius).all()


def test_a_matrix_that_may_be_singular_has_an_unknown_inverse() -> None:
    assert np.isinf(inverse(exact(np.array([[1.0, 2.0], [2.0, 4.0]]))).radius).all()
    assert np.isinf(inverse(Ball(np.eye(2), np.full((2, 2), 0.6))).radius).all()
