"""Weights for columns: what they say is a sum that meets the target, and none is missed."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from symattn.proof.search.inequalities.simplex import weights

VECTOR = st.dictionaries(st.integers(0, 3), st.integers(-3, 3).filter(bool), max_size=4)


def total(columns: list[dict[int, int]], chosen: dict[int, Fraction]) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for at, weight in chosen.items():
        for key, value in columns[at].items():
            found[key] = found.get(key, Fraction(0)) + weight * value
    return {key: value for key, value in found.items() if value}


@given(st.lists(VECTOR, max_size=7), VECTOR)
def test_what_is_found_adds_up_to_the_target(columns: list[dict[int, int]], target: dict[int, int]) -> None:
    chosen = weights(columns, target)
    if chosen is not None:
        assert all(weight > 0 for weight in chosen.values())
        assert total(columns, chosen) == target


@given(st.lists(VECTOR, min_size=1, max_size=6), st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_a_sum_of_the_columns_is_always_found(columns: list[dict[int, int]], by: list[int]) -> None:
    chosen = {at: Fraction(by[at]) for at in range(len(columns)) if by[at]}
    assert weights(columns, total(columns, chosen)) is not None


@given(st.lists(VECTOR, min_size=1, max_size=4), VECTOR)
def test_none_means_that_there_are_none(columns: list[dict[int, int]], target: dict[int, int]) -> None:
    """By Carathéodory, as few columns as there are rows would do: all small sets with small weights are tried."""
    if weights(columns, target) is None:
        for size in range(len(columns) + 1):
            for places in combinations(range(len(columns)), size):
                assert total(columns, dict.fromkeys(places, Fraction(1))) != target


@pytest.mark.parametrize(
    ("columns", "target"),
    [([{"x": 1}], {"x": -1}), ([{"x": 1, "y": 1}], {"x": 1}), ([], {"x": 1}), ([{"x": 1}, {"x": 2}], {"y": 1})],
)
def test_what_is_out_of_reach_is_not_found(columns: list[dict[str, int]], target: dict[str, int]) -> None:
    assert weights(columns, target) is None


def test_nothing_needs_nothing() -> None:
    assert weights([{"x": 1}], {}) == {}
