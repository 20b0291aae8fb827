"""Values of counterexamples."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from symattn.cli.screen.matrices import blocks, data

A = np.array([[1, -10], [0, 2]], dtype=object)


def test_matrices_stand_side_by_side_with_numbers_under_numbers() -> None:
    assert blocks({"t": np.array(Fraction(1, 2)), "A": A}, 60) == ["t = 1/2    A = [1  -10]", "               [0    2]"]


def test_a_row_that_is_full_is_followed_by_another() -> None:
    assert blocks({"A": A, "B": A}, 20) == ["A = [1  -10]", "    [0    2]", "", "B = [1  -10]", "    [0    2]"]
    assert blocks({"s": 1, "t": 2}, 8) == ["s = 1", "t = 2"]


def test_members_of_a_family_are_named_by_their_heads() -> None:
    assert blocks({"Q": np.array([[[1]], [[2]]])}, 60) == ["Q[0] = [1]    Q[1] = [2]"]


def test_a_matrix_without_entries_is_shown_as_one() -> None:
    assert blocks({"A": np.zeros((0, 2)), "B": np.zeros((2, 0))}, 60) == ["A = []    B = []"]


def test_data_are_numbers_where_numbers_are_exact() -> None:
    values = np.array([[1, Fraction(1, 2)], [Fraction(1, 3), Fraction(2**60 + 1, 2)]], dtype=object)
    assert data(values) == [[1, 0.5], ["1/3", "1152921504606846977/2"]]
    assert data(np.array(3)) == 3
    assert data(2.5) == 2.5
