"""Runs of factors: what layers without a sum have in common is found, however flat their products are."""

from __future__ import annotations

from typing import Any

import symattn as sa
from symattn.proof.elaborate.runs import Runs, matrices
from symattn.proof.elaborate.sharing import Sharing

n, d = sa.sizes("n d", min=1)
X, S = sa.matrix("X", n, d), sa.matrix("S", n, n)
M = [sa.matrix(f"M{layer}", d, d) for layer in range(6)]
P, R = sa.softmax(S), sa.softmax(S @ S)


def stack(depth: int) -> tuple[Any, ...]:
    """The outputs of each of some layers of attention, none of which adds what it reads."""
    made, here = [], X
    for layer in range(depth):
        here = sa.softmax(here @ here.T) @ here @ M[layer]
        made.append(here)
    return tuple(made)


def test_what_each_layer_makes_is_a_run_where_the_next_one_reads_it() -> None:
    made = stack(6)
    assert Sharing((made[-1],)).parts == made[:-1]


def test_a_run_read_backwards_is_the_same_run() -> None:
    product = P @ X @ M[0] @ X.T @ P.T
    assert list(Runs((product,))) == [P @ X]
    assert Runs((product,)).grouped(matrices(product), {P @ X}) == [P @ X, M[0], (P @ X).T]


def test_only_what_is_asked_for_is_one_factor() -> None:
    product = P @ X @ M[0] @ X.T @ P.T
    assert Runs((product,)).grouped(matrices(product), ()) == list(matrices(product))


def test_what_is_used_once_and_what_has_letters_only_is_no_run() -> None:
    assert list(Runs((P @ X @ M[0], R @ X @ M[1]))) == []
    assert list(Runs((X @ M[0] @ M[1], X @ M[0] @ M[2]))) == []
    assert list(Runs((P @ P @ P @ P,))) == []


def test_a_shorter_run_comes_before_the_longer_one_that_has_it() -> None:
    once = P @ X @ M[0]
    runs = list(Runs((once @ M[3], once @ M[4], R @ once @ M[1] @ M[2], R @ once @ M[1] @ M[5])))
    assert runs == [once, R @ once @ M[1]]


def test_a_run_of_a_letter_with_an_inverse_is_one() -> None:
    T = sa.matrix("T", n, n, permutation=True)
    assert list(Runs((T @ X @ M[0], T @ X @ M[1]))) == [T @ X]


def test_a_sum_outside_of_functions_is_there_where_a_part_is_in_it() -> None:
    inner = X + X @ M[0]
    outer = inner @ M[1] + sa.softmax(inner @ inner.T) @ inner
    assert Sharing((outer,)).parts_and_sums == {inner: True, outer: False}
    assert Sharing((X + S @ X,)).parts_and_sums == {}
