"""Blocks: matrices side by side and one under the other, in the order given."""

from __future__ import annotations

import pickle

import pytest
from sympy import ImmutableMatrix

from symattn.errors import LanguageError
from symattn.language import hstack, matrix, sizes, vstack

d, k = sizes("d k")
A, B = matrix("A", d, k), matrix("B", d, d)


def test_blocks_keep_their_order() -> None:
    assert hstack(B, A).args == (B, A)
    assert vstack(B, A, B).args == (B, A, B)
    assert hstack(B, A) != hstack(A, B)


def test_widths_add_side_by_side_and_heights_one_under_the_other() -> None:
    assert hstack(A, B).shape == (d, k + d)
    assert vstack(A.T, B).shape == (k + d, d)


def test_blocks_written_out_are_joined() -> None:
    P, Q, R = matrix("P", 2, 1), matrix("Q", 2, 3), matrix("R", 2, 2)
    joined = ImmutableMatrix.hstack(P.as_explicit(), Q.as_explicit(), R.as_explicit())
    assert hstack(P, Q, R).as_explicit() == joined
    assert vstack(P.T, Q.T, R.T).as_explicit() == joined.T


def test_blocks_are_written_out_inside_a_product() -> None:
    P, Q = matrix("P", 1, 2), matrix("Q", 1, 1)
    product = hstack(P, Q) @ vstack(P.T, Q.T)
    assert product.as_explicit() == P.as_explicit() * P.as_explicit().T + Q.as_explicit() * Q.as_explicit().T


def test_blocks_survive_pickling_and_a_change_of_sizes() -> None:
    assert pickle.loads(pickle.dumps(hstack(A, B))) == hstack(A, B)
    assert hstack(A, B).xreplace({d: 2, k: 1}).shape == (2, 3)


@pytest.mark.parametrize("build", [hstack, vstack])
def test_blocks_need_at_least_one_matrix(build: object) -> None:
    with pytest.raises(LanguageError, match="at least one"):
        build()  # type: ignore[operator]
