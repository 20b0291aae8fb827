"""Functions and products entry by entry are what they say, and SymPy does not make something else of them."""

from __future__ import annotations

import sympy
from sympy import HadamardProduct, ImmutableMatrix, Integer, Rational

from symattn.language import Hadamard, exp, hadamard, log, matrix, reciprocal, zeros
from tests.language.samples import LOGS, RAW, d, n, t, written_out

A, B, Z = matrix("A", n, n), matrix("B", n, n), matrix("Z", n, d)


def test_a_square_entry_by_entry_stays_a_product() -> None:
    """SymPy turns A∘A into a power as soon as it is multiplied."""
    square = hadamard(A, A)
    assert (square @ Z).args[0] == square
    assert isinstance((square.T @ Z).args[0], Hadamard)
    assert square in (square + B).args


def test_the_factors_of_a_product_entry_by_entry_keep_their_order() -> None:
    assert hadamard(B, A).args == (B, A)
    assert isinstance(hadamard(B, A), HadamardProduct)
    assert hadamard(A) == A


def test_scalar_functions_act_entry_by_entry() -> None:
    assert written_out(exp(RAW), S=LOGS) == ImmutableMatrix([[1, 2, 3], [1, 1, 2]])
    assert written_out(log(exp(RAW)), S=LOGS) == LOGS
    values = ImmutableMatrix([[2, 0, -1], [4, 1, 0]])
    inverted = ImmutableMatrix([[Rational(1, 2), 0, -1], [Rational(1, 4), 1, 0]])
    assert written_out(reciprocal(RAW), S=values) == inverted
    assert reciprocal(zeros(1, 1))[0, 0] == 0


def test_functions_of_scalars_are_of_sympys_kinds() -> None:
    assert isinstance(exp(t), sympy.exp)
    assert isinstance(log(t), sympy.log)
    assert reciprocal(t) == 1 / t
    assert reciprocal(Integer(0)) == 0


def test_a_positive_letter_has_no_case_distinction_in_its_reciprocal() -> None:
    positive = matrix("P", 1, 1, positive=True)
    assert reciprocal(positive)[0, 0] == 1 / positive[0, 0]
