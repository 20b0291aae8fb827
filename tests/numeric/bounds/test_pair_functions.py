"""Functions of double-double numbers against mpmath, at hostile numbers too."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from symattn.numeric.bounds import pair_functions, pairs
from symattn.numeric.bounds.pair_functions import HALF_PI, LOG_2, constant, exp, log, nearest, reciprocal, turned
from symattn.numeric.bounds.pairs import Pair, known
from symattn.numeric.bounds.rounding import quiet

RNG = np.random.default_rng(2)
Truth = Callable[[Any], Any]
FUNCTIONS: dict[str, tuple[Callable[[Pair], Pair], Truth]] = {
    "reciprocal": (reciprocal, lambda x: 1 / x),
    "exp": (exp, mpmath.exp),
    "log": (log, mpmath.log),
    "cos": (lambda x: turned(x)[0], mpmath.cos),
    "sin": (lambda x: turned(x)[1], mpmath.sin),
}
MODERATE = np.concatenate(
    [RNG.standard_normal(60), 10 * RNG.standard_normal(60), [1.0, 1 + 2.0**-52, 0.5, np.pi, 11.0]]
)
HOSTILE = [5e-324, 2.0**-1022, 1e-300, 2.0**-60, 700.0, 709.0, 745.0, 1e5, 1e16, 2.0**950, 355.0, np.pi / 2, 0.9999]
HOSTILE = np.array([*HOSTILE, *(-x for x in HOSTILE)])


def drawn(numbers: Any, radius: float) -> Pair:
    high = np.asarray(numbers, dtype=np.float64)[None]
    low = high * RNG.uniform(-1, 1, high.shape) * 2.0**-54
    return Pair(high, np.where(np.isfinite(low), low, 0), radius * np.abs(high))


def outside(found: Pair, x: Pair, truth: Truth) -> list[tuple[float, ...]]:
    """Where the value at the centre or at an end of x is not within the radius."""
    missed = []
    with mpmath.workprec(1200):
        for place in np.ndindex(x.high.shape):
            middle, radius = (
                mpmath.mpf(float(x.high[place])) + float(x.low[place]),
                mpmath.mpf(float(found.radius[place])),
            )
            ends = [middle + sign * mpmath.mpf(float(x.radius[place])) for sign in (-1, 0, 1)]
            centre = mpmath.mpf(float(found.high[place])) + float(found.low[place])
            if any(abs(truth(end) - centre) > radius for end in ends):
                missed.append((float(x.high[place]), float(centre), float(radius)))
    return missed


@quiet
@pytest.mark.parametrize("numbers", [MODERATE, HOSTILE], ids=["moderate", "hostile"])
@pytest.mark.parametrize("radius", [0.0, 2.0**-90, 2.0**-20, 0.4])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_value_lies_within_the_radius(name: str, radius: float, numbers: Any) -> None:
    function, truth = FUNCTIONS[name]
    x = drawn(np.abs(numbers) if name == "log" else numbers, radius)
    assert not outside(function(x), x, truth)


@quiet
@pytest.mark.parametrize("name", FUNCTIONS)
def test_thirty_digits_are_known(name: str) -> None:
    found = FUNCTIONS[name][0](known(np.abs(MODERATE)[None]))
    assert (found.radius <= 2.0**-93 * np.maximum(np.abs(found.high), 1)).all()


@quiet
def test_what_is_known_exactly_has_no_radius() -> None:
    zero, one = known([[0.0]]), known([[1.0]])
    exact = {0.0: [reciprocal(zero), log(one), turned(zero)[1]], 1.0: [exp(zero), turned(zero)[0]]}
    for value, found in exact.items():
        for each in found:
            assert (each.high, each.low, each.radius) == (value, 0, 0)


@quiet
def test_what_has_no_value_or_too_large_a_one_is_unknown() -> None:
    across = Pair(np.array([[1e-3]]), np.zeros((1, 1)), np.array([[2e-3]]))
    for found in (reciprocal(across), log(across), log(known([[-1.0]])), exp(known([[710.0]])), exp(known([[1e9]]))):
        assert np.isinf(found.radius).all()
        assert not found.high.any()


@quiet
def test_exp_of_what_is_far_below_is_0_or_nearly() -> None:
    found = exp(known([[-746.0, -1e9, -(2.0**1000)]]))
    assert not found.high.any()
    assert (found.radius < 1e-322).all()


@quiet
def test_a_turn_of_an_unknown_angle_is_between_minus_1_and_1() -> None:
    for found in turned(Pair(np.zeros((1, 1)), np.zeros((1, 1)), np.array([[np.inf]]))):
        assert (found.high - found.radius <= -1).all()
        assert (found.high + found.radius >= 1).all()


def test_the_constants_are_what_they_say() -> None:
    with mpmath.workprec(400):
        for held, exact in ((LOG_2, mpmath.log(2)), (HALF_PI, mpmath.pi / 2)):
            off = abs(mpmath.mpf(float(held.high[0, 0])) + float(held.low[0, 0]) - exact)
            assert 0 < off <= float(held.radius[0, 0]) < 1e-31
    third = Fraction(1, 3)
    high, low, radius = nearest(third)
    assert abs(Fraction(high) + Fraction(low) - third) <= Fraction(radius) < Fraction(1, 2**105)
    assert constant(Fraction(3, 4)).radius == 0


@quiet
@pytest.mark.parametrize(
    ("name", "module", "constant", "value"),
    [
        ("exp", pair_functions, "TERMS", 4),
        ("exp", pairs, "UNIT", 0.0),
        ("exp", pair_functions, "LOG_2", constant(Fraction(LOG_2.high[0, 0]))),
        ("sin", pair_functions, "SINE", pair_functions.SINE[:9]),
        ("cos", pair_functions, "HALF_PI", constant(Fraction(HALF_PI.high[0, 0]))),
    ],
)
def test_a_step_that_is_less_exact_than_its_radius_is_noticed(
    name: str, module: Any, constant: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the radii above are not simply far too large."""
    monkeypatch.setattr(module, constant, value)
    if constant == "TERMS":  # the terms that are left, with the remainder of many more
        monkeypatch.setattr(module, "TERMS", pair_functions.TERMS + 6)
        monkeypatch.setattr(module, "EXPONENTIAL", pair_functions.EXPONENTIAL[:4])
    function, truth = FUNCTIONS[name]
    x = known(MODERATE[None])
    assert outside(function(x), x, truth)


@quiet
@pytest.mark.parametrize("name", ["exp", "cos", "sin"])
def test_with_fewer_terms_the_rest_of_the_sum_is_in_the_radius(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for part, value in {"TERMS": 3, "TURNS": 5}.items():
        monkeypatch.setattr(pair_functions, part, value)
    for part, terms in {"EXPONENTIAL": 3, "COSINE": 5, "SINE": 5}.items():
        monkeypatch.setattr(pair_functions, part, getattr(pair_functions, part)[:terms])
    function, truth = FUNCTIONS[name]
    x = known(MODERATE[None])
    found = function(x)
    assert not outside(found, x, truth)
    assert 1e-16 < found.radius.max() / np.abs(found.high).max() < 1e-4
