"""Bilinear maps: letters that take two rows."""

from __future__ import annotations

import pickle

import pytest
from sympy import expand

from symattn.errors import LanguageError
from symattn.language import bilinear, matrix, matrix_of, row, scalar, sizes, unit
from symattn.language.trees.base import explicit

d, e = sizes("d e")
s = bilinear("s", d)


def test_a_bilinear_map_takes_two_rows_and_is_a_real_scalar() -> None:
    value = s(row("x", d), row("y", d))
    assert value.args == (s, row("x", d), row("y", d))
    assert value.is_real
    assert value.is_commutative


def test_the_second_width_is_the_first_when_absent() -> None:
    assert s.shape == (d, d)
    assert bilinear("s", d, e).shape == (d, e)
    assert matrix_of(bilinear("s", d, e)).shape == (d, e)


def test_written_out_the_map_is_linear_in_each_argument() -> None:
    f = bilinear("f", 2, 3)
    x, z, y, c = matrix("x", 1, 2), matrix("z", 1, 2), matrix("y", 1, 3), scalar("c")
    combined = f(x + c * z, y).as_explicit()
    assert expand(explicit(combined - f(x, y).as_explicit() - c * f(z, y).as_explicit())) == 0


def test_the_matrix_of_a_map_has_the_values_at_unit_rows() -> None:
    f = bilinear("f", 2, 3)
    W = matrix_of(f).as_explicit()
    assert all(f(unit(2, a), unit(3, b)).as_explicit() == W[a, b] for a in range(2) for b in range(3))
    assert len(set(W)) == 6


def test_a_map_survives_pickling_and_rebuilding() -> None:
    for node in (s, s(row("x", d), row("y", d)), matrix_of(s)):
        assert pickle.loads(pickle.dumps(node)) == node
        assert node.func(*node.args) == node


def test_a_map_refuses_scalars() -> None:
    with pytest.raises(LanguageError, match="needs a matrix"):
        s(scalar("t"), row("y", d))


def test_the_only_letter_of_the_matrix_is_the_map() -> None:
    assert matrix_of(s).free_symbols == {s}
