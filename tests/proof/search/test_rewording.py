"""A theorem is found again in other words: other names of what is bound, other terms; never as something else."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.kernel.replay import replay
from symattn.language import PSD, And, AtMost, Equal, Exists, ForAll, Iff, Implies, T, matrix, sizes, zeros
from symattn.proof import decide, prove
from symattn.proof.elaborate.claims import statement
from symattn.proof.search.rewording import reworded

n, d = sizes("n d", min=0)
A, B, W = matrix("A", d, d), matrix("B", d, d), matrix("W", d, d)
x, y, u = (matrix(name, 1, d) for name in "xyu")
nothing = zeros(1, 1)


def positive(row: Any, form: Any) -> Any:
    return ForAll(row, AtMost(nothing, row @ form @ row.T))


SAME: dict[str, tuple[Any, Any]] = {
    "an equation": (Equal(A @ (B + W), W), Equal(A @ B + A @ W, W)),
    "a bound": (AtMost(A @ (B + W), W), AtMost(A @ B, W - A @ W)),
    "a form": (PSD(A @ (B + W)), PSD(A @ B + A @ W)),
    "all of these": (And(Equal(A, T(T(B))), PSD(2 * A)), And(Equal(A, B), PSD(A + A))),
    "for all": (positive(x, A + A), positive(y, 2 * A)),
    "there is": (Exists(B, Equal(A, B @ B.T)), Exists(W, Equal(A, W @ W.T))),
    "there is for all": (ForAll(x, Exists(B, Equal(x @ B, x))), ForAll(y, Exists(W, Equal(y @ W, y)))),
    "an implication": (
        Implies(PSD(A + A), Exists(B, Equal(A, B @ B.T))),
        Implies(PSD(2 * A), Exists(W, Equal(A, W @ W.T))),
    ),
    "under what is bound": (ForAll(A, Implies(PSD(A), PSD(A + A))), ForAll(B, Implies(PSD(B), PSD(2 * B)))),
}
OTHER: dict[str, tuple[Any, Any]] = {
    "another equation": (Equal(A @ B, W), Equal(B @ A, W)),
    "the other way round": (AtMost(A, B), AtMost(B, A)),
    "another form": (PSD(A + B), PSD(A)),
    "a form of another size": (PSD(matrix("X", n, d) @ matrix("Y", d, n)), PSD(matrix("Y", d, n) @ matrix("X", n, d))),
    "a part": (And(Equal(A, B), PSD(A)), And(Equal(A, B), PSD(A), PSD(B))),
    "fewer letters": (ForAll((x, y), Equal(x @ A, x)), ForAll(x, Equal(x @ A, x))),
    "a free letter": (Exists(B, Equal(A, B @ B.T)), Exists(B, Equal(W, B @ B.T))),
    "the letters exchanged": (Exists((A, B), Equal(A @ B, W)), Exists((A, B), Equal(B @ A, W))),
    "the converse": (Implies(PSD(A), PSD(B)), Implies(PSD(B), PSD(A))),
    "one way only": (Implies(PSD(A), PSD(B)), Iff(PSD(A), PSD(B))),
    "all for some": (Exists(x, Equal(x @ A, x)), ForAll(x, Equal(x @ A, x))),
    "a bound letter that is free there": (ForAll(x, Equal(x @ A, u)), ForAll(u, Equal(u @ A, u))),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_in_other_words_is_the_same(name: str) -> None:
    said, goal = SAME[name]
    found = reworded(prove(said, said).kernel, statement({}, goal))
    assert found is not None
    assert found.conclusion == statement({}, goal)
    assert replay(found).hypotheses == (statement({}, said),)


@pytest.mark.parametrize("name", OTHER)
def test_something_else_is_not(name: str) -> None:
    said, goal = OTHER[name]
    assert reworded(prove(said, said).kernel, statement({}, goal)) is None


def test_a_search_finds_what_is_known_in_other_words() -> None:
    assert decide(Exists(W, Equal(A, W @ W.T)), Exists(B, Equal(A, B @ B.T))).status == "proved"
