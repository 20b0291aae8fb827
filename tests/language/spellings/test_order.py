"""Causal masks, windows, positions and shifts: their entries, what is refused, and how they are written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

import symattn as sa
from symattn import Equal, causal, order, positions, shift, sizes, text, tril, triu, window
from symattn.errors import LanguageError, ShapeError
from symattn.language.printing.code import code
from symattn.language.printing.latex import latex
from symattn.numeric import EXACT, FLOAT64, evaluate, sample

n, m, w = sizes("n m w")


def entries(expr: Any) -> list[list[int]]:
    explicit = expr.as_explicit()
    return [[int(explicit[i, j]) for j in range(explicit.shape[1])] for i in range(explicit.shape[0])]


NUMBERS = {
    "causal": (causal(3), np.tril(np.ones((3, 3)))),
    "lower-right": (causal(2, 4, "lower-right"), [[1, 1, 1, 0], [1, 1, 1, 1]]),
    "lower-right, fewer keys": (causal(3, 2, "lower-right"), [[0, 0], [1, 0], [1, 1]]),
    "upper-left": (causal(2, 4, "upper-left"), [[1, 0, 0, 0], [1, 1, 0, 0]]),
    "window": (window(4, 1), [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]),
    "window on both sides": (window(4, 2, 1), [[1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1], [0, 1, 1, 1]]),
    "positions": (positions(3), [[1], [2], [3]]),
    "shift": (shift(3), np.eye(3, k=-1)),
    "shift by 2": (shift(4, 2), np.eye(4, k=-2)),
    "shift too far": (shift(2, 5), np.zeros((2, 2))),
    "order": (order(2, 3, 1, 2), [[1, 1, 0], [1, 1, 1]]),
    "tril": (tril(sa.ones(2, 3)), np.tril(np.ones((2, 3)))),
    "triu": (triu(sa.ones(3, 2)), np.triu(np.ones((3, 2)))),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_entries_are_those_of_numpy(name: str) -> None:
    expr, wanted = NUMBERS[name]
    assert entries(expr) == np.asarray(wanted).tolist()
    for arithmetic in (EXACT, FLOAT64):
        value = evaluate(expr, sample(expr), arithmetic)
        found = value.tolist() if arithmetic is EXACT else np.asarray(value.value).tolist()
        assert found == np.asarray(wanted).tolist()


def test_a_mask_that_is_not_square_says_how_it_is_aligned() -> None:
    with pytest.raises(LanguageError, match=r"(?s)aligned in one of two ways.*'lower-right'.*'upper-left'"):
        causal(n, m)
    with pytest.raises(LanguageError, match="aligned"):
        causal(n, m, "right")
    assert causal(n, n, "lower-right") == causal(n)


@pytest.mark.parametrize("offset", [-1, sympy.Rational(1, 2), n - 2, sa.scalar("t")])
def test_places_are_compared_after_a_size_is_added(offset: Any) -> None:
    for make in (lambda: order(n, m, offset), lambda: shift(n, offset), lambda: window(n, offset)):
        with pytest.raises(LanguageError, match="a size is added"):
            make()


def test_tril_is_of_a_matrix() -> None:
    with pytest.raises((LanguageError, ShapeError, TypeError)):
        tril(sa.scalar("t"))


WRITTEN = {
    causal(n): ("causal(n)", r"\mathbf{1}_{j \le i}", "order(n, n, 0, 0)"),
    causal(n, m, "lower-right"): ('causal(n, m, "lower-right")', r"\mathbf{1}_{j + n \le i + m}", "order(n, m, n, m)"),
    causal(n, m, "upper-left"): ('causal(n, m, "upper-left")', r"\mathbf{1}_{j \le i}", "order(n, m, 0, 0)"),
    order(n, m, 1, w): ("order(n, m, 1, w)", r"\mathbf{1}_{j + 1 \le i + w}", "order(n, m, 1, w)"),
    shift(n): ("shift(n)", r"\mathbf{1}_{i = j + 1}", "shift(n, 1)"),
    shift(n, w): ("shift(n, w)", r"\mathbf{1}_{i = j + w}", "shift(n, w)"),
}


@pytest.mark.parametrize("expr", WRITTEN, ids=str)
def test_it_is_written_as_text_as_latex_and_as_code(expr: Any) -> None:
    assert (text(expr), latex(expr), code(expr)) == WRITTEN[expr]
    read = eval(code(expr), {"order": order, "shift": shift, "n": n, "m": m, "w": w})
    assert read == expr
    declared = " ".join(f"{size}>=1" for size in sorted(expr.free_symbols, key=str))
    assert sa.parse(f"{declared} |- {text(expr)} == {text(expr)}").claim == Equal(expr, expr)
