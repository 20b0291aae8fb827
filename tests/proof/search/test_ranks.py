"""Ranks below sums of ranks."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn import Equal, Rank, RankAtMost, at_most, decide, hstack, matrix, prove, sizes
from symattn.errors import LanguageError
from symattn.language.claims.ranks import block_diagonal, summands

A, B = matrix("A", *sizes("m n")), matrix("B", *sizes("m n"))
LETTERS = "A:m*n B:m*n C:m*p U:m*k V:n*k"

CLAIMS = [
    ("Rank(A + B) <= Rank(A) + Rank(B)", "proved"),
    ("Rank(A) <= Rank(A + B) + Rank(B)", "proved"),
    ("Rank(A - B) >= Rank(A) - Rank(B)", "proved"),
    ("Rank(A - B) >= Rank(A) - Rank(B) + 1", "refuted"),
    ("Rank(A) + Rank(B) <= Rank(A + B)", "refuted"),
    ("Rank(hstack(A, C)) <= Rank(A) + Rank(C)", "proved"),
    ("Rank(vstack(A, B)) <= Rank(A) + Rank(B)", "proved"),
    ("Rank(hstack(A, C)) <= Rank(A)", "refuted"),
    ("Rank(A + A) <= 2*Rank(A)", "proved"),
    ("Rank(A + B) <= 2*Rank(A)", "refuted"),
    ("Rank(A - 2*U@V.T) <= Rank(A) + k", "proved"),
    ("Rank(A - 2*U@V.T) <= k", "refuted"),
    ("Rank(A) + Rank(B) <= Rank(A)", "refuted"),
]


@pytest.mark.parametrize(("text", "status"), CLAIMS)
def test_sums_of_ranks(text: str, status: str) -> None:
    assert sa.decide(f"{LETTERS} |- {text}").status == status


def test_a_sum_of_ranks_is_the_rank_of_blocks() -> None:
    blocks = block_diagonal([A, B])
    assert prove(Equal(Rank(blocks), Rank(A) + Rank(B)))
    assert decide(Equal(Rank(hstack(A, B)), Rank(A) + Rank(B))).status == "refuted"


def test_sums_on_both_sides() -> None:
    claim = at_most(Rank(A) + 2, Rank(B) + Rank(A))
    assert isinstance(claim, RankAtMost)
    assert decide(claim).status == "refuted"


def test_what_is_no_sum_is_refused() -> None:
    with pytest.raises(LanguageError, match="no sum of ranks"):
        summands(Rank(A) * Rank(B))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("X:n*d W:d*d |- rank(X + X@W) <= rank(X)", "proved"),
        ("X:n*d W:n*n |- rank(X - 2*W@X) <= rank(X)", "proved"),
        ("X:n*d W:n*n V:d*d |- rank(W@X + X@V) <= rank(X)", "refuted"),
        ("X:n*d W:d*d B:n*d |- rank(X@W + B) <= rank(X)", "refuted"),
    ],
)
def test_sums_with_a_common_factor(text: str, status: str) -> None:
    assert sa.decide(text).status == status
