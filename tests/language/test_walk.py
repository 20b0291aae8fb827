"""Reading a tree: letters and sizes in reading order."""

from __future__ import annotations

from sympy import MatMul

from symattn.language import (
    Equal,
    ForAll,
    T,
    bilinear,
    family,
    group,
    identity,
    index,
    letters_of,
    row,
    scalar,
    sizes,
    sizes_of,
    softmax,
    sum_heads,
    unit,
)
from tests.language.samples import H, K, Q, X, d, k, n, t

m = sizes("m")


def test_letters_come_in_reading_order_and_once() -> None:
    assert Equal(T(X @ Q @ K.T @ X.T), softmax(t * X @ X.T)).letters == (X, Q, K, t)


def test_sizes_come_from_the_shapes_of_letters_in_reading_order() -> None:
    assert Equal(X @ Q, X @ K).sizes == (n, d, k)


def test_a_size_that_stands_by_itself_is_found() -> None:
    assert sizes_of(identity(m) * k) == (k, m)
    assert sizes_of(unit(d, 0)) == (d,)
    assert letters_of(d * t) == (t,)


def test_members_count_as_their_family() -> None:
    F, h = family("F", H, d, k), index("h", H)
    assert letters_of(sum_heads(F[h] @ F[0].T, h)) == (F,)
    assert letters_of(F[h]) == (F,)


def test_the_sizes_of_families_and_of_heads_are_found() -> None:
    F, g, r = family("F", H * m, d, k), index("g", H), index("r", m)
    assert sizes_of(F[group(g, r)]) == (H, m, d, k)
    assert sizes_of(sum_heads(scalar("t") * identity(2), index("j", m))) == (m,)


def test_the_sizes_of_bound_letters_are_found_but_not_the_letters() -> None:
    claim = ForAll(row("x", d), Equal(row("x", d), row("x", d)))
    assert claim.letters == ()
    assert claim.sizes == (d,)


def test_a_bilinear_map_is_a_letter() -> None:
    s = bilinear("s", d, k)
    assert letters_of(s(row("x", d), row("y", k))) == (s, row("x", d), row("y", k))
    assert sizes_of(s(unit(d, 0), unit(k, 0))) == (d, k)


def test_a_tree_deeper_than_the_stack_of_python_is_read() -> None:
    deep = X
    for _ in range(3000):
        deep = MatMul(T(T(deep)), identity(d))
    assert letters_of(deep) == (X,)
