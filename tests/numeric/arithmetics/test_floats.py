"""Floating point with bounds.  The audit: the exact value lies within value ± radius, at hostile samples too."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, strategies as st
from sympy import Rational

from symattn.language import (
    Gradient,
    attention,
    cos,
    diag,
    exp,
    hadamard,
    hstack,
    inner,
    inverse,
    log,
    logsumexp,
    matrix,
    reciprocal,
    rowsum,
    scalar,
    scores,
    sin,
    sizes,
    softmax,
    total,
    trace,
    vstack,
)
from symattn.numeric import Ball, Exact, Floats, Intervals, Sample, evaluate, sample
from symattn.numeric.arithmetics.engines import numpy_engine

n, d, k, v = sizes("n d k v", min=1)
X, D = matrix("X", n, d), matrix("D", d, d)
Q, K, A = matrix("Q", d, k), matrix("K", d, k), matrix("A", d, k)
V, G = matrix("V", d, v), matrix("G", n, v)
M, mask = matrix("M", k, k, invertible=True), matrix("m", n, n, mask=True)
p = scalar("p", positive=True)

KINDS = ("integers", "rationals", "normal", "huge", "tiny", "cancelling", "onehot")

RATIONAL = {
    "a chain": X @ Q @ K.T @ X.T,
    "a cancelling sum": X @ (Q + A) - X @ Q - X @ A,
    "Hadamard products": hadamard(Q, K, A) - 2 * Q,
    "row sums": rowsum(hadamard(Q, K)),
    "reciprocals": hadamard(reciprocal(Q - K), A),
    "a normalised row": diag(reciprocal(rowsum(hadamard(X, X)))) @ X,
    "blocks": hstack(X @ Q, X @ K) @ vstack(K.T, A.T),
    "a power": D**4,
    "a trace": trace(Q @ K.T) * Q,
    "an inverse": Q @ inverse(M) @ K.T,
    "a gradient": Gradient(inner(X @ Q @ K.T, X @ D), Q),
    "a gradient through a reciprocal": Gradient(total(reciprocal(rowsum(X @ Q))), X),
}
TRANSCENDENTAL = {
    "softmax": softmax(scores(X, Q, K)),
    "masked softmax": softmax(X @ Q @ K.T @ X.T, mask=mask),
    "attention": attention(X, Q, K, V),
    "log-sum-exp": logsumexp(X @ D),
    "exp": exp(X @ D),
    "turns": hadamard(cos(X @ D), sin(X)),
    "log": log(exp(X) + exp(X @ D)),
    "a cube root": p ** Rational(1, 3) * X @ Q,
    "a gradient of attention": Gradient(inner(G, attention(X, Q, K, V)), Q),
    "a gradient of masked attention": Gradient(inner(G, softmax(scores(X, Q, K), mask=mask) @ X @ V), K),
}
ALL = RATIONAL | TRANSCENDENTAL


@cache
def reference(name: str, kind: str, seed: int) -> tuple[Sample, Any, Any]:
    """A sample and certain bounds of the exact value there."""
    at = sample(ALL[name], kind=kind, seed=seed)
    return at, *enclosed(name, at)


def enclosed(name: str, at: Sample) -> tuple[Any, Any]:
    arithmetic = Exact() if name in RATIONAL else Intervals(precision=200)
    return arithmetic.enclose(evaluate(ALL[name], at, arithmetic))


def violations(name: str, floats: Floats, *, seeds: int, kinds: tuple[str, ...] = KINDS) -> int:
    """How many entries of the exact value lie outside value ± radius."""
    return sum(violations_at(name, floats, *reference(name, kind, seed)) for kind in kinds for seed in range(seeds))


def violations_at(name: str, floats: Floats, at: Sample, lower: Any, upper: Any) -> int:
    computed = evaluate(ALL[name], at, floats)
    return sum(outside(computed, place, lower[place], upper[place]) for place in np.ndindex(computed.value.shape))


def outside(computed: Ball, place: tuple[int, ...], lower: Any, upper: Any) -> bool:
    if np.isinf(computed.radius[place]):
        return False
    center, radius = Fraction(float(computed.value[place])), Fraction(float(computed.radius[place]))
    if upper - lower > Fraction(1, 2**100):  # the reference itself is too wide to judge by its ends
        return not (center - radius <= upper and lower <= center + radius)
    return not (center - radius <= lower and upper <= center + radius)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("name", ALL)
def test_the_exact_value_lies_within_the_radius_every_time(name: str, dtype: str) -> None:
    assert violations(name, Floats(dtype), seeds=5) == 0


def blinded(dtype: str, **changes: float) -> Floats:
    """A mutant: floats that forget one source of error."""
    floats = Floats(dtype)
    for name, value in changes.items():
        setattr(floats, name, value)
    return floats


class Forgetful(Floats):
    """A mutant: the errors of the factors do not reach the product."""

    def matmul(self, left: Ball, right: Ball) -> Ball:
        still = [Ball(part.value, np.zeros_like(part.radius)) for part in (left, right)]
        return super().matmul(*still)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_audit_catches_floats_that_forget_rounding(dtype: str) -> None:
    chain = ALL["a chain"]
    drawn = sample(chain, kind="normal")
    held = sample(chain, values={letter: value.astype(dtype) for letter, value in drawn.values.items()})
    assert violations_at("a chain", Floats(dtype), held, *enclosed("a chain", held)) == 0
    assert violations_at("a chain", blinded(dtype, unit=0.0), held, *enclosed("a chain", held)) > 0


def test_the_audit_catches_floats_that_forget_underflow() -> None:
    small = sample(hadamard(Q, K), sizes={d: 1, k: 1}, values={Q: [[1e-30]], K: [[1e-30]]})
    right = evaluate(hadamard(Q, K), small, Floats("float32"))
    wrong = evaluate(hadamard(Q, K), small, blinded("float32", underflow=0.0))
    truth = Fraction(1e-30) ** 2
    assert not outside(right, (0, 0), truth, truth)
    assert outside(wrong, (0, 0), truth, truth)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_audit_catches_floats_that_trust_the_library(dtype: str) -> None:
    assert violations("exp", blinded(dtype, library=0.0, unit=0.0), seeds=1, kinds=("tiny",)) > 0


def test_the_audit_catches_floats_that_forget_what_came_before() -> None:
    assert violations("a power", Floats("float32"), seeds=3, kinds=("cancelling",)) == 0
    assert violations("a power", Forgetful("float32"), seeds=3, kinds=("cancelling",)) > 0


@pytest.mark.parametrize("name", [*RATIONAL, "softmax", "attention"])
def test_the_radius_is_no_wild_overestimate_at_ordinary_entries(name: str) -> None:
    """Within a factor of a few hundred of the unit times the size of the numbers that go in."""
    expr = ALL[name]
    at = sample(expr, kind="normal", seed=3)
    wide, narrow = evaluate(expr, at, Floats("float64")), evaluate(expr, at, Floats("float32"))
    ratio = np.median(narrow.radius / wide.radius)
    assert 2**28 < ratio < 2**30


@pytest.mark.parametrize("scale", [1, 10, 1000, 10**6])
def test_softmax_bounds_do_not_blow_up_with_the_logits(scale: int) -> None:
    row = matrix("x", 1, 5)
    at = sample(row, values={row: np.array([[1, 3, -2, 3, 0]]) * scale})
    weights = evaluate(softmax(row), at, Floats("float64"))
    assert weights.radius.max() < 3e-15
    assert (weights.value >= 0).all()


def test_softmax_of_unknown_scores_is_still_between_zero_and_one() -> None:
    floats = Floats("float64")
    lost = Ball(np.array([[0.0, 1.0]]), np.array([[np.inf, 0.0]]))
    weights = floats.softmax(lost, None)
    assert ((weights.value >= 0) & (weights.value <= 1)).all()
    assert (weights.radius <= 1 + 1e-12).all()


def test_softmax_of_one_key_is_exactly_one() -> None:
    floats = Floats("float32")
    alone = floats.softmax(Ball(np.array([[7.0]], np.float32), np.array([[0.5]])), None)
    assert (alone.value.tolist(), alone.radius.tolist()) == ([[1.0]], [[0.0]])


def test_a_row_that_the_mask_hides_is_exactly_zero() -> None:
    floats = Floats("float64")
    scores_, hidden = floats.lift(np.array([[1.0, 2.0]])), floats.lift(np.array([[0, 0]]))
    weights = floats.softmax(scores_, hidden)
    assert (weights.value.tolist(), weights.radius.tolist()) == ([[0.0, 0.0]], [[0.0, 0.0]])


def test_what_the_mask_hides_does_not_widen_the_bound() -> None:
    floats = Floats("float64")
    scores_, seen = floats.lift(np.array([[0.0, 1.0, 0.0, 700.0]])), floats.lift(np.array([[1, 1, 0, 0]]))
    weights = floats.softmax(scores_, seen)
    assert weights.radius.max() < 1e-14
    assert abs(weights.value[0, 1] - 0.7310585786300049) <= 1e-14


def test_a_weight_mask_that_is_not_zero_or_one_is_used_as_it_is() -> None:
    floats = Floats("float64")
    weights = floats.softmax(floats.lift(np.zeros((1, 2))), floats.lift(np.array([[1.0, 3.0]])))
    assert np.abs(weights.value - [[0.25, 0.75]]).max() <= weights.radius.max() < 1e-14


def test_a_reciprocal_across_zero_is_unknown_and_of_zero_is_zero() -> None:
    floats = Floats("float64")
    result = floats.reciprocal(Ball(np.array([[0.5, 0.0, 2.0]]), np.array([[1.0, 0.0, 0.0]])))
    assert result.radius[0, 0] == np.inf
    assert (result.value[0, 1], result.radius[0, 1]) == (0.0, 0.0)
    assert result.radius[0, 2] < 1e-15


def test_an_overflow_is_unknown_rather_than_infinite() -> None:
    result = Floats("float32").exp(Floats("float32").lift(np.array([[1000.0]])))
    assert (result.value.tolist(), result.radius.tolist()) == ([[0.0]], [[np.inf]])


def test_a_logarithm_of_what_may_be_negative_is_unknown() -> None:
    floats = Floats("float64")
    result = floats.log(Ball(np.array([[1.0, -1.0, 1.0]]), np.array([[2.0, 0.0, 0.25]])))
    assert np.isinf(result.radius).tolist() == [[True, True, False]]
    assert result.radius[0, 2] >= float(mpmath.log(mpmath.mpf(4) / 3))


def test_a_float16_sum_too_long_for_the_theory_is_unknown() -> None:
    floats = Floats("float16")
    long = floats.lift(np.full((1, 3000), 0.001))
    assert floats.rowsum(long).radius[0, 0] == np.inf


def test_an_entry_that_the_type_cannot_hold_carries_the_gap() -> None:
    third = Floats("float32").lift(np.array([[Fraction(1, 3)]], dtype=object))
    gap = abs(Fraction(1, 3) - Fraction(float(third.value[0, 0])))
    assert gap <= Fraction(float(third.radius[0, 0])) <= gap * (1 + Fraction(1, 10**9))
    assert Floats("float32").lift(np.array([[0.1]])).radius[0, 0] == abs(0.1 - float(np.float32(0.1)))
    assert Floats("float16").lift(np.array([[10**6]], dtype=object)).radius[0, 0] == np.inf
    assert Floats("float64").lift(np.array([[10**400]], dtype=object)).radius[0, 0] == np.inf


@pytest.mark.parametrize("kind", [object, np.int64])
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_whole_numbers_are_exact_as_far_as_the_type_holds_every_one(dtype: str, kind: type) -> None:
    last = 2 ** (np.finfo(dtype).nmant + 1)
    lifted = Floats(dtype).lift(np.array([[last, -last, last + 1]], dtype=kind))
    assert lifted.value.tolist() == [[last, -last, last]]
    assert lifted.radius.tolist() == [[0, 0, pytest.approx(1)]]


def test_the_least_integer_of_the_machine_has_no_opposite_and_is_still_bounded() -> None:
    lifted = Floats("float32").lift(np.array([[-(2**63), 2**63 - 1]]))
    assert lifted.value.tolist() == [[-(2.0**63), 2.0**63]]
    assert lifted.radius[0, 1] >= 1


def test_zeros_and_ones_cost_nothing() -> None:
    """A one-hot product picks a row without error, so that 1/0 = 0 is still seen after it."""
    floats = Floats("float64")
    hot, rows = floats.lift(np.array([[0, 1, 0]])), floats.lift(np.array([[0.1], [0], [0.3]], dtype=object))
    assert floats.reciprocal(floats.matmul(hot, rows)).radius.tolist() == [[0.0]]
    assert floats.multiply(floats.lift(np.array([[1.0]])), floats.lift(np.array([[0.1]]))).radius.tolist() == [[0.0]]


def test_enclosures_are_rounded_outward() -> None:
    floats = Floats("float64")
    lower, upper = floats.enclose(Ball(np.array([[1.0]]), np.array([[1e-17]])))
    assert lower[0, 0] < 1.0 < upper[0, 0]
    lower, upper = floats.enclose(Ball(np.array([[1.0]]), np.array([[0.0]])))
    assert (lower[0, 0], upper[0, 0]) == (1.0, 1.0)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16"])
def test_a_product_by_one_or_minus_one_keeps_the_radius(dtype: str, sign: int) -> None:
    floats = Floats(dtype)
    value = Ball(np.array([[1.5, 0.0], [-3.0, 1.0]]).astype(floats.dtype), np.array([[1e-3, 0.0], [np.inf, 2.0]]))
    one = floats.lift(np.array([[sign]]))
    for found in (floats.multiply(one, value), floats.multiply(value, one)):
        assert found.value.tolist() == (sign * value.value).tolist()
        assert found.radius.tolist() == value.radius.tolist()


def test_a_one_that_may_move_is_not_taken_for_a_sign() -> None:
    floats = Floats("float64")
    one = Ball(np.array([[1.0]]), np.array([[0.5]]))
    assert (floats.multiply(one, floats.lift(np.array([[3.0, 0.0]]))).radius >= [[1.5, 0.0]]).all()
    assert floats.multiply(one, one).radius[0, 0] >= 1.25


NUMBERS = st.sampled_from([0.0, 1.0, -1.0, 0.1, -3.7, 1e-300, 5e-324, 1e8, -1e8 - 1e-8])
RADII = st.sampled_from([0.0, 0.0, 0.0, 1e-12, 0.5])
PARTS = st.lists(st.tuples(NUMBERS, RADII, st.sampled_from([-1, 0, 1])), min_size=4, max_size=4)


@given(PARTS, PARTS, st.booleans())
def test_exact_zeros_and_exact_entries_never_narrow_a_bound_too_far(left: Any, right: Any, plain: bool) -> None:
    """Whatever is exact, full or neither: the result of numbers within the radii lies within the result's."""
    floats = Floats("float64")
    radii = [np.array([0.0 if plain else radius for _, radius, _ in part]).reshape(2, 2) for part in (left, right)]
    values = [np.array([value for value, _, _ in part]).reshape(2, 2) for part in (left, right)]
    balls = [Ball(value, radius) for value, radius in zip(values, radii, strict=True)]
    moved = [
        np.array(
            [Fraction(v) + move * Fraction(r) for v, r, (_, _, move) in zip(value.flat, radius.flat, part, strict=True)]
        )
        for value, radius, part in zip(values, radii, (left, right), strict=True)
    ]
    a, b = (part.reshape(2, 2) for part in moved)
    for found, exact in (
        (floats.add(*balls), a + b),
        (floats.multiply(*balls), a * b),
        (floats.matmul(*balls), a @ b),
        (floats.rowsum(balls[0]), a.sum(axis=1, keepdims=True)),
    ):
        for value, radius, number in zip(found.value.flat, found.radius.flat, exact.flat, strict=True):
            assert abs(Fraction(float(value)) - number) <= Fraction(float(radius))


@pytest.mark.parametrize("ones", [[[1.0]], [[1.0, -1.0]]], ids=["a number", "entries"])
def test_where_small_numbers_become_0_one_times_them_is_not_exact(ones: list[list[float]]) -> None:
    engine = numpy_engine("float32")

    def multiply(left: Any, right: Any) -> Any:
        product = engine.multiply(left, right)
        return np.where(np.abs(product) < np.finfo(np.float32).tiny, 0, product).astype(np.float32)

    floats = Floats(replace(engine, flushes=True, multiply=multiply))
    small = np.full(np.shape(ones), 2.0**-140)
    got = floats.multiply(
        Ball(np.array(ones, np.float32), np.zeros(small.shape)), Ball(small.astype(np.float32), 0 * small)
    )
    assert (got.value == 0).all()
    assert (got.radius >= small).all()
