"""Samples: sizes pairwise different, letters as declared, the same again for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import Rational

from symattn.errors import LanguageError, ShapeError
from symattn.language import Equal, ForAll, Size, bilinear, family, index, matrix, row, scalar, scores, sizes, sum_heads
from symattn.numeric import SEED, degenerate, sample

n, d, k, v = sizes("n d k v", min=1)
X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
S = scores(X, Q, K)


def test_sizes_are_pairwise_different_and_none_is_one() -> None:
    at = sample([S, matrix("V", d, v)])
    assert len(set(at.sizes.values())) == len(at.sizes) == 4
    assert min(at.sizes.values()) > 1


def test_of_two_sizes_the_head_is_narrower() -> None:
    assert sample(Q @ K.T).sizes == {d: 3, k: 2}


def test_a_size_respects_its_minimum() -> None:
    m = Size("m", 7)
    assert sample(matrix("A", m, n)).sizes[m] >= 7
    with pytest.raises(LanguageError, match="m is at least 7, but the sample asks for 3"):
        sample(matrix("A", m, n), sizes={m: 3})


def test_a_size_under_a_root_is_a_square() -> None:
    at = sample(k ** Rational(-1, 2) * S)
    assert at.sizes[k] in (4, 9, 16)
    assert len(set(at.sizes.values())) == 3


def test_arrays_have_the_shapes_of_their_letters() -> None:
    H = sizes("H", min=1)
    Qs, h, s, t = family("Q", H, d, k), index("h", H), bilinear("s", d, k), scalar("t")
    at = sample([sum_heads(Qs[h], h), s(row("x", d), row("y", k)), t * X])
    assert at.values[Qs].shape == (at.sizes[H], at.sizes[d], at.sizes[k])
    assert at.values[s].shape == (at.sizes[d], at.sizes[k])
    assert at.values[t].shape == ()
    assert at.values[t] != 0


def test_bound_letters_are_not_sampled_but_their_sizes_are() -> None:
    x = row("x", v)
    at = sample(ForAll((x,), Equal(x, x)))
    assert at.values == {}
    assert v in at.sizes


def test_the_same_seed_gives_the_same_sample_and_another_one_another() -> None:
    first, again, other = sample(S), sample(S, seed=SEED), sample(S, seed=1)
    assert (first.values[X] == again.values[X]).all()
    assert (first.values[X] != other.values[X]).any()


def test_the_description_says_what_it_takes_to_repeat_the_sample() -> None:
    assert str(sample(S, kind="normal", seed=5)) == "n=3, d=4, k=2; normal entries, seed 5"


def test_exact_entries_are_small_python_numbers() -> None:
    at = sample(S)
    assert all(type(entry) is int and abs(entry) <= 3 for entry in at.values[X].flat)


def test_an_inverse_comes_with_the_letter() -> None:
    M = matrix("M", k, k, invertible=True)
    at = sample(Q @ M)
    assert (at.values[M] @ at.inverses[M] == np.eye(at.sizes[k], dtype=int)).all()


def test_given_values_say_sizes_and_are_kept() -> None:
    at = sample(S, values={Q: np.ones((5, 6)), K: np.zeros((5, 6))})
    assert (at.sizes[d], at.sizes[k]) == (5, 6)
    assert (at.values[Q] == 1).all()
    assert at.values[X].shape == (at.sizes[n], 5)


@pytest.mark.parametrize(
    ("values", "error", "says"),
    [
        ({Q: np.ones((5, 6)), K: np.ones((5, 7))}, ShapeError, "value of K has another shape"),
        ({matrix("M", k, k, symmetric=True): [[1, 2], [3, 4]]}, LanguageError, "M is declared symmetric"),
        ({matrix("M", k, k, invertible=True): [[1, 1], [1, 1]]}, LanguageError, "M is declared invertible"),
    ],
    ids=["two shapes", "not symmetric", "singular"],
)
def test_a_given_value_must_fit_its_letter(values: dict[Any, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        sample(S, values=values)


def test_degenerate_sizes_have_ones_minima_and_both_orders() -> None:
    a, b = Size("a", 0), Size("b", 1)
    found = [tuple(at[size] for size in (a, b)) for at in degenerate(matrix("A", a, b))]
    assert (1, 1) in found
    assert any(x == 0 for x, _ in found)
    assert (0, 1) in found
    assert any(1 < x < y for x, y in found)
    assert any(1 < y < x for x, y in found)
    assert len(found) == len(set(found))
    assert all(y >= 1 for _, y in found)


def test_every_degenerate_size_can_be_sampled() -> None:
    for at in degenerate(S):
        assert sample(S, sizes=at).values[X].shape == (at[n], at[d])
