"""Where letters occur: anywhere in an expression, as a family or a map too, and bound letters count."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import (
    Equal,
    ForAll,
    Gradient,
    bilinear,
    family,
    group,
    hstack,
    index,
    matrix,
    matrix_of,
    row,
    sizes,
    softmax,
    sum_heads,
    total,
)
from symattn.numeric.evaluation.occurrences import Occurrences

G, R, d = sizes("G R d")
W, V, M = matrix("W", d, d), matrix("V", d, d), matrix("M", d, d, mask=True)
x, s = row("x", d), bilinear("s", d)
F, g, r = family("F", G * R, d, d), index("g", G), index("r", R)


@pytest.mark.parametrize(
    ("letter", "expr"),
    [
        (W, W),
        (W, hstack(x @ V, x @ W.T)),
        (M, softmax(V, mask=M)),
        (s, s(x, x)),
        (s, matrix_of(s)),
        (F, F[0]),
        (F, sum_heads(sum_heads(F[group(g, r)], r), g)),
        (W, Gradient(total(x @ W), W)),
        (W, Gradient(total(x @ V @ W), V)),
        (W, ForAll(W, Equal(W, V))),
    ],
    ids=str,
)
def test_a_letter_is_found_at_any_depth(letter: Any, expr: Any) -> None:
    assert Occurrences({letter}).within(expr)
    assert not Occurrences({matrix("Other", d, d)}).within(expr)


def test_another_letter_of_the_same_name_is_another_letter() -> None:
    assert not Occurrences({matrix("W", d, 2)}).within(x @ W)


def test_deep_expressions_are_no_deeper_for_python() -> None:
    deep: Any = V
    for _ in range(3000):
        deep = deep.T + V
    assert not Occurrences({W}).within(deep)
    assert Occurrences({W}).within(deep + W)
