"""Double-double numbers as an arithmetic: attention at real sizes to thirty digits, and what it does not know."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symattn.errors import LanguageError
from symattn.language import attention, matrix, sizes, softmax
from symattn.numeric import DoubleDouble, Intervals, evaluate, parse_arithmetic, sample
from symattn.numeric.arithmetic import Truth
from symattn.numeric.arithmetics.double_double import BLOCK

n, m, k, d = sizes("n m k d")
q, keys, v = matrix("q", n, k), matrix("k", m, k), matrix("v", m, d)
ARITHMETIC = DoubleDouble()


def test_the_name_finds_it() -> None:
    assert isinstance(parse_arithmetic("double-double"), DoubleDouble)


@pytest.mark.parametrize("scale", [1, 30])
def test_attention_is_known_to_thirty_digits(scale: int) -> None:
    expr = softmax(q @ keys.T) @ v
    drawn = sample(expr, kind="normal", sizes={n: 3, m: 17, k: 8, d: 2})
    at = sample(expr, values={q: scale * drawn.values[q], keys: drawn.values[keys], v: drawn.values[v]})
    found, intervals = evaluate(expr, at, ARITHMETIC), Intervals(200)
    assert (found.radius < 1e-28 * scale).all()
    least, most = ARITHMETIC.enclose(found)
    low, high = intervals.enclose(evaluate(expr, at, intervals))
    assert (least <= low).all()
    assert (high <= most).all()


@pytest.mark.needs("flint")
def test_attention_over_more_keys_than_a_block_has_entries_agrees_with_balls() -> None:
    expr = softmax(q @ keys.T) @ v
    at = sample(expr, kind="normal", sizes={n: 2, m: BLOCK // 2 + 3, k: 4, d: 1})
    balls = parse_arithmetic("ball:200")
    least, most = ARITHMETIC.enclose(evaluate(expr, at, ARITHMETIC))
    low, high = balls.enclose(evaluate(expr, at, balls))
    assert (least <= low).all()
    assert (high <= most).all()
    assert (most - least).max() < Fraction(1, 2**90)


def test_scores_far_apart_do_not_overflow() -> None:
    at = np.array([[1e6, -1e6, 0.0]])
    found = ARITHMETIC.softmax(ARITHMETIC.lift(at), None)
    assert np.abs(found.high - [[1, 0, 0]]).max() <= 1e-28
    assert (found.radius < 1e-28).all()


def test_an_inverse_is_known_where_float64_hardly_has_one() -> None:
    hilbert = np.array([[Fraction(1, 1 + i + j) for j in range(7)] for i in range(7)], dtype=object)
    found = ARITHMETIC.inverse(ARITHMETIC.lift(hilbert))
    back = ARITHMETIC.matmul(ARITHMETIC.lift(hilbert), found)
    low, high = ARITHMETIC.enclose(back)
    assert (low <= np.eye(7, dtype=int)).all()
    assert (np.eye(7, dtype=int) <= high).all()
    assert found.radius.max() < 1e-6


def test_ranks_and_definiteness_are_certain_or_not_said() -> None:
    low = ARITHMETIC.matmul(ARITHMETIC.lift(np.ones((3, 1))), ARITHMETIC.lift(np.ones((1, 3))))
    assert ARITHMETIC.rank(low)[0] == 1
    assert ARITHMETIC.positive_semidefinite(ARITHMETIC.lift(np.diag([2, 1])))[0] is Truth.TRUE
    assert ARITHMETIC.positive_semidefinite(ARITHMETIC.lift(np.diag([2, -1])))[0] is Truth.FALSE
    assert ARITHMETIC.positive_semidefinite(ARITHMETIC.lift(np.zeros((2, 2))))[0] is not Truth.FALSE


def test_a_number_that_float64_cannot_hold_is_unknown() -> None:
    found = ARITHMETIC.lift(np.array([[10**400, 3]], dtype=object))
    assert np.isinf(found.radius[0, 0])
    assert (found.high[0, 1], found.radius[0, 1]) == (3, 0)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(LanguageError, match="only finite numbers"):
        ARITHMETIC.lift(np.array([[np.nan]]))


def test_a_value_is_shown_with_its_radius() -> None:
    third = ARITHMETIC.lift(np.array([[Fraction(1, 3), 2]], dtype=object))
    assert ARITHMETIC.show(third, 0, 0).startswith("0.333333333333333 ± ")
    assert ARITHMETIC.show(third, 0, 1) == "2"


def test_attention_of_tokens_holds_the_value_of_floats() -> None:
    X, Q, K, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, m)
    expr = attention(X, Q, K, V)
    at = sample(expr, kind="normal")
    floats, found = evaluate(expr, at, parse_arithmetic("float64")), evaluate(expr, at, ARITHMETIC)
    assert (np.abs(floats.value - found.high) <= floats.radius + found.radius).all()
    assert (found.radius <= floats.radius * 2.0**-30).all()
