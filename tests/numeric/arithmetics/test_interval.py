"""Intervals: they hold the value, also compared with mpmath at 60 digits, and tell two values apart."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from symattn.language import Equal, attention, exp, inverse, log, matrix, rowsum, scores, sizes, softmax
from symattn.numeric import Exact, Intervals, evaluate, sample, witness
from symattn.numeric.arithmetic import Truth

n, d, k, v = sizes("n d k v", min=1)
X, V = matrix("X", n, d), matrix("V", d, v)
Q, K = matrix("Q", d, k), matrix("K", d, k)
M = matrix("M", k, k, invertible=True)


def reference(at: dict[str, np.ndarray]) -> mpmath.matrix:
    """Softmax attention, written out again in mpmath."""
    scores_ = at["X"] @ at["Q"] @ at["K"].T @ at["X"].T
    rows = []
    for row in scores_.tolist():
        weights = [mpmath.exp(mpmath.mpf(float(s))) for s in row]
        rows.append([w / mpmath.fsum(weights) for w in weights])
    return mpmath.matrix(rows) * mpmath.matrix((at["X"] @ at["V"]).astype(float).tolist())


@pytest.mark.parametrize("seed", range(4))
def test_attention_at_sixty_digits_lies_in_its_intervals(seed: int) -> None:
    at = sample(attention(X, Q, K, V), seed=seed)
    intervals = Intervals(precision=100)
    lower, upper = intervals.enclose(evaluate(attention(X, Q, K, V), at, intervals))
    with mpmath.workdps(60):
        truth = reference({letter.name: at.values[letter] for letter in at.values})
        for place in np.ndindex(lower.shape):
            value = truth[place]
            assert mpmath.mpf(lower[place].numerator) / lower[place].denominator <= value
            assert value <= mpmath.mpf(upper[place].numerator) / upper[place].denominator
            assert upper[place] - lower[place] < Fraction(1, 2**80)


@pytest.mark.parametrize("expr", [X @ Q @ K.T, Q @ inverse(M), rowsum(X) @ rowsum(X).T], ids=str)
def test_whole_numbers_are_enclosed_by_themselves(expr: object) -> None:
    at = sample(expr)
    lower, upper = Intervals().enclose(evaluate(expr, at, Intervals()))
    assert (lower == evaluate(expr, at, Exact())).all()
    assert (lower == upper).all()


def test_a_third_is_enclosed_and_narrower_at_a_higher_precision() -> None:
    widths = []
    for precision in (20, 200):
        intervals = Intervals(precision)
        lower, upper = intervals.enclose(intervals.lift(np.array([[Fraction(1, 3)]], dtype=object)))
        assert lower[0, 0] < Fraction(1, 3) < upper[0, 0]
        widths.append(upper[0, 0] - lower[0, 0])
    assert widths[0] > Fraction(1, 2**30) > widths[1]


def test_two_contexts_do_not_share_their_precision() -> None:
    rough, fine = Intervals(20), Intervals(200)
    assert (rough.context.prec, fine.context.prec) == (20, 200)


def test_a_false_claim_about_exp_is_certainly_refuted() -> None:
    P = softmax(scores(X, Q, K))
    outcome = witness(Equal(P, P.T), sample(P), Intervals())
    assert (outcome.holds, outcome.certain) == (False, True)


def test_a_true_claim_about_exp_is_only_consistent() -> None:
    outcome = witness(Equal(log(exp(X)), X), sample(X), Intervals())
    assert (outcome.holds, outcome.certain) == (True, False)
    assert outcome.bound < 1e-25


def test_a_reciprocal_across_zero_is_everything_and_of_zero_is_zero() -> None:
    intervals = Intervals()
    across = np.array([[intervals.context.mpf([-1, 1]), intervals.context.mpf(0)]], dtype=object)
    lower, upper = intervals.enclose(intervals.reciprocal(across))
    assert (lower.tolist(), upper.tolist()) == ([[float("-inf"), 0]], [[float("inf"), 0]])


def test_weights_far_beyond_any_float_neither_overflow_nor_fill_the_memory() -> None:
    x = matrix("x", 1, 3)
    at = sample(x, values={x: [[10**20, 0, -(10**20)]]})
    lower, upper = Intervals().enclose(evaluate(softmax(x), at, Intervals()))
    assert (lower >= 0).all()
    assert (upper[0, 1:] < Fraction(1, 2**1000)).all()
    assert lower[0, 0] > Fraction(99, 100)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("power", [-30_000, -20_040, -19_990, 19_950, 30_000])
def test_the_ends_that_are_given_hold_the_interval_at_any_magnitude(power: int, sign: int) -> None:
    intervals = Intervals(100)
    number = sign * Fraction(2**100 - 1) * Fraction(2) ** (power - 100)
    lower, upper = intervals.enclose(intervals.lift(np.array([[number]], dtype=object)))
    assert lower[0, 0] <= number <= upper[0, 0]
    if abs(power) < 20_000:
        assert upper[0, 0] - lower[0, 0] <= abs(number) / 2**30 + Fraction(1, 2**19_990)


@pytest.mark.parametrize("inner", [0, 1, 3])
def test_products_hold_what_they_enclose(inner: int) -> None:
    intervals, at = Intervals(20), np.random.default_rng(inner)
    left, right = (at.integers(-1, 2, size).astype(object) / Fraction(3) for size in ((2, inner), (inner, 4)))
    right = np.where(at.integers(0, 2, right.shape) == 1, right, at.integers(0, 2, right.shape).astype(object))
    lower, upper = intervals.enclose(intervals.matmul(intervals.lift(left), intervals.lift(right)))
    exact = left @ right if inner else np.zeros((2, 4), dtype=object)
    assert lower.shape == (2, 4)
    assert (lower <= exact).all()
    assert (exact <= upper).all()


def test_a_selection_takes_what_is_known_and_nothing_else() -> None:
    intervals = Intervals()
    unknown = intervals.log(intervals.lift(np.array([[-1]])))[0, 0]
    left = np.array([[unknown, intervals.context.mpf([1, 2])]], dtype=object)
    lower, upper = intervals.enclose(intervals.matmul(left, intervals.lift(np.array([[1, 0, 0], [0, 1, 0]]))))
    assert lower.tolist() == [[float("-inf"), 1, 0]]
    assert upper.tolist() == [[float("inf"), 2, 0]]


def test_roots_and_logarithms_of_what_may_be_negative_are_everything() -> None:
    intervals = Intervals()
    unsure = np.array([[intervals.context.mpf([-1, 4])]], dtype=object)
    for result in (intervals.log(unsure), intervals.power(unsure, Fraction(1, 2))):
        assert intervals.enclose(result)[0][0, 0] == float("-inf")
    four = intervals.lift(np.array([[4]]))
    lower, upper = intervals.enclose(intervals.power(four, Fraction(-1, 2)))
    assert lower[0, 0] <= Fraction(1, 2) <= upper[0, 0]


def test_a_rank_is_at_least_the_number_of_certain_pivots() -> None:
    intervals = Intervals()
    unsure = intervals.lift(np.array([[1, 0], [0, 0]]))
    assert intervals.rank(unsure) == (1, 2)
    unsure[1, 1] = intervals.context.mpf([-1, 1])
    assert intervals.rank(unsure) == (1, 2)
    assert intervals.rank(intervals.lift(np.array([[0, 1], [2, 0]]))) == (2, 2)


@pytest.mark.parametrize(
    ("rows", "truth"),
    [
        ([[2, 1], [1, 2]], Truth.TRUE),
        ([[0, 0], [0, 0]], Truth.TRUE),
        ([[1, 2], [2, 1]], Truth.FALSE),
        ([[0, 1], [1, 0]], Truth.CONSISTENT),
    ],
)
def test_definiteness_is_certain_where_the_pivots_are(rows: list, truth: Truth) -> None:
    intervals = Intervals()
    assert intervals.positive_semidefinite(intervals.lift(np.array(rows)))[0] is truth


def test_a_matrix_without_certain_pivots_has_an_unknown_inverse() -> None:
    intervals = Intervals()
    lower, _ = intervals.enclose(intervals.inverse(intervals.lift(np.array([[1, 1], [1, 1]]))))
    assert (lower == float("-inf")).all()


def test_exp_of_a_number_of_thousands_of_digits_takes_no_time_and_excludes_nothing() -> None:
    x = matrix("x", 1, 2)
    at = sample(x, values={x: [[10**5000, -(10**5000)]]})
    lower, upper = Intervals().enclose(evaluate(exp(x), at, Intervals()))
    assert (lower <= 0).all()
    assert upper[0, 0] == float("inf")


@pytest.mark.parametrize(
    ("ends", "within"),
    [
        (("-inf", "inf"), (0, float("inf"))),
        (("-inf", 0), (0, 1)),
        ((0, "inf"), (1, float("inf"))),
        ((-(2**600), 0), (0, 1)),
        ((0, 2**600), (1, float("inf"))),
        ((-(2**601), -(2**600)), (0, 1)),
        ((2**600, 2**601), (0, float("inf"))),
    ],
    ids=str,
)
def test_exp_of_what_is_out_of_reach_is_not_negative(
    ends: tuple[object, object], within: tuple[object, object]
) -> None:
    """What is known of one end is kept: exp(log x) is never below 0, whatever log x is."""
    intervals = Intervals()
    entry = np.array([[intervals.context.mpf(list(ends))]], dtype=object)
    lower, upper = intervals.enclose(intervals.exp(entry))
    assert (lower[0, 0], upper[0, 0]) == within


def test_a_negative_number_is_no_exp() -> None:
    a = matrix("A", 1, 1)
    claim = Equal(exp(log(a)), a)
    at = {value: witness(claim, sample(claim, values={a: [[value]]}), Intervals()) for value in (-1, 0)}
    assert at[-1].holds is False
    assert at[0].holds is None
