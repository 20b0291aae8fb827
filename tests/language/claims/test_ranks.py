"""Ranks are numbers, and comparing them makes claims."""

from __future__ import annotations

import pytest

from symattn.errors import LanguageError
from symattn.language import AtMost, Rank, RankAtLeast, RankAtMost, at_most, matrix, row, sizes

d, k = sizes("d k")
Q, K, W = matrix("Q", d, k), matrix("K", d, k), matrix("W", d, d)
x = row("x", d)


def test_comparing_a_rank_makes_a_claim() -> None:
    assert (Rank(Q) <= k) == RankAtMost(Q, k)
    assert (Rank(Q) >= 1) == RankAtLeast(Q, 1)
    assert (Rank(Q) < k) == RankAtMost(Q, k - 1)
    assert (Rank(Q) > k) == RankAtLeast(Q, k + 1)
    assert (3 >= Rank(Q)) == RankAtMost(Q, 3)  # noqa: SIM300


def test_ranks_are_compared_with_ranks() -> None:
    assert (Rank(Q @ K.T) <= Rank(Q)).bound == Rank(Q)
    assert (Rank(W) >= Rank(Q) + Rank(K) - k).bound == Rank(Q) + Rank(K) - k


def test_a_rank_is_compared_with_a_scalar_only() -> None:
    with pytest.raises(LanguageError, match="needs a scalar"):
        RankAtMost(Q, x @ x.T)


def test_at_most_takes_a_rank_on_either_side() -> None:
    assert at_most(Rank(Q), k) == RankAtMost(Q, k)
    assert at_most(k, Rank(Q)) == RankAtLeast(Q, k)
    assert at_most(Q, K) == AtMost(Q, K)


def test_a_rank_is_a_whole_number_for_sympy() -> None:
    assert Rank(Q).is_integer
    assert Rank(Q).is_nonnegative
