"""Attention in bfloat16 and float16 at real sizes: what the fused contract refuses, and what it accepts.

NumPy functions are emulated: float32 steps, rounded to the format where the contract rounds.  Those of torch are real.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symattn.checks import CheckFailed, CheckUndecided, assert_computes
from symattn.language import matrix, scalar, sizes, softmax
from symattn.numeric.bounds.formats import FORMATS

n, m, k, v = sizes("n m k v")
q, keys, values = matrix("q", n, k), matrix("k", m, k), matrix("v", m, v)
ATTENTION = softmax(q @ keys.T, scale=1 / sympy.sqrt(k)) @ values
HALVES = ("float16", "bfloat16")
REAL = ({"n": 64, "m": 64, "k": 64, "v": 64}, {"n": 130, "m": 130, "k": 64, "v": 64})

Array = Any


def _single(*arrays: Any) -> list[Array]:
    return [array.float().numpy() for array in arrays]


def _weights(q: Array, k: Array, scale: float | None = None) -> Array:
    S = (q @ k.T) * np.float32(k.shape[1] ** -0.5 if scale is None else scale)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


def _causal(q: Array, k: Array) -> Array:
    S = np.where(np.tri(len(q), len(k)), (q @ k.T) * np.float32(k.shape[1] ** -0.5), -np.inf)
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True)


def _near(array: Array, dtype: str) -> Array:
    return FORMATS[dtype].nearest(array).astype(np.float32)


def _online(q: Array, k: Array, v: Array, dtype: str, *, rescaled: bool = True) -> Array:
    """Blocks of 16 keys, exponentials rounded before they meet the values."""
    top = np.full((len(q), 1), -np.inf, np.float32)
    total, out = np.zeros((len(q), 1), np.float32), np.zeros((len(q), v.shape[1]), np.float32)
    for start in range(0, len(k), 16):
        S = (q @ k[start : start + 16].T) * np.float32(k.shape[1] ** -0.5)
        higher = np.maximum(top, S.max(-1, keepdims=True))
        keep, w = np.exp(top - higher) if rescaled else np.float32(1), np.exp(S - higher)
        total, top = total * keep + w.sum(-1, keepdims=True), higher
        out = out * keep + _near(w, dtype) @ v[start : start + 16]
    return out / total


RIGHT: dict[str, Callable[[Array, Array, Array, str], Array]] = {
    "upcast": lambda q, k, v, dtype: _weights(q, k) @ v,
    "weights rounded once": lambda q, k, v, dtype: _near(_weights(q, k), dtype) @ v,
    "online softmax": _online,
}
WRONG: dict[str, Callable[[Array, Array, Array, str], Array]] = {
    "zeros": lambda q, k, v, dtype: np.zeros((len(q), v.shape[1]), np.float32),
    "the mean of the values": lambda q, k, v, dtype: np.tile(v.mean(0), (len(q), 1)),
    "no scale": lambda q, k, v, dtype: _weights(q, k, 1.0) @ v,
    "the last key lost": lambda q, k, v, dtype: _weights(q, k[: max(1, len(k) - 1)]) @ v[: max(1, len(k) - 1)],
    "a causal mask": lambda q, k, v, dtype: _causal(q, k) @ v,
    "blocks that are not rescaled": lambda q, k, v, dtype: _online(q, k, v, dtype, rescaled=False),
}


def _in(dtype: str, fn: Callable[[Array, Array, Array, str], Array]) -> Callable[..., Any]:
    """The function as one of tensors in the dtype, which torch makes and reads."""

    def run(q: Any, k: Any, v: Any) -> Any:
        import torch

        return torch.from_numpy(np.ascontiguousarray(fn(*_single(q, k, v), dtype))).to(q.dtype)

    return run


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", REAL, ids=["64x64", "130x64"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", WRONG)
def test_wrong_attention_is_refused_at_real_sizes(name: str, dtype: str, size: dict[str, int]) -> None:
    with pytest.raises(CheckFailed) as caught:
        assert_computes(_in(dtype, WRONG[name]), ATTENTION, dtype=dtype, framework="torch", sizes=size, trials=1)
    assert not isinstance(caught.value, CheckUndecided)
    assert f"contract    : fused {dtype}" in str(caught.value)


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", [*REAL, None], ids=["64x64", "130x64", "default"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", RIGHT)
def test_right_attention_is_accepted_at_real_sizes(name: str, dtype: str, size: dict[str, int] | None) -> None:
    for seed in range(1 if size else 3):
        assert_computes(
            _in(dtype, RIGHT[name]), ATTENTION, dtype=dtype, framework="torch", sizes=size, trials=1, seed=seed
        )


@pytest.mark.needs("torch")
@pytest.mark.parametrize("size", [*REAL, None], ids=["64x64", "130x64", "default"])
@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("backend", ["MATH", "FLASH_ATTENTION", None])
def test_the_attention_of_torch_is_accepted(backend: str | None, dtype: str, size: dict[str, int] | None) -> None:
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.nn.functional import scaled_dot_product_attention

    def attend(q: Any, k: Any, v: Any) -> Any:
        if backend is None:
            return scaled_dot_product_attention(q[None, None], k[None, None], v[None, None])[0, 0]
        with sdpa_kernel([getattr(SDPBackend, backend), SDPBackend.MATH]):
            return scaled_dot_product_attention(q[None, None], k[None, None], v[None, None])[0, 0]

    assert_computes(attend, ATTENTION, dtype=dtype, framework="torch", sizes=size)


@pytest.mark.needs("torch")
def test_the_upcast_contract_refuses_weights_that_are_rounded() -> None:
    with pytest.raises(CheckFailed, match="contract    : upcast bfloat16"):
        assert_computes(
            _in("bfloat16", RIGHT["weights rounded once"]),
            ATTENTION,
            dtype="bfloat16",
            framework="torch",
            sizes=REAL[0],
            contract="upcast bfloat16",
        )
    assert_computes(
        _in("bfloat16", RIGHT["upcast"]),
        ATTENTION,
        dtype="bfloat16",
        framework="torch",
        sizes=REAL[0],
        contract="upcast bfloat16",
    )


@pytest.mark.needs("torch")
@pytest.mark.parametrize("dtype", ["float64", "float32", *HALVES])
def test_the_attention_of_torch_takes_any_scale(dtype: str) -> None:
    """Also 0, negative, tiny and large ones."""
    from torch.nn.functional import scaled_dot_product_attention

    def attend(q: Any, k: Any, v: Any, t: float) -> Any:
        return scaled_dot_product_attention(q[None, None], k[None, None], v[None, None], scale=t)[0, 0]

    def unsigned(q: Any, k: Any, v: Any, t: float) -> Any:
        return attend(q, k, v, abs(t))

    expr = softmax(scalar("t") * (q @ keys.T)) @ values
    assert_computes(attend, expr, dtype=dtype, framework="torch")
    with pytest.raises(CheckFailed, match="scalars     : t = -"):
        assert_computes(unsigned, expr, dtype=dtype, framework="torch")
