"""Bounds between roots, by their squares."""

from __future__ import annotations

import pytest

from symattn import decide

TWO = "a:positive b:positive |- "


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("sqrt(a) <= sqrt(a + b)", ()),
        ("sqrt(a) < sqrt(a + b)", ()),
        ("sqrt(a) <= sqrt(b)", ("a <= b",)),
        ("sqrt(a + b) <= sqrt(a) + sqrt(b)", ()),
        ("sqrt(a) + sqrt(b) <= sqrt(2*(a + b))", ()),
        ("1/sqrt(a + b) <= 1/sqrt(a)", ()),
    ],
)
def test_the_squares_tell(claim: str, given: tuple[str, ...]) -> None:
    assert decide(TWO + claim, given, timeout=20).status == "proved"


@pytest.mark.parametrize(
    "claim", ["sqrt(a + b) <= sqrt(a)", "sqrt(a) + sqrt(b) <= sqrt(a + b)", "sqrt(a) <= sqrt(b)", "sqrt(a) <= a"]
)
def test_near_misses_are_refuted(claim: str) -> None:
    assert decide(TWO + claim, timeout=20).status == "refuted"


def test_equal_roots_are_not_less() -> None:
    assert decide(TWO + "sqrt(a) < sqrt(b)", ("a <= b",), timeout=20).status == "refuted"
