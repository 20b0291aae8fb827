"""Layers that are alike are proved once, and one that is not is not taken for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import symattn as sa
from symattn.proof.elaborate.values import named
from symattn.proof.search import by_values, likenesses

n, d, k = sa.sizes("n d k", min=1)
X, P = sa.matrix("X", n, d), sa.matrix("P", n, n, permutation=True)
DEPTH = 7
Q = [sa.matrix(f"Q{layer}", d, k) for layer in range(DEPTH)]
K = [sa.matrix(f"K{layer}", d, k) for layer in range(DEPTH)]
M = [sa.matrix(f"M{layer}", d, d) for layer in range(DEPTH)]


def layer_of(here: Any, layer: int) -> Any:
    return here + sa.softmax(here @ Q[layer] @ K[layer].T @ here.T) @ here @ M[layer]


def stack(inputs: Any, odd: Callable[[Any, int], Any] = layer_of, at: int = 4) -> Any:
    here = inputs
    for layer in range(DEPTH):
        here = (odd if layer == at else layer_of)(here, layer)
    return here


def is_found(claim: Any) -> bool:
    short = named(claim)
    assert short is not None
    proof = by_values.prove(short)
    assert proof is None or (proof.conclusion == short.formula and not proof.hypotheses)
    return proof is not None


def test_what_one_layer_does_the_next_one_does_by_the_same_lemma(monkeypatch: pytest.MonkeyPatch) -> None:
    proved = []
    alike = likenesses._alike
    monkeypatch.setattr(likenesses, "_alike", lambda *at: proved.append(lemma := alike(*at)) or lemma)
    assert is_found(sa.Equal(stack(P @ X), P @ stack(X)))
    assert sum(lemma is not None for lemma in proved) < DEPTH - 2


ODD: dict[str, Callable[[Any, int], Any]] = {
    "keys for queries": lambda here, at: here + sa.softmax(here @ K[at] @ Q[at].T @ here.T) @ here @ M[at],
    "another layer's keys": lambda here, at: here + sa.softmax(here @ Q[at] @ K[at - 1].T @ here.T) @ here @ M[at],
    "twice": lambda here, at: layer_of(here, at) + here,
    "not added": lambda here, at: sa.softmax(here @ Q[at] @ K[at].T @ here.T) @ here @ M[at] + X,
    "columns": lambda here, at: here + sa.softmax(here @ Q[at] @ K[at].T @ here.T).T @ here @ M[at],
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_one_layer_that_is_another_one_spoils_the_claim(odd: Callable[[Any, int], Any]) -> None:
    assert sa.decide(sa.Equal(stack(P @ X, odd), P @ stack(X))).status == "refuted"


def test_a_layer_of_another_kind_is_proved_by_itself() -> None:
    assert is_found(sa.Equal(stack(P @ X, ODD["columns"]), P @ stack(X, ODD["columns"])))


def test_what_is_declared_of_a_letter_is_not_said_of_another_one() -> None:
    """Layers that are undone by an orthogonal letter are no lemma for layers with any letter."""
    R, W = sa.matrix("R", d, d, orthogonal=True), sa.matrix("W", d, d)

    def turned(here: Any, by: list[Any]) -> Any:
        for one in by:
            here = here + sa.softmax(here @ one @ one.T @ here.T) @ here
        return here

    plain = X
    for _ in range(4):
        plain = plain + sa.softmax(plain @ plain.T) @ plain
    assert is_found(sa.Equal(turned(P @ X, [R] * 4), P @ plain))
    assert sa.decide(sa.Equal(turned(P @ X, [R, R, W, R]), P @ plain)).status == "refuted"
