"""What rounding leaves of the gradient of a shift: bounded for every block, and for nothing that is not seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.checks.harness.arrays import rounded
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import contract
from symattn.numeric.bounds.shifts import left_over

N, WIDTH = 9, 4
PROMISE = contract("fused bfloat16")


def row(seed: int, keys: int) -> tuple[Any, ...]:
    """Scores, weights, values and the gradient of the output of N queries."""
    rng = np.random.default_rng(seed)
    S, V, G = rng.standard_normal((N, keys)) * 2, rng.standard_normal((keys, WIDTH)), rng.standard_normal((N, WIDTH))
    w = np.exp(S - S.max(-1, keepdims=True))
    return S, w / w.sum(-1, keepdims=True), V, G


def bounds(S: Any, P: Any, V: Any, G: Any, sink: bool = False) -> Any:
    exact, g = np.zeros_like(S), G @ V.T
    mean = np.abs((P * g).sum(-1, keepdims=True))
    balls = (Ball(each, exact) for each in (S, P, g))
    return left_over(*balls, np.abs(G) @ np.abs(V).T, mean, WIDTH, PROMISE, sink)


def left(P: Any, V: Any, G: Any, keys: slice) -> Any:
    """The difference of both ways to sum up some keys, where weights and dP round to bfloat16."""
    g = G @ V.T
    one = (P * rounded(g, "bfloat16"))[:, keys].sum(-1)
    return one - (G * (rounded(P, "bfloat16")[:, keys] @ V[keys])).sum(-1)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("block", [1, 4, 16, 33])
def test_what_is_left_of_the_largest_score_of_a_block_is_within_the_bound(seed: int, block: int) -> None:
    S, P, V, G = row(seed, 33)
    found = bounds(S, P, V, G)
    for last in range(block, 33 + 1, block):
        for keys in (slice(0, last), slice(last - block, last)):  # all that was met, and a block alone
            place = keys.start + S[:, keys].argmax(-1)
            assert (np.abs(left(P, V, G, keys)) <= found[np.arange(N), place]).all()


def test_it_is_not_much_wider_than_what_is_seen() -> None:
    worst = []
    for seed in range(200):
        S, P, V, G = row(seed, 33)
        worst.append((np.abs(left(P, V, G, slice(0, 33))) / bounds(S, P, V, G)[np.arange(N), S.argmax(-1)]).max())
    assert 0.2 < max(worst) <= 1


def test_a_key_between_larger_ones_gets_its_own_share_alone() -> None:
    S, P, V, G = row(0, 5)
    S[:] = [3.0, 1.0, 2.0, 1.0, 0.0]
    P[:] = np.exp(S[0]) / np.exp(S[0]).sum()
    found, alone = bounds(S, P, V, G), bounds(S[:, 1:2], P[:, 1:2], V[1:2], G)
    assert (found[:, 1] < found[:, 2]).all()
    assert (found[:, 2] < found[:, 0]).all()
    assert (found[:, 1] < 5 * alone[:, 0] + 1e-3 * found[:, 0]).all()


def test_what_is_not_seen_gets_nothing_and_a_sink_is_met_beside_every_key() -> None:
    S, P, V, G = row(1, 6)
    P[:, 2] = 0
    assert (bounds(S, P, V, G)[:, 2] == 0).all()
    S[:, -1], V[-1] = -9.0, 0
    plain, beside = bounds(S, P, V, G), bounds(S, P, V, G, sink=True)
    np.testing.assert_allclose(beside[:, -1], plain.max(-1), rtol=0.5)
    assert (beside[:, :2] > 0).all()
