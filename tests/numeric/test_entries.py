"""Exact entries: arrays of Python numbers, and their products."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symattn.numeric.entries import entrywise, exact_entries, whole_product


def test_entries_become_python_numbers_of_the_same_value() -> None:
    kept = exact_entries(np.array([[2, 1]], dtype=np.uint8)), exact_entries(np.array([[0.5, 3.0, True]], dtype=object))
    assert [[(type(entry), entry) for entry in part.flat] for part in kept] == [
        [(int, 2), (int, 1)],
        [(Fraction, Fraction(1, 2)), (int, 3), (int, 1)],
    ]


@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3), (2, 1, 2)], ids=str)
def test_a_function_of_an_entry_keeps_the_shape(shape: tuple[int, ...]) -> None:
    assert entrywise(lambda entry: entry + 1, np.zeros(shape, dtype=int)).shape == shape


@pytest.mark.parametrize("large", [3, 2**31, 2**33, 2**63, 2**70])
@pytest.mark.parametrize("other", [1, -1, "large"])
def test_a_product_of_whole_numbers_is_exact_however_large(large: int, other: int | str) -> None:
    second = large if isinstance(other, str) else other
    left, right = np.array([[large, second]], dtype=object), np.array([[large], [large]], dtype=object)
    assert whole_product(left, right).tolist() == [[large * large + second * large]]


@pytest.mark.parametrize("factors", [(3, 2**62), (2**62, 3)])
def test_either_factor_may_be_the_large_one(factors: tuple[int, int]) -> None:
    left, right = (np.array([[factor]], dtype=object) for factor in factors)
    assert whole_product(left, right).tolist() == [[3 * 2**62]]


def test_what_is_multiplied_by_0_may_be_too_large_for_the_machine() -> None:
    assert whole_product(np.array([[2**70]], dtype=object), np.array([[0]], dtype=object)).tolist() == [[0]]


@pytest.mark.parametrize("inner", [0, 2])
@pytest.mark.parametrize("rows", [0, 2])
def test_an_empty_product_is_0(rows: int, inner: int) -> None:
    product = whole_product(np.zeros((rows, inner), dtype=int), np.zeros((inner, 3), dtype=int))
    assert product.tolist() == [[0, 0, 0]] * rows
