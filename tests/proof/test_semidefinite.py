"""What is known to be positive semidefinite: symmetric, at least 0 along every row, and so are forms made of it."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Rank,
    T,
    hstack,
    identity,
    matrix,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import decide, prove, replay

n, d = sizes("n d", min=0)
A, B = matrix("A", d, d), matrix("B", d, d)
X, b, a = matrix("X", n, d), matrix("b", d, 1), matrix("a", 1, 1)
x, none = matrix("x", 1, d), zeros(1, 1)
along = ForAll(x, AtMost(none, x @ A @ x.T))
blocks = vstack(hstack(A, b), hstack(b.T, a))

FOLLOWS: dict[str, tuple[Any, Any, tuple[Any, ...]]] = {
    "it is symmetric": (Equal(A, A.T), PSD(A), ()),
    "at a row": (AtMost(none, x @ A @ x.T), PSD(A), (x,)),
    "as a trace": (AtMost(0, trace(X @ A @ X.T)), PSD(X @ A @ X.T), (matrix("e", 1, n),)),
    "a sum": (PSD(A + B), (PSD(A), PSD(B)), ()),
    "a multiple": (PSD(3 * A), PSD(A), ()),
    "along other rows": (PSD(X @ A @ X.T), PSD(A), ()),
    "a cube": (PSD(A @ A @ A), PSD(A), ()),
    "in other words": (PSD(A - B @ b @ b.T @ T(B)), PSD(A - (B @ b) @ T(B @ b)), ()),
    "a corner": (along, PSD(blocks), (hstack(x, none),)),
    "the last number": (AtMost(none, a), PSD(blocks), (hstack(zeros(1, d), identity(1)),)),
    "by its two parts": (PSD(A), (Equal(A, A.T), along), ()),
    "of an equal matrix": (PSD(B), (PSD(A), Equal(A, B)), ()),
}
FALSE: dict[str, tuple[Any, Any]] = {
    "its opposite": (PSD(-A), PSD(A)),
    "a difference": (PSD(A - B), (PSD(A), PSD(B))),
    "a form of another matrix": (PSD(B), PSD(A)),
    "a product of two": (PSD(A @ B), (Equal(A, A.T), Equal(B, B.T))),
    "every entry": (AtMost(zeros(d, d), A), PSD(A @ A.T)),
    "only a symmetric one": (PSD(A), Equal(A, A.T)),
    "a product of two that need not commute": (PSD(A @ B), (PSD(A), PSD(B))),
    "without symmetry": (PSD(A), along),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_it_follows(name: str) -> None:
    claim, given, hints = FOLLOWS[name]
    found = prove(claim, given, hints=hints)
    assert replay(found.certificate()).conclusion == found.kernel.conclusion


@pytest.mark.parametrize("name", FALSE)
def test_it_does_not_follow(name: str) -> None:
    assert decide(*FALSE[name]).status == "refuted"


def test_an_equivalence_is_used_in_one_direction_only() -> None:
    """What it says backwards would need the very claim that is to be proved."""
    there = Exists(X, Equal(A, X.T @ X))
    claims = PSD(A), Rank(A) <= n
    assert decide(there, (*claims, Iff(And(*claims), there)), timeout=2).status == "proved"
