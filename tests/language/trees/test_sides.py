"""To which shape others are repeated."""

from __future__ import annotations

import pytest

from symattn.language.sizes import sizes
from symattn.language.trees.sides import common_shape, same_size

n, d, k = sizes("n d k")


@pytest.mark.parametrize(
    ("shapes", "common"),
    [
        ([(n, d)], (n, d)),
        ([(1, d), (n, d)], (n, d)),
        ([(n, d), (n, 1), (1, 1), (1, d)], (n, d)),
        ([(1, d), (n, 1)], None),
        ([(n, d), (n, k)], None),
        ([(n, d), (1, n)], None),
        ([(n, d + k), (1, k + d)], (n, d + k)),
    ],
)
def test_the_common_shape_is_one_of_them(shapes: list[tuple[object, object]], common: object) -> None:
    assert common_shape(shapes) == common


def test_sizes_are_the_same_polynomial() -> None:
    assert same_size((n + 1) * d, d + n * d)
    assert not same_size(n, d)
