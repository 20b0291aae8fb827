"""Which keys a query sees by rule, at numbers: causal masks, windows, lengths; and the biases of ALiBi.

Query i stands at place i + offset among the keys: offset 0 is upper-left, m - n is lower-right, and with lengths, the
length minus n.  It sees key j when j ≤ i + offset (causal) and i + offset - left ≤ j ≤ i + offset + right (window).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.checks.attention.spec.spec import AttentionSpec

__all__ = ["alibi_bias", "seen_by_rule"]

Array = Any


def seen_by_rule(spec: AttentionSpec, n: int, m: int, lengths: Array, *, shift: int = 0) -> Array:
    """[batch, 1, n, m] of booleans, for one length of keys in each batch; with `shift`, queries stand further on."""
    key = np.arange(m)[None, None, :]
    away = key - _place(spec, n, lengths) - shift
    seen = np.broadcast_to(key < lengths[:, None, None], away.shape).copy()
    if spec.causal is not None:
        seen &= away <= 0
    left, right = spec.window or (None, None)
    if left is not None:
        seen &= away >= -left
    if right is not None:
        seen &= away <= right
    return seen[:, None]


def alibi_bias(spec: AttentionSpec, n: int, m: int, lengths: Array) -> Array:
    """[batch, head, n, m]: -slope_h |i + offset - j|, with the slopes 2^(-8 (h + 1) / H) of the paper."""
    slopes = 2.0 ** (-8.0 * (np.arange(spec.heads[0]) + 1) / spec.heads[0])
    away = np.abs(np.arange(m)[None, None, :] - _place(spec, n, lengths))
    return -slopes[None, :, None, None] * away[:, None]


def _place(spec: AttentionSpec, n: int, lengths: Array) -> Array:
    """[batch, n, 1]: where each query stands among the keys."""
    offset = lengths - n if spec.aligned == "lower-right" else np.zeros_like(lengths)
    return (np.arange(n)[None, :] + offset[:, None])[:, :, None]
