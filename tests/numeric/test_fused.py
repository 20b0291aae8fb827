"""The fused and the upcast contract: whoever keeps them lies inside, and the bound is not far from what is seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.language import matrix, scalar, sizes, softmax
from symattn.numeric import Contract, Intervals, contract, evaluate, keeping, sample

n, m, k, v = sizes("n m k v", min=1)
q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
bias, mask, t = matrix("b", n, m), matrix("M", n, m, mask=True), scalar("t", positive=True)
EXPR = softmax(t * (q @ keys.T) + bias, mask=mask) @ values
SIZES = {n: 6, m: 19, k: 5, v: 3}
PROMISES = tuple(f"{manner} {dtype}" for manner in ("fused", "upcast") for dtype in ("float16", "bfloat16"))

Array = Any


class Kernel:
    """Keeps the contract in a way of its own: where weights are rounded and divided, shift, blocks, order of keys."""

    def __init__(self, promise: Contract, seed: int) -> None:
        self.promise, self.rng = promise, np.random.default_rng(seed)

    def narrow(self, w: Array) -> Array:
        return self.promise.weights.nearest(w).astype(np.float32)

    def __call__(self, q: Array, k: Array, v: Array, b: Array, M: Array, t: float) -> Array:
        q, k, v, b = (each.astype(np.float32) for each in (q, k, v, b))
        order = self.rng.permutation(len(k))
        k, v, b, M = k[order], v[order], b[:, order], M[:, order]
        S = np.where(M > 0, (q @ k.T) * np.float32(t) + b, -np.inf)
        out = self.whole(S, v) if self.rng.random() < 0.5 else self.blocks(S, v)
        return self.promise.returned.nearest(out.astype(np.float64))

    def whole(self, S: Array, v: Array) -> Array:
        w, total = self.exponentials(S, S.max(-1, keepdims=True))
        early, rounded_sum = self.rng.random(2) < 0.5
        if early:
            return self.narrow(w / total) @ v
        return self.narrow(w) @ v / (np.maximum(self.narrow(w).sum(-1, keepdims=True), 1e-30) if rounded_sum else total)

    def exponentials(self, S: Array, top: Array) -> tuple[Array, Array]:
        w = np.exp(S - np.where(np.isfinite(top), top, 0))
        total = w.sum(-1, keepdims=True)
        return w, np.where(total > 0, total, 1)

    def blocks(self, S: Array, v: Array) -> Array:
        width = int(self.rng.integers(1, len(v) + 1))
        top = np.full((len(S), 1), -np.inf, np.float32)
        total, out = np.zeros_like(top), np.zeros((len(S), v.shape[1]), np.float32)
        for start in range(0, len(v), width):
            part = S[:, start : start + width]
            higher = np.maximum(top, part.max(-1, keepdims=True))
            calm = np.where(np.isfinite(higher), higher, 0)
            keep, w = np.exp(top - calm), np.exp(part - calm)
            total, out = total * keep + w.sum(-1, keepdims=True), out * keep + self.narrow(w) @ v[start : start + width]
            top = higher
        return out / np.where(total > 0, total, 1)


def _drawn(promise: Contract, seed: int) -> tuple[Any, dict[str, Array]]:
    rng = np.random.default_rng(seed)
    at = sample(EXPR, kind="normal", seed=seed, sizes=SIZES)
    size = float(rng.choice([0.125, 1, 4]))
    held = {
        a: x if getattr(a, "facts", ()) else promise.returned.nearest(np.asarray(x, dtype=float) * size)
        for a, x in at.values.items()
    }
    return sample(EXPR, values=held, sizes=SIZES), {a.name: np.asarray(x, dtype=float) for a, x in held.items()}


@pytest.mark.parametrize("promise", PROMISES)
def test_every_kernel_that_keeps_it_lies_inside(promise: str) -> None:
    kept, shares = contract(promise), []
    for seed in range(60):
        at, given = _drawn(kept, seed)
        tolerance = keeping(kept)
        allowed = tolerance.returned(evaluate(EXPR, at, tolerance))
        low, high = (np.array(end, dtype=float) for end in Intervals(120).enclose(evaluate(EXPR, at, Intervals(120))))
        assert (np.abs((low + high) / 2 - allowed.value) <= allowed.radius).all()
        with np.errstate(all="ignore"):
            got = Kernel(kept, seed)(**given)
        gap = np.abs(got - allowed.value)
        assert (gap <= allowed.radius).all()
        shares.append((gap[allowed.radius > 0] / allowed.radius[allowed.radius > 0]).max(initial=0))
    assert max(shares) > 0.3  # not far from what is seen


def test_rounding_the_weights_too_breaks_upcast() -> None:
    fused, upcast = contract("fused bfloat16"), contract("upcast bfloat16")
    outside = 0
    for seed in range(10):
        at, given = _drawn(fused, seed)
        tolerance = keeping(upcast)
        allowed = tolerance.returned(evaluate(EXPR, at, tolerance))
        with np.errstate(all="ignore"):
            outside += int((np.abs(Kernel(fused, seed)(**given) - allowed.value) > allowed.radius).any())
    assert outside > 3


def test_a_result_that_may_overflow_the_dtype_is_unknown() -> None:
    A = matrix("A", n, m)
    at = sample(A, values={A: np.array([[65504.0, 1.0]])})
    tolerance = keeping("upcast float16")
    doubled = tolerance.returned(evaluate(2 * A, at, tolerance))
    assert np.isinf(doubled.radius).tolist() == [[True, False]]
    assert "the largest float16" in doubled.why
