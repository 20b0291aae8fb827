"""Test values for "for all": enough of them, for the degree that the claim really has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.language import (
    Equal,
    Gradient,
    bilinear,
    diag,
    exp,
    family,
    hadamard,
    hstack,
    index,
    matrix,
    normsquared,
    row,
    rowsum,
    scalar,
    sizes,
    sum_heads,
    total,
)
from symattn.numeric.claims.quantifiers import degree, trials

d, k = sizes("d k", min=1)
x, y = row("x", d), row("y", d)
A, W = matrix("A", d, d), matrix("W", d, d)
s, t = bilinear("s", d), scalar("t")
F, h = family("F", k, d, d), index("h", k)


@pytest.mark.parametrize(
    ("expr", "variable", "expected"),
    [
        (x @ A @ y.T, x, 1),
        (x @ A @ x.T, x, 2),
        (W, x, 0),
        (hadamard(x, x, x), x, 3),
        (diag(x) @ A + diag(x), x, 1),
        (hstack(x, 2 * x), x, 1),
        (normsquared(x) ** 2, x, 4),
        (A**3, A, 3),
        (s(x, y), x, 1),
        (s(x, x), x, 2),
        (s(x, x), s, 1),
        (t**2 * x, t, 2),
        (exp(x), x, np.inf),
        (1 / t, t, np.inf),
        (sum_heads(F[h] @ A @ F[h], h), F, 2),
        (Gradient(total(x @ A), A), x, np.inf),
        (Equal(rowsum(x), x @ A @ x.T), x, 2),
    ],
    ids=str,
)
def test_the_degree_is_no_less_than_the_true_one(expr: Any, variable: Any, expected: float) -> None:
    assert degree(expr, variable) == expected


def test_a_joint_degree_counts_all_variables() -> None:
    assert degree(x @ A @ y.T, x, y) == 2
    assert degree(x + y, x, y) == 1


def test_a_polynomial_that_is_zero_at_the_values_is_zero() -> None:
    """Every monomial of degree ≤ 2 in three entries takes part: the matrix of values has full rank."""
    values, decisive = trials((x,), Equal(x @ A @ x.T, rowsum(x)), [(1, 3)], 0)
    points = [value[0].ravel() for value in values]
    monomials = [[1, *p, *(p[i] * p[j] for i in range(3) for j in range(i, 3))] for p in points]
    assert decisive
    assert np.linalg.matrix_rank(np.array(monomials, float)) == 10


def test_units_and_zero_settle_a_multilinear_claim() -> None:
    values, decisive = trials((x, y), Equal(x @ A @ y.T, y @ A.T @ x.T), [(1, 3), (1, 3)], 0)
    assert decisive
    tables = np.array([np.outer([1, *a.ravel()], [1, *b.ravel()]).ravel() for a, b in values], float)
    assert np.linalg.matrix_rank(tables) == 16


def test_a_claim_that_is_no_polynomial_is_not_settled() -> None:
    assert not trials((x,), Equal(exp(x), exp(x)), [(1, 3)], 0)[1]
    assert not trials((x, y), Equal(x @ exp(y).T, x @ exp(y).T), [(1, 3), (1, 3)], 0)[1]


def test_a_variable_with_facts_gets_values_that_have_them_and_settles_nothing() -> None:
    S = matrix("S", d, d, symmetric=True)
    values, decisive = trials((S,), Equal(S, S.T), [(3, 3)], 0)
    assert not decisive
    assert all((value == value.T).all() for (value,) in values)


def test_too_many_combinations_are_drawn_from_and_settle_nothing() -> None:
    values, decisive = trials((A, W), Equal(A @ W @ A @ W, A), [(6, 6), (6, 6)], 0)
    assert (len(values), decisive) == (300, False)


def test_a_positive_scalar_is_tried_at_positive_values() -> None:
    p = scalar("p", positive=True)
    values, _ = trials((p,), Equal(p * x, p * x), [()], 0)
    assert all(value > 0 for (value,) in values)
