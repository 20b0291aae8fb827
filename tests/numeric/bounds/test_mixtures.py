"""The bound on P C against an adversary: every rounding as bad as it may be, in the direction that hurts most."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf

from symattn.numeric.bounds.any_order import product_of
from symattn.numeric.bounds.any_softmax import ROWS, softmax_of
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract, contract
from symattn.numeric.bounds.mixtures import Mixture, mixed

Array = Any
PROMISES = ("float64", "float32", "fused bfloat16", "upcast float16", "eager bfloat16")


def _mixture(
    c: Array, r: Array, v: Array, seen: Array, kept: Contract, far: Array | None = None
) -> tuple[Mixture, Array]:
    C = Ball(v, np.zeros_like(v) if far is None else far)
    weights = softmax_of(Ball(c, r), seen, kept)
    return Mixture(weights, product_of(C), C), weights.centre @ v


def _bound(*given: Any, **options: Any) -> Array:
    part, o = _mixture(*given, **options)
    with np.errstate(all="ignore"):
        return mixed(part, o, given[4])


def _drawn(seed: int) -> tuple[Array, Array, Array, Array]:
    rng = np.random.default_rng(seed)
    n, m, v = rng.integers(1, 7, 3)
    c = rng.standard_normal((n, m)) * rng.choice([0.5, 4, 60])
    r = np.abs(rng.standard_normal((n, m))) * rng.choice([0, 1e-4, 0.3, 2])
    seen = (rng.random((n, m)) < 0.8).astype(float) if seed % 2 else np.ones((n, m))
    return c, r, rng.standard_normal((m, v)), seen


def _worst(part: Mixture, o: Array, i: int, j: int, share: float) -> float:
    """|ô - o| at an entry: each score and each rounding moves by that share of what it may, away from o."""
    weights, v = part.weights, part.values.size[:, j] * np.sign(part.C.value[:, j])
    shown = weights.seen[i] > 0
    c = [mpf(float(w)) for w in weights.centre[i][shown]]
    best = mpf(0)
    for sign in (1, -1):
        above = lower = mpf(0)
        for w, D, value in zip(c, weights.D[i][shown], v[shown], strict=True):
            toward = sign if value > o[i, j] else -sign
            t = w * mp.exp(toward * share * float(D))
            x = mp.exp(toward * share * weights.numerator) if value * toward > 0 else mp.exp(-share * weights.numerator)
            y = mp.exp(-share * weights.denominator) if sign * o[i, j] > 0 else mp.exp(share * weights.denominator)
            above, lower = above + t * x * mpf(float(value)), lower + t * y
        best = max(best, abs(above / lower - mpf(float(o[i, j]))))
    return float(best)


@pytest.mark.parametrize("promise", PROMISES)
def test_the_worst_that_the_contract_allows_lies_inside_and_is_not_far_from_the_bound(promise: str) -> None:
    shares = []
    with mp.workdps(60):
        for seed in range(40):
            c, r, v, seen = _drawn(seed)
            part, o = _mixture(c, r, v, seen, contract(promise))
            bound = _bound(c, r, v, seen, contract(promise))
            for i, j in np.ndindex(o.shape):
                if seen[i].any():
                    worst = _worst(part, o, i, j, 0.999)
                    assert worst <= bound[i, j]
                    shares.append(worst / bound[i, j])
                else:
                    assert bound[i, j] == 0
    assert np.median(shares) > 0.05
    assert max(shares) > 0.3


def test_who_moves_the_scores_further_than_allowed_lies_outside() -> None:
    kept, outside = contract("float32"), 0
    with mp.workdps(60):
        for seed in range(40):
            c, _, v, seen = _drawn(seed)
            given = c, np.full(c.shape, 1e-3), v, seen, kept
            (part, o), bound = _mixture(*given), _bound(*given)
            outside += sum(_worst(part, o, i, j, 3.0) > bound[i, j] for i, j in np.ndindex(o.shape) if seen[i].any())
    assert outside > 100


def test_a_value_that_is_unknown_counts_only_where_it_is_seen() -> None:
    c, v, seen = np.zeros((2, 3)), np.ones((3, 2)), np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]])
    far = np.array([[0.0, 0.0], [0.0, 0.0], [np.inf, 0.0]])
    bound = _bound(c, 0 * c, v, seen, contract("float32"), far=far)
    assert np.isfinite(bound).tolist() == [[True, True], [False, True]]


def test_a_row_with_a_score_that_is_unknown_is_unknown() -> None:
    c, v, seen = np.zeros((2, 3)), np.ones((3, 1)), np.ones((2, 3))
    bound = _bound(c, np.array([[0.0, np.inf, 0.0], [0.0, 0.0, 0.0]]), v, seen, contract("float64"))
    assert np.isfinite(bound).ravel().tolist() == [False, True]


def test_rows_that_are_looked_at_together_are_bounded_as_each_alone() -> None:
    rng = np.random.default_rng(0)
    c, v = rng.standard_normal((2 * ROWS + 3, 5)), rng.standard_normal((5, 4))
    r, seen = np.abs(rng.standard_normal(c.shape)) / 8, (rng.random(c.shape) < 0.7).astype(float)
    together = _bound(c, r, v, seen, contract("float32"))
    alone = [
        _bound(*(each[i : i + 1] for each in (c, r)), v, seen[i : i + 1], contract("float32")) for i in range(len(c))
    ]
    assert np.allclose(together, np.concatenate(alone), rtol=1e-12, atol=0)


def test_no_keys_give_nothing() -> None:
    assert (
        _bound(np.zeros((2, 0)), np.zeros((2, 0)), np.zeros((0, 3)), np.zeros((2, 0)), contract("float32")).tolist()
        == [[0.0] * 3] * 2
    )
