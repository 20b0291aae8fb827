"""A case: what is known with theorems, and what these lack."""

from __future__ import annotations

import symattn as sa
from symattn.proof.attempts.case import Case

n = sa.sizes("n")
A, B, C = (sa.matrix(name, n, n) for name in "ABC")
LEMMA = sa.prove(sa.Equal(A, C), given=(sa.Equal(A, B), sa.Equal(B, C)))


def test_what_a_theorem_lacks_is_told() -> None:
    case = Case(sa.Equal(A, C), (sa.Equal(A, B),), (LEMMA,))
    assert case.known.facts
    assert case.missing == ("A = C holds under B = C, which does not follow",)


def test_a_theorem_whose_hypotheses_are_given_is_a_fact() -> None:
    case = Case(sa.Equal(A, C), LEMMA.given, (LEMMA,))
    assert case.begun.proof(case.known).conclusion == case.begun.goal
    assert case.missing == ()


def test_what_a_theorem_rests_on_is_known_before_it_whatever_the_order() -> None:
    given = (sa.Equal(A, B), sa.Equal(C, B))
    turned = sa.prove(sa.Equal(B, C), given=given[1])
    first, second = (Case(sa.Equal(A, C), given, using) for using in ((LEMMA, turned), (turned, LEMMA)))
    assert [f.conclusion for f in first.known.facts] == [f.conclusion for f in second.known.facts]
