"""Mutants of `assert_computes`: what people get wrong, and the words by which the message should call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.mutants.right import plain, softmax


@dataclass(frozen=True)
class Mutant:
    """A wrong function, the subject that it misses, and what the message must say that it looks like."""

    name: str
    subject: str
    fn: Callable[..., Any]
    says: str
    dtype: str = "float64"
    framework: str = "numpy"


def _scores(q: Any, k: Any, width: int | None = None) -> Any:
    return (q @ k.T) * q.dtype.type(1 / np.sqrt(q.shape[1] if width is None else width))


def keys_for_queries(X: Any, Q: Any, K: Any) -> Any:
    return (X @ K) @ (X @ Q).T


def symmetrised(X: Any, Q: Any, K: Any) -> Any:
    S = (X @ Q) @ (X @ K).T
    return (S + S.T) / 2


def queries_twice(X: Any, Q: Any, K: Any) -> Any:
    return (X @ Q) @ (X @ Q).T


def scaled_scores(X: Any, Q: Any, K: Any) -> Any:
    return _scores(X @ Q, X @ K)


def half_precision(X: Any, Q: Any, K: Any) -> Any:
    a, b = (X @ Q).astype(np.float16), (X @ K).astype(np.float16)
    return (a @ b.T).astype(X.dtype)


def unscaled(q: Any, k: Any, v: Any) -> Any:
    return softmax(q @ k.T) @ v


def scaled_by_keys(q: Any, k: Any, v: Any) -> Any:
    return softmax(_scores(q, k, len(k))) @ v


def scaled_without_root(q: Any, k: Any, v: Any) -> Any:
    return softmax((q @ k.T) / q.dtype.type(q.shape[1])) @ v


def scaled_twice(q: Any, k: Any, v: Any) -> Any:
    return softmax(_scores(q, k) / q.dtype.type(np.sqrt(q.shape[1]))) @ v


def wrong_axis(q: Any, k: Any, v: Any) -> Any:
    return softmax(_scores(q, k).T).T @ v


def all_at_once(q: Any, k: Any, v: Any) -> Any:
    S = _scores(q, k)
    w = np.exp(S - S.max())
    return w / w.sum() @ v


def not_divided(q: Any, k: Any, v: Any) -> Any:
    return np.exp(np.minimum(_scores(q, k), 60)) @ v


def not_shifted(q: Any, k: Any, v: Any) -> Any:
    with np.errstate(all="ignore"):
        w = np.exp(_scores(q, k))
        return w / w.sum(-1, keepdims=True) @ v


def softmax_forgotten(q: Any, k: Any, v: Any) -> Any:
    return _scores(q, k) @ v


def causal(q: Any, k: Any, v: Any) -> Any:
    S = _scores(q, k)
    return softmax(np.where(np.tri(*S.shape), S, -np.inf)) @ v


def anticausal(X: Any, Q: Any, K: Any, V: Any) -> Any:
    S = _scores(X @ Q, X @ K)
    return softmax(np.where(np.tri(len(S)).T, S, -np.inf)) @ (X @ V)


def in_float32(q: Any, k: Any, v: Any) -> Any:
    return plain(*(a.astype(np.float32) for a in (q, k, v))).astype(q.dtype)


def without_rescaling(q: Any, k: Any, v: Any) -> Any:
    """Online softmax that forgets to rescale what it has when a higher score comes."""
    out, total = np.zeros((len(q), v.shape[1]), q.dtype), np.zeros((len(q), 1), q.dtype)
    top = np.full((len(q), 1), -np.inf, q.dtype)
    for start in range(0, len(k), 2):
        S = _scores(q, k[start : start + 2])
        top = np.maximum(top, S.max(-1, keepdims=True))
        w = np.exp(S - top)
        out, total = out + w @ v[start : start + 2], total + w.sum(-1, keepdims=True)
    return out / total


def _with_mask(S: Any, shown: Any) -> Any:
    top = np.where(shown, S, -np.inf).max(-1, keepdims=True)
    w = np.where(shown, np.exp(np.minimum(S - np.where(np.isfinite(top), top, 0), 700)), 0)
    total = w.sum(-1, keepdims=True)
    return w / np.where(total > 0, total, 1)


def mask_ignored(q: Any, k: Any, v: Any, M: Any) -> Any:
    return plain(q, k, v)


def mask_inverted(q: Any, k: Any, v: Any, M: Any) -> Any:
    return _with_mask(_scores(q, k), M == 0) @ v


def mask_after_softmax(q: Any, k: Any, v: Any, M: Any) -> Any:
    return (M * softmax(_scores(q, k))) @ v


def masked_scores_zero(q: Any, k: Any, v: Any, M: Any) -> Any:
    return softmax(M * _scores(q, k)) @ v


def values_not_projected_first(X: Any, Q: Any, K: Any, V: Any) -> Any:
    return X + 0 if X.shape[1] == V.shape[1] else softmax(_scores(X @ K, X @ Q)) @ (X @ V)


def one_head_for_all(X: Any, Q: Any, K: Any, V: Any) -> Any:
    parts = [softmax(_scores(X @ Q[0], X @ each)) @ (X @ value) for each, value in zip(K, V, strict=True)]
    return np.concatenate(parts, axis=-1)


def interleaved(X: Any, Q: Any, K: Any, V: Any) -> Any:
    """The heads' columns one after the other, in place of head after head."""
    heads = [softmax(_scores(X @ a, X @ b)) @ (X @ c) for a, b, c in zip(Q, K, V, strict=True)]
    return np.stack(heads, axis=-1).reshape(len(X), -1)


def never_rescaled(width: int) -> Callable[..., Any]:
    """Blocks of keys, without rescaling when a higher score comes."""

    def blocks(S: Any, v: Any) -> Any:
        top, total, out = np.full((len(S), 1), -np.inf, S.dtype), 0, 0
        for start in range(0, S.shape[1], width):
            part = S[:, start : start + width]
            top = np.maximum(top, part.max(-1, keepdims=True))
            w = np.exp(part - top)
            total, out = total + w.sum(-1, keepdims=True), out + w @ v[start : start + width]
        return out / total

    return blocks


def first_twelve_keys(S: Any, v: Any) -> Any:
    return softmax(S[:, :12]) @ v[:12]


def layer_unscaled(X: Any, Q: Any, K: Any, V: Any) -> Any:
    parts = [softmax((X @ a) @ (X @ b).T) @ (X @ c) for a, b, c in zip(Q, K, V, strict=True)]
    return np.concatenate(parts, axis=-1)


def zeros(q: Any, k: Any, v: Any) -> Any:
    return np.zeros((len(q), v.shape[1]), q.dtype)


def mean_of_values(q: Any, k: Any, v: Any) -> Any:
    return np.repeat(v.mean(0, keepdims=True), len(q), axis=0)


def last_key_lost(q: Any, k: Any, v: Any) -> Any:
    return plain(q, k[:-1], v[:-1]) if len(k) > 1 else zeros(q, k, v)


NOTHING = "none of the mistakes"

MUTANTS = (
    Mutant("Q and K swapped", "scores", keys_for_queries, "Q and K exchanged"),
    Mutant("symmetrised scores", "scores", symmetrised, NOTHING),
    Mutant("queries used as keys", "scores", queries_twice, "Q in place of K"),
    Mutant("a scale that should not be there", "scores", scaled_scores, "a scale 1/√k that is not in the formula"),
    Mutant("half precision inside", "scores", half_precision, "float16"),
    Mutant("half precision inside float32", "scores", half_precision, "float16", "float32"),
    Mutant("scale missing", "attention", unscaled, "1/sqrt(k) left out"),
    Mutant("scale by the number of keys", "attention", scaled_by_keys, "taken from m in place of k"),
    Mutant("scale without the root", "attention", scaled_without_root, "the root left out"),
    Mutant("scale twice", "attention", scaled_twice, "applied twice"),
    Mutant("softmax over queries", "attention", wrong_axis, "the softmax over the wrong axis"),
    Mutant("softmax over everything", "attention", all_at_once, "over all entries at once"),
    Mutant("softmax not normalised", "attention", not_divided, "not divided by the sum"),
    Mutant("softmax without a shift", "attention", not_shifted, "exp without subtracting"),
    Mutant("softmax without a shift, float32", "attention", not_shifted, "exp without subtracting", "float32"),
    Mutant("softmax forgotten", "attention", softmax_forgotten, "the softmax left out"),
    Mutant("a causal mask", "attention", causal, "a causal mask that is not in the formula"),
    Mutant("a mask the wrong way round", "head", anticausal, "a causal mask the wrong way round"),
    Mutant("float32 inside float64", "attention", in_float32, "float32"),
    Mutant("online softmax without rescaling", "attention", without_rescaling, NOTHING),
    Mutant("scale missing, float16", "attention", unscaled, "1/sqrt(k) left out", "float16"),
    Mutant("softmax over queries, float16", "attention", wrong_axis, "the softmax over the wrong axis", "float16"),
    Mutant("mask missing", "masked", mask_ignored, "the mask M left out"),
    Mutant("mask inverted", "masked", mask_inverted, "the mask M inverted"),
    Mutant("mask after softmax", "masked", mask_after_softmax, "applied after the softmax"),
    Mutant("masked scores set to 0", "masked", masked_scores_zero, "set to 0"),
    Mutant("Q and K swapped in a head", "head", values_not_projected_first, "Q and K exchanged"),
    Mutant("queries of one head for all", "layer", one_head_for_all, "Q of the first head used by every head"),
    Mutant("heads interleaved", "layer", interleaved, NOTHING),
    Mutant("scale missing in every head", "layer", layer_unscaled, "1/sqrt(k) left out"),
    *(Mutant(f"blocks of {width} never rescaled", "mixed", never_rescaled(width), NOTHING) for width in (8, 16, 64)),
    Mutant("the first twelve keys", "mixed", first_twelve_keys, NOTHING),
    Mutant("zeros, float16", "attention", zeros, NOTHING, "float16"),
    Mutant("the mean of the values, float16", "attention", mean_of_values, "the mean of all values", "float16"),
    Mutant("the last key lost", "attention", last_key_lost, "the last key left out"),
    Mutant("|t| for t", "scaled", lambda X, t: abs(t) * X, NOTHING),
    Mutant("max(t, 0) for t", "scaled", lambda X, t: max(t, 0) * X, NOTHING),
    Mutant("min(t, 2) for t", "scaled", lambda X, t: min(t, 2) * X, NOTHING),
    Mutant("sqrt(t t) for t", "scaled", lambda X, t: np.sqrt(t * t) * X, NOTHING),
    Mutant("0 for t ≤ 0", "scaled", lambda X, t: t * X if t > 0 else 0 * X, NOTHING),
    Mutant("|t| in a softmax", "tempered", lambda S, t: softmax(abs(t) * S), NOTHING),
    Mutant("a rounded inverse", "inverse", lambda W: np.rint(np.linalg.inv(W)), NOTHING),
    Mutant("a whole orthogonal matrix", "turned", lambda O, X: O.astype(int) @ X, NOTHING),
    Mutant("the floor of positive entries", "positive", lambda P, X: np.floor(P) @ X, NOTHING),
    Mutant("the floor of symmetric entries", "symmetric", lambda Y, X: np.floor(Y) @ X, NOTHING),
)


def framework_mutants() -> tuple[Mutant, ...]:
    """What torch and JAX users get wrong, and one thing that JAX itself does."""
    import jax
    import torch
    from torch.nn import functional as F

    def bfloat16_inside(q: Any, k: Any, v: Any) -> Any:
        a, b, c = (part.bfloat16() for part in (q, k, v))
        return (torch.softmax(a @ b.T / q.shape[1] ** 0.5, -1) @ c).to(q.dtype)

    def default_scale_lost(q: Any, k: Any, v: Any) -> Any:
        return F.scaled_dot_product_attention(q[None], k[None], v[None], scale=1.0)[0]

    def first_axis(q: Any, k: Any, v: Any) -> Any:
        return torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=0) @ v

    def dot_product_attention(q: Any, k: Any, v: Any) -> Any:
        return jax.nn.dot_product_attention(q[None, :, None], k[None, :, None], v[None, :, None])[0, :, 0]

    return (
        Mutant("torch: bfloat16 inside float32", "attention", bfloat16_inside, "bfloat16", "float32", "torch"),
        Mutant("torch: scale=1", "attention", default_scale_lost, "1/sqrt(k) left out", "bfloat16", "torch"),
        Mutant("torch: dim=0", "attention", first_axis, "over the wrong axis", "bfloat16", "torch"),
        Mutant("jax: dot_product_attention of float64", "even", dot_product_attention, "float32", "float64", "jax"),
    )
