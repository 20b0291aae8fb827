"""Elimination: ranks, inverses and definiteness, also where a pivot is 0."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from sympy import QQ
from sympy.polys.matrices import DomainMatrix

from symattn.numeric.linear_algebra import elimination


def low_rank(rng: np.random.Generator, rows: int, columns: int, inner: int) -> list[list[int]]:
    product = rng.integers(-2, 3, (rows, inner)) @ rng.integers(-2, 3, (inner, columns))
    return [[int(entry) for entry in row] for row in product]


@pytest.mark.parametrize("seed", range(30))
def test_the_rank_is_that_of_sympys_domain_matrices(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = low_rank(rng, *rng.integers(1, 7, 3))
    matrix = DomainMatrix([[QQ(entry) for entry in row] for row in rows], (len(rows), len(rows[0])), QQ)
    assert elimination.rank(rows) == matrix.rank()


@pytest.mark.parametrize("seed", range(10))
def test_an_inverse_times_the_matrix_is_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 6))
    square = np.array(rng.integers(-3, 4, (size, size)).tolist(), dtype=object)
    inverse = elimination.inverse(square.tolist())
    if inverse is None:
        assert elimination.rank(square.tolist()) < size
    else:
        assert (np.array(inverse, dtype=object) @ square == np.eye(size, dtype=int)).all()


def test_a_zero_pivot_is_exchanged_for_another_row() -> None:
    assert elimination.inverse([[0, 1], [2, 0]]) == [[0, Fraction(1, 2)], [1, 0]]
    assert elimination.rank([[0, 1], [0, 2], [3, 0]]) == 2


def test_a_matrix_without_rows_or_columns_has_rank_zero() -> None:
    assert elimination.rank([]) == elimination.rank([[], []]) == 0


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([[1, 2], [2, 4]], None),
        ([[0, 0], [0, 3]], None),
        ([[1, 2], [2, 3]], (1, -1)),
        ([[0, 2], [2, 5]], (0, -4)),
        ([[1, 0, 0], [0, 0, 0], [0, 0, -2]], (2, -2)),
        ([[4, 2, 2], [2, 1, 1], [2, 1, 1]], None),
        ([[4, 2, 2], [2, 1, 0], [2, 0, 9]], (1, -1)),
        ([], None),
    ],
)
def test_a_negative_minor_is_found_also_behind_a_zero_pivot(rows: list[list[int]], found: object) -> None:
    assert elimination.negative_direction(rows) == found
