"""Determinants: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import Equal, determinant, hstack, identity, inner, inverse, matrix, sizes, vstack, zeros
from symattn.theory.rank import determinants as ch
from tests.theory.chapter import chapter_tests, statements

STATEMENTS = statements(ch)
Q, K, d, k, lam = ch.Q, ch.K, ch.d, ch.k, ch.lam
wide, tall = matrix("A", k + 1, k + 1), matrix("B", k + 1, k + 1)
square, other = matrix("P", d, d), matrix("R", d, d)
q = sizes("q", min=1)
unsigned = vstack(hstack(zeros(ch.p, ch.p), ch.from_rows), hstack(ch.to_columns, identity(k)))

NEAR_MISSES: dict[str, Any] = {
    "thin_determinant": Equal(determinant(wide @ tall), 0),
    "minors_are_zero": Equal(determinant(ch.few_rows @ Q @ K.T @ ch.few_columns), 0),
    "minors_factor": Equal(determinant(square @ Q @ K.T @ other), determinant(square) * determinant(other)),
    "minors_cauchy_binet": Equal(ch.minors_cauchy_binet.says.left, determinant(unsigned)),
    "charpoly_swap": Equal(determinant(lam * identity(d) - Q @ K.T), lam**d * determinant(lam * identity(k) - K.T @ Q)),
    "sylvester_determinant": Equal(determinant(identity(d) + Q @ K.T), determinant(identity(k) - K.T @ Q)),
    "schur_determinant": Equal(
        ch.schur_determinant.says.left, determinant(ch.S) * determinant(ch.last + ch.below @ inverse(ch.S) @ ch.beside)
    ),
    "low_rank_determinant": Equal(
        determinant(ch.S + Q @ K.T), determinant(ch.S) * determinant(identity(k) + K.T @ ch.S @ Q)
    ),
    "rank_one_determinant": Equal(ch.rank_one_determinant.says.left, determinant(ch.S) * (1 + inner(ch.x, ch.y))),
    "charpoly_circuit": Equal(ch.charpoly_circuit.says.left, ch.swap(ch.E @ ch.V, -ch.O @ ch.U).right),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_holds_over_any_commutative_ring(name: str) -> None:
    assert STATEMENTS[name].over == "any commutative ring"


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
