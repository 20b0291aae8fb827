"""rope: which columns turn together, what stays, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    Equal,
    Gradient,
    causal,
    column,
    hadamard,
    hstack,
    inner,
    matrix,
    ones,
    rope,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    vstack,
)
from symattn.language.nodes import identity, unit, zeros
from symattn.numeric import FLOAT64, evaluate, sample
from symattn.proof import decide

n, p, r = sizes("n p r")
t, theta = column("t", n), row("theta", p)
Q, K, c, S = matrix("Q", n, 2 * p), matrix("K", n, 2 * p), scalar("c"), matrix("S", n, n)
EVERYWHERE = c * ones(n, 1)


def values(rotary: Any, A: Any, frequencies: Any) -> tuple[Any, Any, Any, Any]:
    """What it evaluates to, the rows, and the turn of each row in each plane as a complex number."""
    at = sample(rotary, kind="normal", sizes={n: 3, r: 2})
    rows, places, speeds = (np.asarray(at.values[letter], dtype=float) for letter in (A, t, frequencies))
    got = evaluate(rotary, at, FLOAT64)
    return got.value, got.radius, rows, np.exp(1j * places @ speeds)


def test_in_halves_column_j_turns_with_column_p_plus_j() -> None:
    theta, A = row("theta", 2), matrix("A", n, 4)
    got, radius, rows, turns = values(rope(A, t, theta), A, theta)
    expected = (rows[:, :2] + 1j * rows[:, 2:]) * turns
    assert (abs(got - np.hstack([expected.real, expected.imag])) <= radius).all()


def test_interleaved_columns_turn_in_pairs_of_neighbours() -> None:
    theta, A = row("theta", 2), matrix("A", n, 4)
    got, radius, rows, turns = values(rope(A, t, theta, layout="interleaved"), A, theta)
    expected = (rows[:, ::2] + 1j * rows[:, 1::2]) * turns
    assert (abs(got - np.stack([expected.real, expected.imag], axis=-1).reshape(3, 4)) <= radius).all()


def test_interleaved_is_the_permutation_that_brings_neighbours_apart() -> None:
    theta, A = row("theta", 2), matrix("A", n, 4)
    apart = vstack(unit(4, 0), unit(4, 2), unit(4, 1), unit(4, 3))
    by_name, by_matrix = (rope(A, t, theta, layout=layout) for layout in ("interleaved", apart))
    assert decide(Equal(by_name, by_matrix)).status == "proved"


def test_further_columns_stay_as_they_are() -> None:
    theta, A = row("theta", 1), matrix("A", n, r + 2)
    got, radius, rows, turns = values(rope(A, t, theta), A, theta)
    expected = (rows[:, :1] + 1j * rows[:, 1:2]) * turns
    assert (abs(got - np.hstack([expected.real, expected.imag, rows[:, 2:]])) <= radius).all()


def test_blocks_are_the_halves_themselves() -> None:
    first, second, rest = matrix("A", n, p), matrix("B", n, p), matrix("C", n, r)
    assert rope(hstack(first, second, rest), t, theta).args[2] == rest


@pytest.mark.parametrize("layout", ["halves", matrix("P", 2 * p, 2 * p, permutation=True)], ids=str)
def test_scores_know_differences_of_positions_only(layout: Any) -> None:
    A, B, c = matrix("A", 1, 2 * p), matrix("B", 1, 2 * p), scalar("c")
    s, u = scalar("s"), scalar("u")
    score = [rope(A, s + x, theta, layout=layout) @ rope(B, u + y, theta, layout=layout).T for x, y in ((c, c), (c, 0))]
    plain = rope(A, s, theta, layout=layout) @ rope(B, u, theta, layout=layout).T
    assert decide(Equal(score[0], plain)).status == "proved"
    assert decide(Equal(score[1], plain)).status != "proved"


MISSES: dict[str, Any] = {
    "scores do not know positions": Equal(rope(Q, t, theta) @ rope(K, t, theta).T, Q @ K.T),
    "scores know sums of positions": Equal(
        rope(Q, t + EVERYWHERE, theta) @ rope(K, t - EVERYWHERE, theta).T, rope(Q, t, theta) @ rope(K, t, theta).T
    ),
    "masked weights do not know positions": Equal(
        softmax(rope(Q, t, theta) @ rope(K, t, theta).T, mask=causal(n)), softmax(Q @ K.T, mask=causal(n))
    ),
    "a turn is linear in its angle": Equal(rope(Q, c * t, theta), c * rope(Q, t, theta)),
    "a turn twice is a turn": Equal(rope(rope(Q, t, theta), t, theta), rope(Q, t, theta)),
    "a turn is its own inverse": Equal(rope(rope(Q, t, theta), t, theta), Q),
    "entries keep their squares": Equal(hadamard(rope(Q, t, theta), rope(Q, t, theta)), hadamard(Q, Q)),
    "rows keep their sums": Equal(rowsum(rope(Q, t, theta)), rowsum(Q)),
    "gradients turn the same way": Equal(Gradient(inner(K, rope(Q, t, theta)), Q), rope(K, t, theta)),
}


@pytest.mark.parametrize("what", MISSES)
def test_what_is_nearly_so_is_refuted(what: str) -> None:
    assert decide(MISSES[what]).status == "refuted"


def test_gradients_turn_back() -> None:
    assert decide(Equal(Gradient(inner(K, rope(Q, t, theta)), Q), rope(K, -t, theta))).status == "proved"


def test_it_is_read_from_text() -> None:
    assert sa.decide("A:n*4 t:n*1 w:1*2 |- rope(A, t, w, layout=interleaved) == rope(A, t, w)").status == "refuted"
    assert sa.decide("A:n*(2*p) t:n*1 w:1*p |- rope(rope(A, t, w), -t, w) == A").status == "proved"
    assert sa.decide("x:scalar y:scalar |- cos(x + y) == cos(x)*cos(y) - sin(x)*sin(y)").status == "proved"


@pytest.mark.parametrize("width", [p, 2 * p - 1, p + r])
def test_columns_that_need_not_be_pairs_are_refused(width: Any) -> None:
    with pytest.raises(ShapeError, match="pairs of columns"):
        rope(matrix("A", n, width), t, theta)


@pytest.mark.parametrize("layout", ["interleaved", "neox", 3])
def test_a_layout_that_there_is_not_is_refused(layout: Any) -> None:
    with pytest.raises(LanguageError, match="no such layout"):
        rope(matrix("A", n, 2 * p), t, theta, layout=layout)


def test_frequencies_are_a_row() -> None:
    with pytest.raises(LanguageError, match="are a row"):
        rope(matrix("A", n, 2 * p), t, theta.T)


def test_further_columns_stay_behind_neighbours_too() -> None:
    theta, A = row("theta", 2), matrix("A", n, r + 4)
    got, radius, rows, turns = values(rope(A, t, theta, layout="interleaved"), A, theta)
    expected = (rows[:, :4:2] + 1j * rows[:, 1:4:2]) * turns
    neighbours = np.stack([expected.real, expected.imag], axis=-1).reshape(3, 4)
    assert (abs(got - np.hstack([neighbours, rows[:, 4:]])) <= radius).all()


def test_further_columns_stay_behind_permuted_ones_too() -> None:
    order, A = matrix("P", 2 * p, 2 * p, permutation=True), matrix("A", n, 2 * p + r)
    turned, tail = rope(A, t, theta, layout=order), vstack(zeros(2 * p, r), identity(r))
    assert decide(Equal(turned @ tail, A @ tail)).status == "proved"
    assert decide(Equal(turned, rope(A, t, theta))).status == "refuted"


@pytest.mark.parametrize("layout", ["interleaved", '"interleaved"', "'interleaved'"])
def test_a_layout_is_read_with_and_without_quotes(layout: str) -> None:
    turned = f"rope(A, t, w, layout={layout})"
    assert sa.decide(f"A:n*6 t:n*1 w:1*2 |- rope({turned}, -t, w, layout={layout}) == A").status == "proved"


def test_a_layout_in_quotes_that_there_is_not_is_refused() -> None:
    with pytest.raises(LanguageError, match=r'(?s)no such layout.*accepted: "halves"'):
        sa.decide('A:n*4 t:n*1 w:1*2 |- rope(A, t, w, layout="neox") == A')
