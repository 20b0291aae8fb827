"""A denial is refuted by a theorem that says the contrary, where what is given can hold."""

from __future__ import annotations

import symattn as sa
from symattn.proof.attempts.denials import denial

n = sa.sizes("n")
A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)


def test_the_contrary_is_a_theorem() -> None:
    found = denial(sa.Not(sa.Equal(A + B, B + A)), ())
    assert found is not None
    assert "the contrary is a theorem" in found.detail


def test_what_is_no_denial_has_no_contrary_here() -> None:
    assert denial(sa.Equal(A, B), ()) is None


def test_under_what_cannot_hold_nothing_is_refuted() -> None:
    assert denial(sa.Not(sa.Equal(A, A)), (sa.Equal(sa.identity(n), 2 * sa.identity(n)),)) is None
