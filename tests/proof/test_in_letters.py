"""Long claims by letters for their parts: proved, refuted by a few numbers, or left to others."""

from __future__ import annotations

from typing import Any

import symattn as sa
from symattn.proof.in_letters import settled

n, d = sa.sizes("n d", min=1)
X, G, W = sa.matrix("X", n, d), sa.matrix("G", n, d), sa.matrix("W", d, d)


def stack(depth: int, scale: int = 1) -> Any:
    here = X
    for _ in range(depth):
        here = here + scale * sa.softmax(here @ W @ here.T) @ here
    return here


def test_what_is_short_is_left_to_others() -> None:
    assert settled(sa.Equal(X @ W, X @ W)) is None


def test_a_deep_gradient_with_one_part_left_out_is_refuted() -> None:
    loss = sa.inner(G, stack(5))
    right = sa.gradient(loss, W)
    verdict = settled(sa.Equal(sa.Gradient(loss, W), right))
    assert verdict is not None
    assert verdict.status == "proved"
    verdict = settled(sa.Equal(sa.Gradient(loss, W), right + W))
    assert verdict is not None
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None


def test_layers_with_another_scale_are_refuted() -> None:
    verdict = settled(sa.Equal(stack(6), stack(6, scale=2)))
    assert verdict is not None
    assert verdict.status == "refuted"
