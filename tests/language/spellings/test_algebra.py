"""Products, powers and derivatives by other names."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import LanguageError, ShapeError

n = sa.sizes("n", min=3)
x, y, A = sa.row("x", n), sa.row("y", n), sa.matrix("A", n, n)


def test_dot_is_for_rows_or_for_columns() -> None:
    assert sa.dot(x, y) == sa.inner(x, y)
    with pytest.raises(LanguageError, match=r"(?s)A @ B.*inner\(A, B\)"):
        sa.dot(A, A)
    with pytest.raises(ShapeError, match="(?s)1×n.*n×1"):
        sa.dot(x, y.T)


def test_a_power_of_matrices_is_a_product_of_matrices() -> None:
    assert sa.matrix_power(A, 2) == A**2
    for power in (-1, sa.scalar("t")):
        with pytest.raises(LanguageError, match="whole number"):
            sa.matrix_power(A, power)


def test_one_hot_has_the_order_of_torch() -> None:
    assert sa.one_hot(2, n) == sa.unit(n, 2)


def test_the_hessian_is_of_a_row() -> None:
    assert sa.hessian(sa.normsquared(x), x) == sa.Jacobian(sa.Gradient(sa.normsquared(x), x), x)


def test_logdet_is_the_log_of_the_determinant() -> None:
    assert sa.logdet(A) == sa.log(sa.determinant(A))
