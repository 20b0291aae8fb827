"""Bounds by parts of known sign, and near misses in which one part has none."""

from __future__ import annotations

import pytest

import symattn as sa

TRUE = [
    ("B:n*m C:m*n |- B@C >= 0", ("B >= 0", "C >= 0")),
    ("B:n*n C:n*n |- B@C > 0", ("B > 0", "C > 0")),
    ("B:n*n C:n*n D:n*n |- D >= 0", ("B >= 0", "C >= 0", "D == B@C")),
    ("x:scalar y:scalar |- 1/(x + y) > 0", ("x + y > 0",)),
    ("x:scalar |- 1/(x**2 + x) >= 0", ("x**2 + x >= 0",)),
    ("x:scalar y:scalar |- x/(x + y) >= 0", ("x + y > 0", "x >= 0")),
    ("B:n*n C:m*n |- B@C.T@exp(C) >= 0", ("B >= 0", "C >= 0")),
]
FALSE = [
    ("B:n*n C:n*n |- B@C > 0", ("B > 0", "C >= 0")),
    ("B:n*n C:n*n |- B@C - B >= 0", ("B >= 0", "C >= 0")),
    ("B:n*n |- B@B >= 0", ("rowsum(B) >= 0",)),
    ("x:scalar y:scalar |- 1/(x - y) > 0", ("x + y > 0",)),
    ("x:scalar |- 1/(x**2 + x) > 0", ("x**2 + x >= 0",)),
    ("x:scalar y:scalar |- x/(x + y) >= 0", ("x + y > 0",)),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_parts_of_known_sign_are_enough(text: str, given: tuple[str, ...]) -> None:
    theorem = sa.prove(text, given=list(given), timeout=30)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_a_part_without_a_sign_is_not(text: str, given: tuple[str, ...]) -> None:
    assert sa.decide(text, given=list(given), timeout=30).status == "refuted"


def test_a_square_of_what_is_long_is_seen_as_it_stands() -> None:
    text = "s:1*n t:1*n C:n*m |- 0 <= normsquared((softmax(s) - softmax(t))@C)"
    assert sa.decide(text).status == "proved"
