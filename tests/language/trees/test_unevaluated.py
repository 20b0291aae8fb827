"""Rows, columns and numbers beside matrices."""

from __future__ import annotations

import pytest
from sympy import S

from symattn.errors import LanguageError, ShapeError
from symattn.language import check, column, hadamard, matrix, normsquared, ones, row, scalar, sizes, trace

n, d = sizes("n d")
X, W = matrix("X", n, d), matrix("W", d, d)
M = matrix("M", d, d, invertible=True)
g, c, t = row("g", d), column("c", n), scalar("t")


def test_a_row_is_repeated_downwards() -> None:
    assert X + g == X + ones(n, 1) @ g
    assert hadamard(X, g) == hadamard(X, ones(n, 1) @ g)


def test_a_column_is_repeated_sideways() -> None:
    assert X - c == X - c @ ones(1, d)


def test_a_number_stands_in_every_entry() -> None:
    assert X + t == X + t * ones(n, d)
    assert 1 - g == ones(1, d) - g


def test_a_1x1_matrix_beside_a_number_is_a_number() -> None:
    assert 1 + g @ g.T == 1 + trace(g @ g.T)


def test_a_1x1_matrix_beside_a_matrix_stands_in_every_entry() -> None:
    assert X + g @ g.T == X + trace(g @ g.T) * ones(n, d)


def test_a_row_and_a_column_have_no_sum() -> None:
    with pytest.raises(ShapeError, match="1×d ≠ d×1"):
        check(g + g.T)


def test_a_number_beside_a_square_matrix_can_mean_two_things() -> None:
    for make in (lambda: W + t, lambda: 1 - W):
        with pytest.raises(LanguageError, match=r"(?s)ones\(d, d\).*identity\(d\)"):
            make()


def test_zero_beside_a_square_matrix_is_nothing() -> None:
    assert W + 0 == W


def test_division_by_a_square_matrix_can_mean_two_things() -> None:
    for make in (lambda: X / M, lambda: t / M, lambda: 1 / M, lambda: M / M):
        with pytest.raises(LanguageError, match=r"(?s)quotient\(.*inverse\(M\)"):
            make()


def test_what_is_divided_by_a_1x1_matrix_is_divided_by_a_number() -> None:
    assert X / (g @ g.T) == X / trace(g @ g.T)


def test_an_even_power_of_a_norm_has_no_root() -> None:
    assert (normsquared(g) ** S.Half) ** 4 == normsquared(g) ** 2


def test_a_power_of_another_root_stays() -> None:
    assert (t**S.Half) ** 2 != t
