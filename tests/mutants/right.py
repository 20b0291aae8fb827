"""Right implementations that look as different as people write them: NumPy, torch and JAX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

ALL = ("float64", "float32", "float16", "bfloat16")
OF_NUMPY = ALL[:3]


@dataclass(frozen=True)
class Variant:
    """A function, and the subject that it computes."""

    name: str
    subject: str
    fn: Callable[..., Any]
    framework: str = "numpy"
    dtypes: tuple[str, ...] = OF_NUMPY
    eager: bool = False  # rounds every step to its dtype, and says so

    def contract(self, dtype: str) -> str | None:
        return f"eager {dtype}" if self.eager else None


def _scale(array: Any, width: int) -> Any:
    return array.dtype.type(1 / np.sqrt(width))


def softmax(S: Any) -> Any:
    w = np.exp(S - S.max(-1, keepdims=True))
    return w / w.sum(-1, keepdims=True, dtype=S.dtype)


def projected_first(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ K).T


def form_first(X: Any, Q: Any, K: Any) -> Any:
    return X @ (Q @ K.T) @ X.T


def from_the_right(X: Any, Q: Any, K: Any) -> Any:
    return X @ (Q @ (K.T @ X.T))


def by_einsum(X: Any, Q: Any, K: Any) -> Any:
    return np.einsum("nd,dk,ek,me->nm", X, Q, K, X)


def summed_backwards(X: Any, Q: Any, K: Any) -> Any:
    a, b = X[:, ::-1] @ Q[::-1], X[:, ::-1] @ K[::-1]
    total = np.zeros((len(X), len(X)), X.dtype)
    for l in reversed(range(Q.shape[1])):
        total = total + a[:, l : l + 1] * b[:, l][None, :]
    return total


def float32_accumulate(X: Any, Q: Any, K: Any) -> Any:
    if X.dtype == np.float64:
        return projected_first(X, Q, K)
    a, b = ((X.astype(np.float32) @ A.astype(np.float32)).astype(X.dtype) for A in (Q, K))
    return (a.astype(np.float32) @ b.astype(np.float32).T).astype(X.dtype)


def plain(q: Any, k: Any, v: Any) -> Any:
    return softmax((q @ k.T) * _scale(q, q.shape[1])) @ v


def divided_late(q: Any, k: Any, v: Any) -> Any:
    S = (q * _scale(q, q.shape[1])) @ k.T
    w = np.exp(S - S.max(-1, keepdims=True))
    return (w @ v) / w.sum(-1, keepdims=True, dtype=q.dtype)


def scaled_keys(q: Any, k: Any, v: Any) -> Any:
    return softmax(q @ (k / q.dtype.type(np.sqrt(q.shape[1]))).T) @ v


def scaled_by_root_on_both(q: Any, k: Any, v: Any) -> Any:
    root = q.dtype.type(q.shape[1] ** -0.25)
    return softmax((q * root) @ (k * root).T) @ v


def in_blocks(width: int) -> Callable[..., Any]:
    """Online softmax: keys in blocks, with a running maximum, sum and output."""

    def online(q: Any, k: Any, v: Any) -> Any:
        top = np.full((len(q), 1), -np.inf, q.dtype)
        total, out = np.zeros((len(q), 1), q.dtype), np.zeros((len(q), v.shape[1]), q.dtype)
        for start in range(0, len(k), width):
            S = (q @ k[start : start + width].T) * _scale(q, q.shape[1])
            higher = np.maximum(top, S.max(-1, keepdims=True))
            keep, w = np.exp(top - higher), np.exp(S - higher)
            total = total * keep + w.sum(-1, keepdims=True, dtype=q.dtype)
            out = out * keep + w @ v[start : start + width]
            top = higher
        return out / total

    return online


def backwards(q: Any, k: Any, v: Any) -> Any:
    return in_blocks(2)(q, k[::-1], v[::-1])


def masked(q: Any, k: Any, v: Any, M: Any) -> Any:
    S = (q @ k.T) * _scale(q, q.shape[1])
    shown = M != 0
    top = np.where(shown, S, -np.inf).max(-1, keepdims=True)
    w = np.exp(np.where(shown, S - np.where(np.isfinite(top), top, 0), -np.inf))
    total = w.sum(-1, keepdims=True, dtype=q.dtype)
    return (w / np.where(total > 0, total, 1)) @ v


def masked_by_product(q: Any, k: Any, v: Any, M: Any) -> Any:
    S = (q @ k.T) * _scale(q, q.shape[1])
    low = np.where(M != 0, S, S.min(-1, keepdims=True))
    w = M * np.exp(low - low.max(-1, keepdims=True))
    total = w.sum(-1, keepdims=True, dtype=q.dtype)
    return (w @ v) / np.where(total > 0, total, 1)


def head(X: Any, Q: Any, K: Any, V: Any) -> Any:
    return plain(X @ Q, X @ K, X @ V)


def head_mixed_late(X: Any, Q: Any, K: Any, V: Any) -> Any:
    return (softmax((X @ Q) @ (X @ K).T * _scale(X, Q.shape[1])) @ X) @ V


def layer_by_loop(X: Any, Q: Any, K: Any, V: Any) -> Any:
    return np.concatenate([head(X, *each) for each in zip(Q, K, V, strict=True)], axis=-1)


def layer_at_once(X: Any, Q: Any, K: Any, V: Any) -> Any:
    a, b, c = (np.einsum("nd,hdk->hnk", X, A) for A in (Q, K, V))
    out = softmax(a @ b.swapaxes(-1, -2) * _scale(X, Q.shape[-1])) @ c
    return out.swapaxes(0, 1).reshape(len(X), -1)


def scaled(X: Any, t: float) -> Any:
    return X.dtype.type(t) * X


def tempered(S: Any, t: float) -> Any:
    return softmax(S.dtype.type(t) * S)


def mixed(S: Any, v: Any) -> Any:
    inside = _inside(S.dtype)
    return (softmax(S.astype(inside)) @ v.astype(inside)).astype(S.dtype)


def inverse(W: Any) -> Any:
    return np.linalg.inv(W)


def solved(W: Any, X: Any) -> Any:
    return np.linalg.solve(W, X)


def turned(O: Any, X: Any) -> Any:
    return O @ X


def symmetric(Y: Any, X: Any) -> Any:
    return Y.T @ X


def positive(P: Any, X: Any) -> Any:
    return P @ X


def _inside(dtype: Any) -> Any:
    """Where a kernel computes on tensors of the dtype."""
    return np.promote_types(dtype, np.float32)


def upcast(q: Any, k: Any, v: Any) -> Any:
    inside = _inside(q.dtype)
    return plain(q.astype(inside), k.astype(inside), v.astype(inside)).astype(q.dtype)


def weights_rounded_once(q: Any, k: Any, v: Any) -> Any:
    inside = _inside(q.dtype)
    P = softmax(q.astype(inside) @ k.astype(inside).T * _scale(np.empty(0, inside), q.shape[1]))
    return (P.astype(q.dtype).astype(inside) @ v.astype(inside)).astype(q.dtype)


def online_upcast(q: Any, k: Any, v: Any) -> Any:
    inside = _inside(q.dtype)
    return in_blocks(2)(q.astype(inside), k.astype(inside), v.astype(inside)).astype(q.dtype)


NUMPY = (
    *(
        Variant(fn.__name__, "scores", fn)
        for fn in (projected_first, form_first, from_the_right, by_einsum, summed_backwards, float32_accumulate)
    ),
    *(
        Variant(fn.__name__, "attention", fn, eager=True)
        for fn in (plain, divided_late, scaled_keys, scaled_by_root_on_both, backwards)
    ),
    *(Variant(f"online in blocks of {width}", "attention", in_blocks(width), eager=True) for width in (1, 2, 3)),
    *(Variant(fn.__name__, "attention", fn) for fn in (upcast, weights_rounded_once, online_upcast)),
    *(Variant(fn.__name__, "masked", fn, eager=True) for fn in (masked, masked_by_product)),
    *(Variant(fn.__name__, "head", fn, eager=True) for fn in (head, head_mixed_late)),
    *(Variant(fn.__name__, "layer", fn, eager=True) for fn in (layer_by_loop, layer_at_once)),
    *(Variant(fn.__name__, fn.__name__, fn) for fn in (scaled, tempered, mixed, turned, symmetric, positive)),
    *(Variant(fn.__name__, fn.__name__, fn, dtypes=OF_NUMPY[:2]) for fn in (inverse, solved)),
)


def torch_variants() -> tuple[Variant, ...]:
    import torch
    from torch.nn import functional as F

    def matmul(q: Any, k: Any, v: Any) -> Any:
        return torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=-1) @ v

    def sdpa(q: Any, k: Any, v: Any) -> Any:
        return F.scaled_dot_product_attention(q[None, None], k[None, None], v[None, None])[0, 0]

    def sdpa_masked(q: Any, k: Any, v: Any, M: Any) -> Any:
        out = F.scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=M.bool()[None])[0]
        return torch.where(M.bool().any(-1, keepdim=True), out, torch.zeros_like(out))

    def einsum_scores(X: Any, Q: Any, K: Any) -> Any:
        return torch.einsum("nd,dk,ek,me->nm", X, Q, K, X)

    def layer(X: Any, Q: Any, K: Any, V: Any) -> Any:
        out = F.scaled_dot_product_attention(X @ Q, X @ K, X @ V)
        return out.transpose(0, 1).reshape(len(X), -1)

    table = (
        ("attention", matmul),
        ("attention", sdpa),
        ("masked", sdpa_masked),
        ("scores", einsum_scores),
        ("layer", layer),
    )
    return tuple(
        Variant(f"torch {fn.__name__}", subject, fn, "torch", ALL, eager=fn is matmul) for subject, fn in table
    )


def jax_variants() -> tuple[Variant, ...]:
    import jax
    import jax.numpy as jnp

    def matmul(q: Any, k: Any, v: Any) -> Any:
        return jax.nn.softmax(q @ k.T / jnp.sqrt(q.shape[1]).astype(q.dtype), axis=-1) @ v

    def dot_product_attention(q: Any, k: Any, v: Any) -> Any:
        return jax.nn.dot_product_attention(q[None, :, None], k[None, :, None], v[None, :, None])[0, :, 0]

    def scores(X: Any, Q: Any, K: Any) -> Any:
        return jnp.einsum("nd,dk,ek,me->nm", X, Q, K, X)

    table = (("attention", matmul), ("even", dot_product_attention), ("scores", scores))
    # dot_product_attention forms its weights in float32 also when it is given float64: that one is a mutant
    dtypes = {dot_product_attention: ALL[1:]}
    return tuple(
        Variant(f"jax {fn.__name__}", subject, fn, "jax", dtypes.get(fn, ALL), eager=fn is matmul)
        for subject, fn in table
    )
