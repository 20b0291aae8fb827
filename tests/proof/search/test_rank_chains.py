"""Ranks by way of others: only along what is known, and in its direction."""

from __future__ import annotations

import symattn as sa
from symattn.engine import rules
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.search.rank_chains import chained

n, m = sa.sizes("n m")
A, B, C, D = (sa.matrix(name, n, m) for name in "ABCD")


def below(low: object, high: object) -> object:
    return rules.assume((), formula_of(sa.Rank(low) <= sa.Rank(high)))


GOAL = formula_of(sa.Rank(A) <= sa.Rank(D))


def test_one_after_the_other() -> None:
    found = chained(GOAL, [below(C, D), below(A, B), below(B, C)])
    assert found is not None
    assert found.conclusion == GOAL
    assert len(found.hypotheses) == 3


def test_in_other_words() -> None:
    found = chained(GOAL, [below(A, B + C), below(C + B, D)])
    assert found is not None
    assert found.conclusion == GOAL


def test_not_against_their_direction() -> None:
    assert chained(GOAL, [below(B, A), below(D, B)]) is None


def test_not_by_way_of_another_matrix() -> None:
    assert chained(GOAL, [below(A, B), below(C, D)]) is None
    assert chained(GOAL, [below(A, B), below(sa.T(B), D.T)]) is None


def test_what_goes_in_a_circle_ends() -> None:
    assert chained(GOAL, [below(A, B), below(B, A), below(B, B)]) is None
