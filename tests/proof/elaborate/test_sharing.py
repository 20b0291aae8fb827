"""What is worth a letter: sums and functions that are used more than once."""

from __future__ import annotations

import symattn as sa
from symattn.proof.elaborate.sharing import LARGE, Sharing

n, d = sa.sizes("n d", min=1)
X, Y, W = sa.matrix("X", n, d), sa.matrix("Y", n, d), sa.matrix("W", d, d)


def test_a_sum_that_is_used_once_is_no_part() -> None:
    assert Sharing(((X + Y) @ W,)).parts == ()


def test_a_sum_and_its_transpose_are_one_part() -> None:
    assert Sharing(((X + Y) @ W @ (X + Y).T,)).parts == (X + Y,)


def test_a_product_and_its_transpose_use_a_part_once() -> None:
    used = sa.hadamard(X, X + Y)
    assert Sharing((used @ W @ used.T,)).parts == ()


def test_a_longer_sum_uses_the_one_that_it_begins_with() -> None:
    assert Sharing(((X + Y + X @ W) @ W, (X + Y) @ W)).parts == (X + Y,)


def test_inner_parts_come_first() -> None:
    inner = X + Y
    outer = inner @ W + sa.softmax(inner @ inner.T) @ X
    assert Sharing((outer @ W @ outer.T,)).parts == (inner, outer)


def test_products_are_counted_as_if_all_were_multiplied_out() -> None:
    assert Sharing(((X + Y) @ W @ (X + Y).T,)).products == 4
    assert Sharing((sa.exp((X + Y) @ W),)).products > 2


def test_a_deep_expression_is_counted_in_no_time() -> None:
    here = X
    for _ in range(40):
        here = here + sa.softmax(here @ W @ here.T) @ here
    sharing = Sharing((here,))
    assert sharing.products > LARGE
    assert len(sharing.parts) == 39
