"""Equations multiplied by invertible letters."""

from __future__ import annotations

import pytest

import symattn as sa

PUSHED = "A:m*n B:n*m M:m*m:invertible N:n*n:invertible |- inverse(M)@A == A@inverse(N)"
SETTLED = [
    (PUSHED, ("M == identity(m) + A@B", "N == identity(n) + B@A"), "proved"),
    (PUSHED, ("M == identity(m) + A@B", "N == identity(n) - B@A"), "refuted"),
    (PUSHED + " and A == A", ("M@A == A@N",), "proved"),
    ("A:n*n:invertible x:n*1 |- x == 0", ("A@x == 0",), "proved"),
    ("A:n*n x:n*1 |- x == 0", ("A@x == 0",), "refuted"),
    ("A:n*n:invertible B:n*m C:n*m |- B == C", ("A@B == A@C",), "proved"),
    ("A:n*n B:n*m C:n*m |- B == C", ("A@B == A@C",), "refuted"),
    ("A:n*n B:n*n |- ((A@B)')^-1 == (A^-1)'@(B^-1)'", (), "proved"),
]


@pytest.mark.parametrize(("text", "given", "status"), SETTLED)
def test_what_is_invertible_is_taken_away(text: str, given: tuple[str, ...], status: str) -> None:
    assert sa.decide(text, given=list(given), timeout=60).status == status
