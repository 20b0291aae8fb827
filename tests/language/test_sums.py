"""Sums of entries written out are sums of entries, and numbers among matrices."""

from __future__ import annotations

from sympy import ImmutableMatrix, log as ln

from symattn.language import inner, logsumexp, matrix, normsquared, rowsum, total
from tests.language.samples import LOGS, RAW, d, n, written_out

A, Z = matrix("A", n, n), matrix("Z", n, d)


def test_sums_of_rows_and_of_everything() -> None:
    X = matrix("X", 2, 3)
    assert rowsum(X).shape == (2, 1)
    assert rowsum(X)[1, 0] == X[1, 0] + X[1, 1] + X[1, 2]
    assert total(X).as_explicit() == sum(X.as_explicit())


def test_inner_products_and_norms_are_totals() -> None:
    X, Y = matrix("X", 1, 2), matrix("Y", 1, 2)
    assert inner(X, Y).as_explicit() == X[0, 0] * Y[0, 0] + X[0, 1] * Y[0, 1]
    assert normsquared(X).as_explicit() == X[0, 0] ** 2 + X[0, 1] ** 2


def test_logsumexp_is_the_logarithm_of_the_row_sums_of_exponentials() -> None:
    assert written_out(logsumexp(RAW), S=LOGS) == ImmutableMatrix([[ln(6)], [ln(4)]])


def test_a_total_is_a_real_scalar_that_commutes_with_matrices() -> None:
    assert total(A).is_real
    assert total(A).is_commutative
    assert total(A) * Z == Z * total(A)
    assert (total(A) * Z).args == (total(A), Z)
