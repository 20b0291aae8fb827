"""Squares that only a known equation shows, and what is none."""

from __future__ import annotations

import pytest

import symattn as sa

TRUE = [
    ("A:n*n x:1*n |- x@A@A@x' <= 0", "A' == -A"),
    ("A:n*n |- PSD(-A@A)", "A' == -A"),
    ("A:n*n |- PSD(A@A)", "A' == A"),
]
FALSE = [
    ("A:n*n x:1*n |- x@A@A@x' >= 0", "A' == -A"),
    ("A:n*n |- PSD(A@A)", "A' == -A"),
    ("A:n*n |- PSD(A)", "A' == A"),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_a_product_is_a_square_by_what_is_known(text: str, given: str) -> None:
    theorem = sa.prove(text, given=given, timeout=60)
    assert sa.replay(theorem.certificate()).conclusion == theorem.kernel.conclusion


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_with_the_other_sign_it_is_refuted(text: str, given: str) -> None:
    assert sa.decide(text, given=given, timeout=60).status == "refuted"
