"""Heads and families: members by number, by index and by group, through pickles and replacements."""

from __future__ import annotations

import pickle

import pytest
from sympy import Integer

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    Pair,
    check,
    concat_heads,
    family,
    group,
    index,
    matrix,
    place_of,
    sizes,
    stack_heads,
    sum_heads,
    total,
)

H, d, k = sizes("H d k")
h, g = index("h", H), index("g", H)
Q, K = family("Q", H, d, k), family("K", H, d, k)
A = matrix("A", k, k)


def test_heads_of_families_of_another_size_differ() -> None:
    assert index("h", H) != index("h", k)


@pytest.mark.parametrize(
    "node",
    [h, Q[h], Q[3], Q[group(h, index("r", 2))], sum_heads(Q[h], h), concat_heads(Q[h], h), sum_heads(total(Q[h]), h)],
)
def test_everything_about_heads_survives_pickling_and_rebuilding(node: object) -> None:
    assert pickle.loads(pickle.dumps(node)) == node
    assert not node.args or node.func(*node.args) == node  # type: ignore[attr-defined]


def test_a_pickled_head_keeps_its_size() -> None:
    assert pickle.loads(pickle.dumps(h)).size == H


def test_a_group_and_a_member_make_a_head_number() -> None:
    outer, r = index("g", 3), index("r", 2)
    pair = group(outer, r)
    assert pair.size == 6
    assert pair.xreplace({outer: Integer(2)}).xreplace({r: Integer(1)}) == 5
    assert family("F", 6, d, k)[pair].xreplace({r: Integer(1), outer: Integer(2)}) == family("F", 6, d, k)[5]


def test_a_group_needs_two_heads() -> None:
    with pytest.raises(LanguageError, match="two head indices"):
        group(h, 1)  # type: ignore[arg-type]
    assert isinstance(group(h, g), Pair)


def test_a_family_is_replaced_through_its_members() -> None:
    assert (Q[h] @ A).xreplace({Q: K}) == K[h] @ A
    assert sum_heads(Q[h], h).xreplace({Q: K}) == sum_heads(K[h], h)
    assert Q[h].xreplace({Q: K, h: Integer(0)}) == K[0]


@pytest.mark.parametrize("head", [-2, "h", 2 * h, h - 1, h + g])
def test_a_family_is_indexed_by_heads_and_what_comes_after_them(head: object) -> None:
    with pytest.raises(LanguageError):
        Q[head]


def test_the_last_member_is_counted_from_the_end() -> None:
    assert family("X", H + 1, d, k)[-1] == family("X", H + 1, d, k)[H]
    assert family("X", 3, d, k)[-1] == family("X", 3, d, k)[2]


def test_a_place_is_a_head_and_what_is_added_to_it() -> None:
    assert [place_of(head) for head in (h, h + 1, h + H, H, Integer(2))] == [
        (h, 0),
        (h, 1),
        (h, H),
        (None, H),
        (None, 2),
    ]


def test_the_next_state_is_the_state_at_the_next_number() -> None:
    assert family("X", 3, d, k)[index("l", 2) + 1].xreplace({index("l", 2): Integer(1)}) == family("X", 3, d, k)[2]


def test_a_stack_takes_the_place_of_a_family() -> None:
    X = family("X", H + 1, d, k)
    assert sum_heads(Q[h] @ A, h).xreplace({Q: stack_heads(X[g + 1], g)}) == sum_heads(X[h + 1] @ A, h)


@pytest.mark.parametrize("head", [h + 2, H + 1, h + d])
def test_what_comes_after_the_last_is_refused(head: object) -> None:
    with pytest.raises(ShapeError, match="ranges over another size"):
        check(sum_heads(family("X", H + 1, d, k)[head] @ A @ Q[h].T, h))
