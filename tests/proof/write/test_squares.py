"""Bounds by squares, and what lacks a condition for them."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.proof.attempts.case import Case
from symattn.proof.write import squares

LETTERS = "x:1*n y:1*n z:1*n A:m*n B:m*n t:positive |- "
TRUE = [
    "x@y.T <= norm(x)*norm(y)",
    "-norm(x)*norm(y) <= x@y.T",
    "norm(x - z) <= norm(x - y) + norm(y - z)",
    "norm(A + B) <= norm(A) + norm(B)",
    "norm(t*x) - t*norm(x) == 0",
]
FALSE = [
    "norm(x)*norm(y) <= x@y.T",
    "norm(x - y) + norm(y - z) <= norm(x - z)",
    "norm(A) + norm(B) <= norm(A + B)",
    "2*norm(x - z) <= norm(x - y) + norm(y - z)",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_root_is_bounded_by_what_it_is_of(text: str) -> None:
    goal = sa.parse(LETTERS + text)
    verdict = squares.by_roots(Case(goal.claim, goal.given))
    assert verdict is not None
    assert verdict.status == "proved"


@pytest.mark.parametrize("text", FALSE)
def test_the_other_way_round_nothing_is_found(text: str) -> None:
    goal = sa.parse(LETTERS + text)
    assert squares.by_roots(Case(goal.claim, goal.given)) is None
    assert sa.decide(LETTERS + text, timeout=60).status == "refuted"


def test_the_lemma_replays_and_asks_for_the_sign() -> None:
    theorem = squares.at_most_by_squares()
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion
    assert sa.decide("p:scalar q:scalar |- p <= q", given="p**2 <= q**2").status == "refuted"


def test_a_square_alone_makes_no_root() -> None:
    goal = sa.parse("x:1*n r:scalar |- r >= 0", given=["r**2 == normsquared(x)"])
    assert squares.roots_in(goal.given) == {}
    assert sa.decide(goal.claim, goal.given).status == "refuted"
