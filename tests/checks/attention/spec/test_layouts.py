"""Axes: what is laid out is read back, and broadcast axes have length 1."""

from __future__ import annotations

import numpy as np
import pytest

from symattn.checks.attention.spec.layouts import LAYOUTS, broadcast, collected, inside, outside


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_laid_out_is_read_back(layout: str) -> None:
    batch, heads = 2 if "b" in layout else 1, 3 if "h" in layout else 1
    tensor = np.arange(batch * heads * 4 * 5).reshape(batch, heads, 4, 5)
    laid = outside(tensor, layout)
    assert laid.ndim == len(layout)
    assert (inside(laid, layout) == tensor).all()
    if layout == "bnhd":
        assert laid[1, 3, 2, 4] == tensor[1, 2, 3, 4]


@pytest.mark.parametrize(
    ("axes", "shape"),
    [("bhnm", (2, 3, 4, 5)), ("b1nm", (2, 1, 4, 5)), ("hnm", (3, 4, 5)), ("bm", (2, 5)), ("1nm", (1, 4, 5))],
)
def test_a_broadcast_part_keeps_its_axes(axes: str, shape: tuple[int, ...]) -> None:
    full = np.random.default_rng(0).standard_normal((2, 3, 4, 5))
    part = collected(full, axes)
    assert part.shape == shape
    whole = np.broadcast_to(broadcast(part, axes), full.shape)
    assert (collected(whole, axes) == part).all()
    if axes == "bm":
        assert whole[1, 2, 3, 4] == part[1, 4]
