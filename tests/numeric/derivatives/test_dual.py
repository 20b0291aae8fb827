"""Derivatives by dual numbers: the formal rules, exactly, and against central differences at 60 digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from symattn.language import Gradient, exp, inner, inverse, log, matrix, reciprocal, row, scalar, softmax, total
from symattn.numeric import Exact, Floats, Intervals, evaluate, sample
from symattn.numeric.derivatives.dual import Dual, Tangents

exact = Exact()
tangents = Tangents(exact)
rng = np.random.default_rng(0)


def entries(*shape: int, low: int = -3) -> np.ndarray:
    return exact.lift(rng.integers(low, 4, shape))


def dual(rows: int, columns: int, directions: int = 4) -> Dual:
    return Dual(entries(rows, columns), entries(directions, rows, columns))


def same(left: Dual, right: Dual) -> bool:
    return bool((left.value == right.value).all() and (left.tangent == right.tangent).all())


@pytest.mark.parametrize("masked", [False, True])
def test_the_softmax_rule_is_what_exp_product_and_reciprocal_give(masked: bool) -> None:
    scores = dual(3, 4)
    mask = Dual(exact.lift(rng.integers(0, 2, (3, 4)))) if masked else None
    weights = tangents.exp(scores) if mask is None else tangents.multiply(mask, tangents.exp(scores))
    formal = tangents.multiply(weights, tangents.reciprocal(tangents.rowsum(weights)))
    assert same(tangents.softmax(scores, mask), formal)


def test_a_mask_that_moves_is_differentiated_too() -> None:
    scores, mask = dual(2, 3), Dual(entries(2, 3, low=1), entries(4, 2, 3))
    weights = tangents.multiply(mask, tangents.exp(scores))
    formal = tangents.multiply(weights, tangents.reciprocal(tangents.rowsum(weights)))
    assert same(tangents.softmax(scores, mask), formal)


def test_a_mask_that_moves_is_differentiated_in_floats_with_a_shift() -> None:
    floats, large = Tangents(Floats("float64")), np.array([[800.0, 799.0]])
    scores, mask = floats.lift(large), floats.seed(floats.base.lift(np.array([[1.0, 1.0]])))
    weights = floats.softmax(scores, mask)
    assert np.isfinite(weights.tangent.radius).all()
    assert abs(weights.tangent.value[0, 0, 0] - 0.19661193324148185) <= weights.tangent.radius[0, 0, 0] < 1e-12


def test_a_letter_is_seeded_with_one_direction_for_each_entry() -> None:
    seeded = tangents.seed(entries(2, 3))
    assert seeded.tangent.reshape(6, 6).tolist() == np.eye(6, dtype=int).tolist()


def test_what_does_not_depend_on_the_letter_has_no_tangent() -> None:
    still = tangents.lift(np.ones((2, 2), int))
    assert tangents.matmul(still, tangents.exp(tangents.add(still, still))).tangent is None
    assert tangents.softmax(still, None).tangent is None


def test_blocks_mix_moving_and_still_parts() -> None:
    moving, still = dual(2, 2), tangents.lift(np.ones((2, 3), int))
    joined = tangents.rearrange(lambda *blocks: np.concatenate(blocks, axis=-1), [still, moving])
    assert joined.tangent[..., :3].any() == False  # noqa: E712 - an array of objects
    assert (joined.tangent[..., 3:] == moving.tangent).all()


def test_an_inverse_moves_against_its_matrix() -> None:
    square = Dual(exact.lift(np.array([[2, 1], [1, 1]])), entries(4, 2, 2))
    product = tangents.matmul(square, tangents.inverse(square))
    assert product.value.tolist() == [[1, 0], [0, 1]]
    assert (product.tangent == 0).all()


@pytest.mark.parametrize("exponent", [Fraction(1, 2), Fraction(-1, 2), Fraction(-3, 2)])
def test_a_power_has_its_usual_slope(exponent: Fraction) -> None:
    base = Dual(exact.lift(np.array([[4, 9]])), exact.lift(np.array([[[1, 1]]])))
    moved = tangents.power(base, exponent)
    for j, x in enumerate((4, 9)):
        assert moved.tangent[0, 0, j] == exponent * exact.power(exact.lift(np.array([[x]])), exponent - 1)[0, 0]


x = row("x", 3)
A, B = matrix("A", 3, 3), matrix("B", 3, 3)
M = matrix("M", 3, 3, invertible=True)
t = scalar("t", positive=True)
LOSSES = {
    "a product": inner(A @ B @ A, B),
    "softmax": inner(softmax(A @ B), B),
    "a logarithm": total(log(exp(A) + exp(B))),
    "a reciprocal": total(reciprocal(exp(A) + exp(A @ B))),
    "an inverse beside it": inner(A @ inverse(M) @ A, B),
}


def difference(loss: Any, at: Any, place: tuple[int, int]) -> mpmath.mpf:
    """A central difference with step 2⁻⁸⁰ in intervals of 400 bits: its own error is below 2⁻¹⁰⁰."""
    step, ends = Fraction(1, 2**80), []
    for sign in (1, -1):
        moved = np.array(at.values[A], dtype=object)
        moved[place] = moved[place] + sign * step
        there = sample(loss, values={**at.values, A: moved})
        low, high = Intervals(400).enclose(evaluate(loss, there, Intervals(400)))
        ends.append((low[0, 0] + high[0, 0]) / 2)
    return (ends[0] - ends[1]) / (2 * step)


@pytest.mark.parametrize("name", LOSSES)
def test_a_gradient_is_the_limit_of_differences(name: str) -> None:
    loss = LOSSES[name]
    at = sample(loss, seed=1)
    slope = evaluate(Gradient(loss, A), at, Floats("float64"))
    for place in [(0, 0), (1, 2), (2, 1)]:
        gap = abs(Fraction(float(slope.value[place])) - difference(loss, at, place))
        assert gap <= Fraction(float(slope.radius[place])) + Fraction(1, 2**60)


def test_a_rank_and_a_claim_have_no_derivative() -> None:
    from symattn.errors import LanguageError

    with pytest.raises(LanguageError, match="no derivative"):
        tangents.rank(dual(2, 2))
    with pytest.raises(LanguageError, match="no derivative"):
        tangents.positive_semidefinite(dual(2, 2))
