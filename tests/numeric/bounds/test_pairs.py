"""Double-double sums and products: the exact value lies within the radius, at hostile numbers too."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symattn.numeric.bounds import pairs
from symattn.numeric.bounds.pairs import Pair, known, matrix_product, negative, product, row_total, scaled, total
from symattn.numeric.bounds.rounding import quiet

Array = Any
RNG = np.random.default_rng(1)


def pair_of(high: Array, low: Array, radius: float = 0.0) -> Pair:
    """Normalised, as all pairs are."""
    high, low = np.asarray(high, dtype=float) + low, low - ((np.asarray(high, dtype=float) + low) - high)
    return Pair(high, low, np.full(high.shape, radius))


def random(*shape: int, spread: int = 0) -> Pair:
    high = RNG.standard_normal(shape) * 2.0 ** RNG.integers(-spread, spread + 1, shape)
    return pair_of(high, high * RNG.uniform(-1, 1, shape) * 2.0**-54)


def centre(x: Pair) -> Array:
    fractions = [Fraction(a) + Fraction(b) for a, b in zip(x.high.flat, x.low.flat, strict=True)]
    return np.array(fractions, dtype=object).reshape(x.high.shape)


def apart(found: Pair, exact: Array) -> list[bool]:
    """Where the exact value is not within the radius."""
    numbers = zip(centre(found).flat, np.broadcast_to(exact, found.high.shape).flat, found.radius.flat, strict=True)
    return [np.isfinite(r) and abs(a - b) > Fraction(r) for a, b, r in numbers]


CASES: dict[str, Callable[[], tuple[Pair, Pair]]] = {
    "random": lambda: (random(20, 20), random(20, 20)),
    "far apart": lambda: (random(20, 20, spread=200), random(20, 20, spread=200)),
    "faint": lambda: (scaled(random(9, 9), np.full((9, 9), -520)), scaled(random(9, 9), np.full((9, 9), -510))),
    "subnormal": lambda: (known(np.full((2, 2), 3e-320)), random(2, 2)),
    "nearly opposite": lambda: (
        (x := random(20, 20)),
        total(negative(x), scaled(random(20, 20), np.full((20, 20), -60))),
    ),
    "whole numbers": lambda: (known(np.arange(9.0).reshape(3, 3)), known(np.arange(-4.0, 5).reshape(3, 3))),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", range(3))
def test_sums_and_products_hold_the_exact_ones(case: str, seed: int) -> None:
    x, y = CASES[case]()
    for blur in (0.0, 2.0**-40):
        blurred = Pair(x.high, x.low, np.full(x.high.shape, blur))
        moved = centre(x) + Fraction(blur)
        assert not any(apart(total(blurred, y), moved + centre(y)))
        assert not any(apart(product(blurred, y), moved * centre(y)))
        assert not any(apart(matrix_product(blurred, y), moved @ centre(y)))
        assert not any(apart(matrix_product(y, blurred), centre(y) @ moved))
        assert not any(apart(row_total(blurred), moved.sum(axis=-1, keepdims=True)))


def test_the_low_part_is_what_the_high_one_cannot_hold() -> None:
    x, y = random(9, 9), random(9, 9)
    for found in (total(x, y), product(x, y), matrix_product(x, y), row_total(x)):
        assert (found.high + found.low == found.high).all()


@pytest.mark.parametrize(("terms", "spread"), [(1, 0), (3, 0), (64, 0), (300, 3), (1000, 20)])
def test_a_product_of_matrices_has_thirty_digits(terms: int, spread: int) -> None:
    x, y = random(3, terms, spread=spread), random(terms, 2, spread=spread)
    found = matrix_product(x, y)
    assert not any(apart(found, centre(x) @ centre(y)))
    size = np.abs(x.high).max() * np.abs(y.high).max() * terms
    assert (found.radius <= 2.0**-95 * size).all()


def test_whole_numbers_and_products_of_float64_have_no_radius() -> None:
    x, y = known(RNG.standard_normal((5, 7))), known(RNG.standard_normal((7, 4)))
    whole = known(RNG.integers(-9, 9, (5, 7)))
    assert not product(x, whole).radius.any()
    assert not matrix_product(whole, known(RNG.integers(-9, 9, (7, 4)))).radius.any()
    assert (matrix_product(x, y).radius < 1e-30).all()


def test_what_cancels_is_exactly_0_and_so_is_what_met_only_0() -> None:
    x = random(4, 4)
    gone = total(x, negative(x))
    assert not gone.high.any()
    assert not gone.radius.any()
    third = Pair(np.array([[1 / 3], [0.0]]), np.array([[2.0**-56], [0.0]]), np.array([[1e-30], [0.0]]))
    hot = matrix_product(known([[0, 1]]), third)
    assert (hot.high, hot.low, hot.radius) == (0, 0, 0)


def test_what_the_slices_leave_out_is_in_the_radius() -> None:
    """Numbers so far apart in one row that the small ones are not looked at."""
    x = known([[1.0, 2.0**-300, -(2.0**-200)]])
    y = known([[2.0**-1060], [1.0], [3.0]])
    found = matrix_product(x, y)
    assert found.radius > 0
    assert not any(apart(found, centre(x) @ centre(y)))


@quiet
def test_what_overflows_is_unknown() -> None:
    huge = known([[1e308, 1.0]])
    for found in (total(huge, huge), product(huge, huge), row_total(known([[1e308, 1e308]]))):
        assert found.high[0, 0] == 0
        assert np.isinf(found.radius[0, 0])
    unknown = Pair(np.zeros((1, 2)), np.zeros((1, 2)), np.array([[np.inf, 0.0]]))
    for found in (
        product(unknown, huge),
        matrix_product(huge, Pair(*(part.T for part in (unknown.high, unknown.low, unknown.radius)))),
    ):
        assert np.isinf(found.radius[0, 0])


@pytest.mark.parametrize(("name", "value"), [("UNIT", 0.0), ("LOST", 0.0), ("SMALLEST", 0.0), ("ENOUGH", 60)])
def test_a_radius_without_one_of_its_parts_is_noticed_or_wider(
    name: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each constant matters: without a rounding something lies outside, with fewer slices the radius grows."""
    x, y = known([[1.0, 2.0**-300]]), known([[2.0**-800 / 3, 1.0]])
    rounding = {"UNIT": (random(20, 20), random(20, 20)), "LOST": (scaled(random(9, 9), np.full((9, 9), -510)),) * 2}
    one, other = rounding.get(name, (x, y))
    blurred = Pair(np.zeros((1, 1)), np.zeros((1, 1)), np.array([[2.0**-600]]))
    before = matrix_product(random(5, 64), random(64, 5)).radius.max()
    monkeypatch.setattr(pairs, name, value)
    if name == "ENOUGH":
        assert matrix_product(random(5, 64), random(64, 5)).radius.max() > 1e6 * before
    elif name == "SMALLEST":
        assert any(apart(product(blurred, blurred), np.array([[Fraction(2) ** -1200]])))
    else:
        assert any(apart(product(one, other), centre(one) * centre(other)))
