"""What rows and columns are made of: blocks and heads are seen through whatever keeps them in their places."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import (
    Jacobian,
    T,
    concat_heads,
    diag,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    log,
    matrix,
    reciprocal,
    row,
    rowsum,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    vstack,
)
from symattn.proof.elaborate.axes import Blocks, Heads, axis_of

n, m, k, p, H = sizes("n m k p H")
A, B, C = matrix("A", n, k), matrix("B", n, m), matrix("C", p, k)
D = matrix("D", m, k)
y, z = row("y", n), row("z", m)
h = index("h", H)
W = family("W", H, n, k)[h]
wide, tall = hstack(A, B), vstack(A, C)
WIDE, TALL = Blocks(((k, None), (m, None))), Blocks(((n, None), (p, None)))
side_by_side, stacked = concat_heads(W, h), stack_heads(W, h)
BESIDE, UNDER = Heads(H, k, None), Heads(H, n, None)
plain = matrix("E", n, k + m)

SEEN: dict[str, tuple[Any, Any, Any]] = {
    "a letter": (A, None, None),
    "the identity": (identity(n), None, None),
    "side by side": (wide, None, WIDE),
    "one under the other": (tall, TALL, None),
    "blocks both ways": (vstack(wide, hstack(C, matrix("F", p, m))), TALL, WIDE),
    "one block alone": (hstack(A), None, None),
    "one block alone that is made of blocks": (vstack(wide), None, WIDE),
    "blocks of blocks": (hstack(wide, A), None, Blocks(((k, None), (m, None), (k, None)))),
    "a block of heads": (hstack(side_by_side, B), None, Blocks(((H * k, BESIDE), (m, None)))),
    "heads side by side": (side_by_side, None, BESIDE),
    "heads one under the other": (stacked, UNDER, None),
    "heads made of blocks": (concat_heads(hstack(W, B), h), None, Heads(H, k + m, WIDE)),
    "blocks across heads": (concat_heads(vstack(W, C), h), TALL, BESIDE),
    "transposed": (wide.T, WIDE, None),
    "transposed as it is written": (T(wide), WIDE, None),
    "a product": (tall @ D.T @ hstack(matrix("G", m, n), D), TALL, Blocks(((n, None), (k, None)))),
    "a product whose blocks are inside": (wide @ vstack(A.T, B.T), None, None),
    "a multiple of a product": (2 * (tall @ A.T), TALL, None),
    "a sum": (plain + wide, None, WIDE),
    "a sum that says both": (wide + plain, None, WIDE),
    "entry by entry": (hadamard(plain, wide), None, WIDE),
    "an exponential": (exp(wide), None, WIDE),
    "a logarithm": (log(wide), None, WIDE),
    "a reciprocal": (reciprocal(wide), None, WIDE),
    "a softmax": (softmax(wide), None, WIDE),
    "a sum of heads": (sum_heads(hstack(W, B), h), None, WIDE),
    "sums of rows": (rowsum(vstack(wide, wide)), Blocks(((n, None), (n, None))), None),
    "sums of rows that are made of blocks": (rowsum(wide), None, None),
    "a Jacobian": (Jacobian(hstack(y, z), y), Blocks(((n, None), (m, None))), None),
    "a diagonal of a row": (diag(hstack(y, z)), *[Blocks(((n, None), (m, None)))] * 2),
    "a diagonal of a column": (diag(vstack(y.T, z.T)), *[Blocks(((n, None), (m, None)))] * 2),
}


@pytest.mark.parametrize("name", SEEN)
def test_rows_and_columns_are_seen(name: str) -> None:
    expr, rows, columns = SEEN[name]
    assert (axis_of(expr, 0), axis_of(expr, 1)) == (rows, columns)


def test_the_widths_of_blocks_are_in_their_order() -> None:
    assert axis_of(hstack(B, A), 1) == Blocks(((m, None), (k, None))) != WIDE


def test_blocks_are_seen_through_any_number_of_functions_and_sums() -> None:
    deep = wide
    for _ in range(1000):
        deep = exp(deep) + wide
    assert axis_of(deep, 1) == WIDE
    assert axis_of(deep, 0) is None
