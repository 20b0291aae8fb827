"""Tolerances against what libraries really compute: NumPy, torch and JAX, written in many ways; no false alarm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symattn.language import attention, matrix, scalar, sizes
from symattn.numeric import Tolerance, contract, evaluate, sample

n, d, k, v = sizes("n d k v", min=1)
X, Q, K, V = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)
tau = scalar("t", positive=True)
EXPR = attention(X, Q, K, V, tau)
Array = Any

POINTS = [
    ({n: 7, d: 5, k: 3, v: 4}, 1.0),
    ({n: 33, d: 12, k: 8, v: 5}, 0.5),
    ({n: 1, d: 4, k: 2, v: 3}, 1.0),
    ({n: 3, d: 1, k: 1, v: 1}, 2.0),
    ({n: 64, d: 16, k: 16, v: 16}, 0.25),
]


def drawn(dtype: str, number: int) -> tuple[Any, dict[str, Array]]:
    """A sample that the dtype holds, some of them with one-hot rows or large logits."""
    held, factor = POINTS[number % len(POINTS)]
    kind = ("normal", "normal", "onehot")[number % 3]
    at = sample(EXPR, kind=kind, seed=number, sizes=held)
    size = factor * (4.0 if number % 4 == 3 else 1.0)
    values = {a: contract(dtype).stored.nearest(np.asarray(x, dtype=float) * size) for a, x in at.values.items()}
    values[tau] = np.array(2.0 ** (number % 3 - 2))
    return sample(EXPR, values=values, sizes=held), {a.name: np.asarray(x, dtype=float) for a, x in values.items()}


def largest_share(dtype: str, promise: str, number: int, run: Callable[..., Array]) -> float:
    at, given = drawn(dtype, number)
    allowed = evaluate(EXPR, at, Tolerance(promise))
    gap = np.abs(run(given["t"], given["X"], given["Q"], given["K"], given["V"]) - allowed.value)
    assert np.isfinite(allowed.radius).all()
    return float((gap / allowed.radius).max())


def plain(xp: Any, softmax: Callable[[Any], Any]) -> dict[str, Callable[..., Any]]:
    """Attention in one library's arrays."""

    def online(t: Any, X: Any, Q: Any, K: Any, V: Any) -> Any:
        """Two blocks of keys, the second first."""
        scores, values, half = t * ((X @ Q) @ (X @ K).T), X @ V, X.shape[0] // 2
        top, total, out = None, 0.0, 0.0
        for block in (slice(half, None), slice(0, half)):
            if scores[:, block].shape[1] == 0:
                continue
            high = xp.amax(scores[:, block], 1)[:, None]
            new = high if top is None else xp.maximum(top, high)
            scale = 1.0 if top is None else xp.exp(top - new)
            weights = xp.exp(scores[:, block] - new)
            total, out, top = scale * total + weights.sum(1)[:, None], scale * out + weights @ values[block], new
        return out / total

    return {
        "from the left": lambda t, X, Q, K, V: softmax(t * (X @ Q @ K.T @ X.T)) @ X @ V,
        "queries and keys": lambda t, X, Q, K, V: softmax((X @ Q) @ (X @ K).T * t) @ (X @ V),
        "the form first": lambda t, X, Q, K, V: softmax(X @ (Q @ K.T) @ X.T * t) @ (X @ V),
        "scaled queries": lambda t, X, Q, K, V: softmax((t * (X @ Q)) @ (X @ K).T) @ (X @ V),
        "online": online,
    }


def numpy_softmax(scores: Array) -> Array:
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("name", plain(np, numpy_softmax))
def test_numpy(name: str, dtype: str) -> None:
    def run(*given: Array) -> Array:
        return plain(np, numpy_softmax)[name](*(part.astype(dtype) for part in given)).astype(float)

    assert max(largest_share(dtype, dtype, number, run) for number in range(20)) <= 1


@pytest.mark.needs("torch")
@pytest.mark.parametrize(
    "promise", ["float64", "float32", "float16", "bfloat16", "float16/float32", "bfloat16/float32"]
)
@pytest.mark.parametrize("name", [*plain(np, numpy_softmax), "scaled_dot_product_attention"])
def test_torch(name: str, promise: str) -> None:
    import torch

    kind = getattr(torch, promise.partition("/")[0])

    def fused(t: Any, X: Any, Q: Any, K: Any, V: Any) -> Any:
        parts = [part[None, None] for part in (X @ Q, X @ K, X @ V)]
        return torch.nn.functional.scaled_dot_product_attention(*parts, scale=float(t))[0, 0]

    ways = {**plain(torch, lambda scores: torch.softmax(scores, dim=1)), "scaled_dot_product_attention": fused}

    def run(*given: Array) -> Array:
        return ways[name](*(torch.from_numpy(np.array(part)).to(kind) for part in given)).double().numpy()

    assert max(largest_share(promise.partition("/")[0], promise, number, run) for number in range(20)) <= 1


@pytest.mark.needs("jax")
@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
@pytest.mark.parametrize(
    ("name", "compiled"), [("from the left", False), *((name, True) for name in plain(np, numpy_softmax))]
)
def test_jax(name: str, dtype: str, compiled: bool) -> None:
    import jax
    import jax.numpy as jnp

    way = plain(jnp, lambda scores: jax.nn.softmax(scores, axis=1))[name]
    way = jax.jit(way) if compiled else way

    def run(*given: Array) -> Array:
        return np.asarray(way(*(jnp.asarray(part, dtype=dtype) for part in given))).astype(float)

    assert max(largest_share(dtype, dtype, number, run) for number in range(4)) <= 1
